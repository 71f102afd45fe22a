"""From POST to decision: what a reader waits until a clearly good comment stands under the article."""

import http.client
import json
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.service import SITE, service
from benchmarks.texts import service_bodies

POLL_S = 0.005
HELD = "held for a person"
# Far longer than a decision takes: what is pending then is held for a person, and says nothing about waiting.
PATIENCE_S = 5.0


def measure(folder: Path, how_many: int) -> dict[str, Any]:
    """Comments one after the other, bands as by default; latencies in milliseconds from sending the POST."""
    with service(folder, {}, ("web", "worker", "relay")) as app:
        connection = http.client.HTTPConnection("127.0.0.1", app.server.port, timeout=10)
        headers = {"Authorization": f"Bearer {app.key}", "Content-Type": "application/json"}
        bodies = service_bodies(how_many + 3)
        # The first three wait for the worker to load its model.
        rounds = [_one(connection, headers, body) for body in bodies][3:]
        connection.close()
    decided = sorted(took for took, status in rounds if status != HELD)
    if not decided:
        raise RuntimeError("every comment was held for a person: there is no decision to time")
    return {
        "comments": how_many,
        "outcomes": dict(Counter(status for _, status in rounds)),
        "p50_ms": median(decided),
        "p95_ms": decided[min(len(decided) - 1, int(0.95 * len(decided)))],
        "slowest_ms": decided[-1],
    }


def _one(connection: http.client.HTTPConnection, headers: dict[str, str], body: str) -> tuple[float, str]:
    begun = time.perf_counter()
    accepted = _ask(connection, "POST", f"/api/v1/sites/{SITE}/comments", headers, body)
    own = {"Authorization": f"Bearer {accepted['edit_token']}"}
    while time.perf_counter() - begun < PATIENCE_S:
        status = str(_ask(connection, "GET", f"/api/v1/sites/{SITE}/comments/{accepted['id']}", own)["status"])
        if status != "pending":
            return (time.perf_counter() - begun) * 1000, status
        time.sleep(POLL_S)
    return PATIENCE_S * 1000, HELD


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> dict[str, Any]:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path} answered {answer.status}: {content[:300]!r}")
    found: dict[str, Any] = json.loads(content)
    return found
