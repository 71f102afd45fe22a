"""`comments-service run`: does one command start everything, keep it alive, and end all of it?"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.stacks.ports import free_port
from tests.stacks.waiting import until


class Running:
    """A `run` of its own, with everything it prints in a file."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        foreign = ("COMMENTS_", "PORT", "HOST", "PYTHONDONTWRITEBYTECODE")
        env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.env = env | {"COMMENTS_DATA_DIR": str(folder / "data"), "PORT": str(self.port)}
        self._printed = folder / "printed"
        with self._printed.open("wb") as out:
            command = [sys.executable, "-m", "comments_service.cli", "run"]
            self.process = subprocess.Popen(command, env=self.env, stdout=out, stderr=out, process_group=0)

    @property
    def printed(self) -> str:
        return self._printed.read_text(encoding="utf-8")

    def wait_ready(self) -> None:
        until(lambda: self._status("/readyz") == 200, f"everything is there: {self.printed}", 120)

    def children(self) -> dict[str, int]:
        """The processes that `run` keeps, by role."""
        found = {}
        for pid in _children(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"comments_service.cli" in words:  # what has ended, and was not yet waited for, has no command line
                found[words[words.index(b"comments_service.cli") + 1].decode()] = pid
        return found

    def _status(self, path: str) -> int:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=5).status_code
        except requests.RequestException:
            return 0


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _descendants(pid: int) -> list[int]:
    below = _children(pid)
    return [*below, *(further for child in below for further in _descendants(child))]


def _gone(pids: list[int]) -> bool:
    """Whether all have ended; what has ended but was not yet waited for counts as gone."""
    return not any(_alive(pid) for pid in pids)


def _alive(pid: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    running.wait_ready()
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(timeout=30)


def test_it_says_where_everything_is(started: Running) -> None:
    base = f"http://127.0.0.1:{started.port}"
    until(lambda: "API reference" in started.printed, "the three addresses are printed", 10)
    addresses = re.findall(r"http://\S+", started.printed)
    assert [url for url in addresses if url.startswith(base)] == [
        f"{base}/embed.js",
        f"{base}/moderation",
        f"{base}/docs",
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_ends_all_of_it_within_seconds(started: Running, number: signal.Signals) -> None:
    everybody = _descendants(started.process.pid)
    assert len(everybody) >= 5  # web and its process, worker and its process, relay
    began = time.monotonic()
    started.process.send_signal(number)
    assert started.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 12
    until(lambda: _gone(everybody), "no process is left", 5)


def test_nobody_is_left_when_it_is_killed_itself(started: Running) -> None:
    everybody = _descendants(started.process.pid)
    started.process.kill()
    until(lambda: _gone(everybody), "no process is left", 30)


@pytest.mark.parametrize("role", ["worker", "relay"])
def test_a_process_that_ends_is_started_again(started: Running, role: str) -> None:
    first = started.children()[role]
    os.kill(first, signal.SIGKILL)
    until(lambda: started.children().get(role, first) != first, f"a new {role} is there", 30)


def test_a_taken_port_is_told_in_one_line(started: Running) -> None:
    command = [sys.executable, "-m", "comments_service.cli", "run"]
    second = subprocess.run(command, env=started.env, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert "PORT" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
