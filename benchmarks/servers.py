"""The servers that are measured, each as real processes on a free port of 127.0.0.1, on data of its own.

The bare function and Isso run under the same gunicorn worker with the same number of processes and threads as the
service runs by default.
"""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from comments_service.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
ISSO = ROOT / "build" / "isso" / "bin"
START_S = 30.0


@dataclass
class Server:
    """A running server: its port, and its processes by the part they play."""

    port: int
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def kill(self, part: str) -> None:
        """SIGKILL to every process of one part, as a power cut would."""
        os.killpg(self.processes[part].pid, signal.SIGKILL)
        self.processes.pop(part).wait()

    def stop(self, part: str) -> None:
        process = self.processes.pop(part)
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, headers: Mapping[str, str] | None = None) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of a GET; raises urllib.error.HTTPError on an error's status."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=dict(headers or {}))
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.getheaders(), answer.read()


def start_part(server: Server, part: str, command: list[str | Path], environment: Mapping[str, str]) -> None:
    """Start a process group of its own, its output in a log beside the data."""
    with (server.folder / f"{part}.log").open("ab") as log:
        server.processes[part] = subprocess.Popen(
            command, env={**os.environ, **environment}, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )


def wait_for(server: Server, part: str, path: str) -> None:
    """Until `path` is answered. An error's status is an answer too."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            get(server.port, path)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if server.processes[part].poll() is not None:
                break
            time.sleep(0.1)
    log = (server.folder / f"{part}.log").read_text(errors="replace")
    raise RuntimeError(f"{part} did not start:\n{log[-2000:]}")


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Stops every part that still runs at the end of the block."""
    try:
        yield server
    finally:
        for part in list(server.processes):
            server.stop(part)


def _gunicorn(program: str | Path, port: int, application: str) -> list[str | Path]:
    defaults = Settings.model_fields
    return [
        program,
        *("--worker-class", "gthread", "--keep-alive", "5", "--log-level", "warning"),
        *("--workers", str(defaults["web_processes"].default), "--threads", str(defaults["web_threads"].default)),
        *("--worker-tmp-dir", "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"),
        *("--bind", f"127.0.0.1:{port}", application),
    ]


@contextmanager
def bare_function(folder: Path, headers: list[tuple[str, str]], body: bytes) -> Iterator[Server]:
    """A WSGI function that returns `body` with `headers`, and nothing else."""
    # gunicorn writes these itself.
    own = {"date", "server", "connection"}
    sent = [(name, value) for name, value in headers if name.lower() not in own]
    answer = folder / "answer.json"
    answer.write_text(json.dumps({"headers": sent, "body": base64.b64encode(body).decode()}))
    with running(Server(free_port(), folder)) as server:
        command = _gunicorn(Path(sys.executable).parent / "gunicorn", server.port, "benchmarks.bare:application")
        start_part(server, "bare", command, {"BENCH_ANSWER": str(answer)})
        wait_for(server, "bare", "/")
        yield server


@contextmanager
def isso(folder: Path, origin: str = "") -> Iterator[Server]:
    """Isso as its manual says for gunicorn, with its flood guard off, for the pages of `origin` besides its own."""
    with running(Server(free_port(), folder)) as server:
        configuration = folder / "isso.cfg"
        host = f"http://127.0.0.1:{server.port}/\n    {origin}"
        configuration.write_text(f"[general]\ndbpath = {folder / 'isso.db'}\nhost = {host}\n[guard]\nenabled = false\n")
        command = _gunicorn(ISSO / "gunicorn", server.port, "isso.run")
        start_part(server, "isso", command, {"ISSO_SETTINGS": str(configuration)})
        wait_for(server, "isso", "/?uri=/none")
        yield server
