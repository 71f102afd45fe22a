"""The service under measurement: `comments-service web`, `worker` and `relay` on a fresh SQLite database.

A load test comes from one address, so the readers' flood limits would stop it. The clients therefore send the site's
server key, as a trusted API client would, and the quotas are raised; every other check runs as for anybody.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.servers import ROOT, Server, free_port, get, running, start_part, wait_for
from benchmarks.texts import PAGE

SITE = "bench"
PROGRAM = Path(sys.executable).parent / "comments-service"
ROOMY = {
    # A load of posts is a wave to whoever looks for one.
    "wave_size": 0,
    "wave_newcomers": 0,
    "flood_network_per_minute": 1_000_000,
    "flood_network_per_hour": 1_000_000,
    "flood_address_per_hour": 1_000_000,
    "flood_thread_per_minute": 1_000_000,
    "server_key_per_minute": 1_000_000,
}
# Where the classifier is not what is measured, it shall not hold a comment back either.
PUBLISH_ALL = {"spam_hold": 1.0, "spam_reject": 1.0, "toxic_hold": 1.0, "toxic_reject": 1.0}


@dataclass
class Service:
    server: Server
    environment: Mapping[str, str]
    key: str

    @property
    def post_head(self) -> str:
        """Request line and headers of a POST to the thread, without its length."""
        return "\r\n".join(
            [
                f"POST /api/v1/sites/{SITE}/comments HTTP/1.1",
                f"Host: 127.0.0.1:{self.server.port}",
                "Content-Type: application/json",
                f"Authorization: Bearer {self.key}",
            ]
        )

    @property
    def thread_path(self) -> str:
        return f"/api/v1/sites/{SITE}/comments?limit=100&url={quote(PAGE, safe='')}"

    def start(self, part: str) -> None:
        start_part(self.server, part, [PROGRAM, part], self.environment)

    def wait_until_published(self, how_many: int, within_s: float = 120.0, page: str = PAGE) -> None:
        """Until the thread of `page` counts `how_many` approved comments."""
        deadline = time.monotonic() + within_s
        path = f"/api/v1/sites/{SITE}/counts?url={quote(page, safe='')}"
        while time.monotonic() < deadline:
            _, body = get(self.server.port, path)
            published = json.loads(body)["counts"][page]
            if published >= how_many:
                return
            time.sleep(0.2)
        raise RuntimeError(f"{published} of {how_many} comments were published within {within_s:.0f} s")


@contextmanager
def service(
    folder: Path, site_settings: Mapping[str, float], parts: tuple[str, ...], origin: str = "https://news.example"
) -> Iterator[Service]:
    """The service with one site, whose pages have this origin, and these parts running."""
    with running(Server(free_port(), folder)) as server:
        environment = {
            "HOST": "127.0.0.1",
            "PORT": str(server.port),
            "COMMENTS_DATA_DIR": str(folder / "data"),
            "COMMENTS_LOG_LEVEL": "warning",
            "COMMENTS_SITE_DEFAULTS": json.dumps({**ROOMY, **site_settings}),
        }
        _command(environment, "init")
        _command(environment, "site", "add", SITE, "--name", "Bench", "--origin", origin)
        key = json.loads(_command(environment, "site", "key", SITE, "--new", "--json"))["server_key"]
        found = Service(server, environment, key)
        for part in parts:
            found.start(part)
        if "web" in parts:
            wait_for(server, "web", "/healthz")
        yield found


def _command(environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [PROGRAM, *arguments], env={**os.environ, **environment}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"comments-service {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout
