"""gunicorn, configured from the service's settings instead of a file of its own."""

import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from comments_service.cli.entry import APP, entry
from comments_service.settings import Settings

# Where the processes of one gunicorn keep their metrics for each other (prometheus-client reads this name).
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class RootLogger(Logger):  # type: ignore[misc]
    """gunicorn's messages go where all others go, redaction included, instead of to handlers of its own."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
        # "Listening at", "Booting worker": for whoever looks for trouble, not for whoever just runs it.
        self.error_log.setLevel(
            max(self.loglevel, logging.WARNING) if self.loglevel != logging.DEBUG else logging.DEBUG
        )


class Server(BaseApplication):  # type: ignore[misc]
    """Loads the service in each process after the fork: connections must not be shared between processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in _options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return entry(APP)(self._settings)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    folder = Path(tempfile.mkdtemp(prefix="comments-metrics-"))
    os.environ[METRICS_FOLDER] = str(folder)
    owner = os.getpid()
    try:
        Server(settings).run()
    finally:
        # gunicorn's children leave through here as well, and must not take the folder with them.
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.web_processes,
        "worker_class": "gthread",
        "threads": settings.web_threads,
        "proc_name": "comments-web",
        # A request that hangs costs a thread for this long, then its process is replaced.
        "timeout": 30,
        "graceful_timeout": 5,
        # Long enough for a page's requests, short enough not to hold a thread for readers who only read.
        "keepalive": 5,
        # A counter in memory instead of on disk: a busy disk must not look like a hanging process.
        "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,
        # `counts?url=…&url=…` is one line; gunicorn's 4094 would refuse a front page.
        "limit_request_line": 8190,
        # Whether a request came by TLS is believed only of our own proxies.
        "forwarded_allow_ips": ",".join(p for p in settings.trusted_proxies if p != "unix"),
        "logger_class": RootLogger,
        "loglevel": settings.log_level,
        # Access lines hold readers' addresses; the proxy in front may keep them if it must.
        "accesslog": None,
        # A socket for remote control of the server that nobody here uses.
        "control_socket_disable": True,
        "child_exit": _forget_process,
    }


def _forget_process(_server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
