"""One running installation: its settings, its processes, its command line, and a look into its database."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import text

from comments_service.cli.supervisor import SUPERVISOR_PID
from comments_service.settings import Settings, load_settings
from comments_service.storage.engine import open_engine
from tests.stacks.ports import free_port
from tests.stacks.servers import RedisServer, new_postgres_database
from tests.stacks.waiting import until

KINDS = ("sqlite", "postgres_redis")
ROLES = ("web", "worker", "relay")

# A site whose readers are test programs: many from one address, without a form's token, in no time.
SITE = (
    "form_token_required=false",
    "form_min_age_s=0",
    "flood_network_per_minute=100000",
    "flood_network_per_hour=100000",
    "flood_address_per_hour=100000",
    "flood_thread_per_minute=100000",
    # What a whole suite of readers writes within minutes is a wave to whoever looks for one.
    "wave_size=0",
    "wave_newcomers=0",
)


class Stack:
    """An installation in `data_dir`; `redis` is None where the broker is a folder."""

    def __init__(self, kind: str, data_dir: Path, changes: dict[str, str]) -> None:
        self.kind, self.data_dir = kind, data_dir
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.redis = RedisServer() if kind == "postgres_redis" else None
        own = {"COMMENTS_DATA_DIR": str(data_dir), "COMMENTS_PORT": str(self.port), **changes}
        if self.redis is not None:
            own |= {"COMMENTS_DATABASE_URL": new_postgres_database(), "COMMENTS_BROKER_URL": self.redis.url}
        foreign = ("COMMENTS_", "PORT", "HOST", "PYTHONDONTWRITEBYTECODE")
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | own
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def settings(self) -> Settings:
        """The settings that its processes run with."""
        fields = {name.removeprefix("COMMENTS_").lower(): v for name, v in self.env.items() if name[:9] == "COMMENTS_"}
        return load_settings(**fields)

    @property
    def log(self) -> str:
        """Everything that its processes have logged."""
        file = self.data_dir.parent / "log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def cli(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run `comments-service ARGUMENTS`, with this installation's settings."""
        command = [sys.executable, "-m", "comments_service.cli", *arguments]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)
        assert not check or done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done

    def start(self, *names: str) -> None:
        """Start processes by role: web, worker or relay; `relay.2` is a second relay."""
        # Should the test run itself be killed, its processes end with it.
        env = {**self.env, SUPERVISOR_PID: str(os.getpid())}
        for name in names:
            command = [sys.executable, "-m", "comments_service.cli", name.split(".")[0]]
            with (self.data_dir.parent / "log").open("ab") as log:
                # A group of its own, so that a worker is ended with its children, as a machine ends.
                self.processes[name] = subprocess.Popen(command, env=env, stdout=log, stderr=log, process_group=0)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a process and to whatever it started, and wait until it is gone."""
        process = self.processes.pop(name)
        os.killpg(process.pid, number)
        process.wait(timeout=30)

    def restart_worker(self) -> None:
        """End the worker in order, and start a new one."""
        self.kill("worker", signal.SIGTERM)
        self.start("worker")

    def wait_ready(self, seconds: float = 90.0) -> None:
        """Until /readyz says that everything is there."""
        until(self._is_ready, f"{self.base_url}/readyz is 200; the log:\n{self.log[-3000:]}", seconds)

    def wait_serving(self, seconds: float = 60.0) -> None:
        """Until the web process answers, whatever else is missing."""
        until(lambda: self._status("/healthz") == 200, f"{self.base_url}/healthz is 200", seconds)

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What a SELECT finds, for counting what is on disk."""
        engine = open_engine(self.settings.sqlalchemy_url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(statement), values))
        finally:
            engine.dispose()

    def write(self, statement: str, **values: Any) -> None:
        """Change the database behind the service's back, as faults and operators do."""
        engine = open_engine(self.settings.sqlalchemy_url)
        with engine.begin() as connection:
            connection.execute(text(statement), values)
        engine.dispose()

    def allow_origin(self, key: str, origin: str) -> None:
        """Let pages of `origin` call for the site, without a restart."""
        done = self.cli("site", "set", key, "--origin", "https://news.example", "--origin", origin)
        assert done.returncode == 0, done.stderr

    def empty_broker(self) -> None:
        """Whatever was in the broker is gone: folder emptied, or FLUSHALL."""
        if self.redis is not None:
            self.redis.flush()
        else:
            shutil.rmtree(self.data_dir / "broker")
            (self.data_dir / "broker").mkdir()

    def stop(self) -> None:
        """End every process of this stack."""
        for name in list(self.processes):
            process = self.processes[name]
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for name in list(self.processes):
            process = self.processes.pop(name)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if self.redis is not None:
            self.redis.remove()

    def _is_ready(self) -> bool:
        ended = [name for name, process in self.processes.items() if process.poll() is not None]
        assert not ended, f"{ended} ended by itself; the log:\n{self.log[-3000:]}"
        return self._status("/readyz") == 200

    def _status(self, path: str) -> int:
        try:
            return requests.get(self.base_url + path, timeout=5).status_code
        except requests.RequestException:
            return 0


@contextmanager
def installed(kind: str, folder: Path, **changes: str) -> Iterator[Stack]:
    """A stack with the site `demo` and nothing running yet. `changes` are COMMENTS_… variables without the prefix."""
    stack = Stack(kind, folder / "data", {f"COMMENTS_{name.upper()}": value for name, value in changes.items()})
    try:
        if stack.redis is not None:
            stack.redis.start()
        stack.cli("init")
        site = ["site", "add", "demo", "--name", "Harbour News", "--origin", "https://news.example"]
        stack.cli(*site, *(part for setting in SITE for part in ("--set", setting)))
        yield stack
    finally:
        stack.stop()


@contextmanager
def running(kind: str, folder: Path, **changes: str) -> Iterator[Stack]:
    """A stack with web, worker and relay, ready."""
    with installed(kind, folder, **changes) as stack:
        stack.start(*ROLES)
        stack.wait_ready()
        yield stack
