"""Durable POSTs: how many a second, beside Isso, and whether every acknowledged one survives `kill -9`."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.load import Load, Result, finish_load, run_load, start_load
from benchmarks.servers import isso
from benchmarks.service import PUBLISH_ALL, Service, service
from benchmarks.texts import isso_bodies, service_bodies

CONNECTIONS = (1, 8)
ENOUGH = 40_000  # more bodies than any run can send


class _Bodies:
    """Hands out each body once, over all runs: a text that came twice would be refused as a duplicate."""

    def __init__(self, bodies: list[str]) -> None:
        self._rest: Iterator[str] = iter(bodies)

    def take(self, how_many: int) -> list[str]:
        return [body for _, body in zip(range(how_many), self._rest, strict=False)]


def measure(folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Rounds alternate between the service alone, the service with its worker deciding meanwhile, and Isso."""
    for name in ("service", "isso"):
        (folder / name).mkdir()
    # A run that has used up its share ends early; its rate is of the time it took.
    a_run = int(900 * seconds)
    ours, theirs = _Bodies(service_bodies(ENOUGH)), _Bodies(isso_bodies(ENOUGH))
    with service(folder / "service", PUBLISH_ALL, ("web",)) as app, isso(folder / "isso") as other:
        isso_head = f"POST /new?uri=/quay HTTP/1.1\r\nHost: 127.0.0.1:{other.port}\r\nContent-Type: application/json"
        acknowledged: list[str] = []

        def post_ours(connections: int) -> Result:
            result = run_load(Load(app.server.port, app.post_head, connections, seconds, ours.take(a_run)))
            acknowledged.extend(result.only(201, 202).ids)
            return result

        def post_theirs(connections: int) -> Result:
            bodies = theirs.take(a_run)
            return run_load(Load(other.port, isso_head, connections, seconds, bodies)).only(201)

        runs = []
        for connections in CONNECTIONS:
            post_ours(connections), post_theirs(connections)  # warming up
            pairs = [(post_ours(connections), post_theirs(connections)) for _ in range(rounds)]
            app.start("worker")
            time.sleep(3)  # its model is loaded
            busy = [post_ours(connections) for _ in range(rounds)]
            app.server.stop("worker")
            runs.append(_figures(connections, pairs, busy))
        killed = _kill(app, ours.take(a_run), seconds)
        acknowledged.extend(killed.ids)
        return {"runs": runs, "kill": _survivors(app, acknowledged, killed)}


def _figures(connections: int, pairs: list[tuple[Result, Result]], busy: list[Result]) -> dict[str, Any]:
    rows = {
        "service": _row([mine for mine, _ in pairs]),
        "service, worker busy": _row(busy),
        "Isso": _row([theirs for _, theirs in pairs]),
    }
    rows["service"]["times Isso"] = median(mine.rate / theirs.rate for mine, theirs in pairs)
    return {"connections": connections, "results": rows}


def _row(found: list[Result]) -> dict[str, float]:
    return {
        "posts_per_s": median(one.rate for one in found),
        "p50_ms": median(one.latency_ms(0.50) for one in found),
        "p99_ms": median(one.latency_ms(0.99) for one in found),
    }


def _kill(app: Service, bodies: list[str], seconds: float) -> Result:
    """`kill -9` of all web processes in the middle of a load of 8 connections."""
    client = start_load(Load(app.server.port, app.post_head, 8, seconds, bodies))
    time.sleep(seconds / 2)
    app.server.kill("web")
    return finish_load(client)


def _survivors(app: Service, acknowledged: list[str], killed: Result) -> dict[str, int]:
    """Looks into the database file itself, with the web processes dead."""
    with closing(sqlite3.connect(f"file:{app.server.folder}/data/comments.db?mode=ro", uri=True)) as database:
        stored = {row[0] for row in database.execute("SELECT public_id FROM comments")}
    return {
        "acknowledged": len(acknowledged),
        "acknowledged_in_the_killed_run": len(killed.ids),
        "unanswered_at_the_kill": killed.broken,
        "lost": len(set(acknowledged) - stored),
        "stored": len(stored),
    }
