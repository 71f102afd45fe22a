"""Reads of a thread with 100 comments: the service, a bare WSGI function with the same bytes, Isso with the same."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.load import Load, Result, run_load
from benchmarks.servers import Server, bare_function, get, isso
from benchmarks.service import PUBLISH_ALL, Service, service
from benchmarks.texts import isso_bodies, service_bodies

COMMENTS = 100
CONNECTIONS = (1, 32)


@dataclass(frozen=True)
class Candidate:
    name: str
    port: int
    head: str


def measure(folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Rounds alternate between the candidates, so that a slow minute of the machine meets all of them."""
    parts = ("web", "worker", "relay")
    for name in ("service", "isso", "bare", "bare-gzip"):
        (folder / name).mkdir()
    with service(folder / "service", PUBLISH_ALL, parts) as ours, isso(folder / "isso") as theirs:
        _fill(ours, theirs)
        plain = _answer(ours, {})
        packed = _answer(ours, {"Accept-Encoding": "gzip"})
        with bare_function(folder / "bare", *plain) as bare, bare_function(folder / "bare-gzip", *packed) as bare_gzip:
            candidates = [
                _of_service("service", ours, ""),
                Candidate("bare function", bare.port, _head("/", bare.port, "")),
                _of_service("service, gzip", ours, "gzip"),
                Candidate("bare function, gzip", bare_gzip.port, _head("/", bare_gzip.port, "gzip")),
                Candidate("Isso", theirs.port, _head("/?uri=/quay", theirs.port, "")),
            ]
            figures = [_figures(candidates, connections, rounds, seconds) for connections in CONNECTIONS]
    return {"comments": COMMENTS, "answer_bytes": len(plain[1]), "answer_bytes_gzip": len(packed[1]), "runs": figures}


def _fill(ours: Service, theirs: Server) -> None:
    run_load(Load(ours.server.port, ours.post_head, 1, 60, service_bodies(COMMENTS))).only(201, 202)
    run_load(Load(theirs.port, _isso_post(theirs.port), 1, 60, isso_bodies(COMMENTS))).only(201)
    ours.wait_until_published(COMMENTS)


def _answer(ours: Service, headers: dict[str, str]) -> tuple[list[tuple[str, str]], bytes]:
    return get(ours.server.port, ours.thread_path, headers)


def _of_service(name: str, ours: Service, encoding: str) -> Candidate:
    return Candidate(name, ours.server.port, _head(ours.thread_path, ours.server.port, encoding))


def _head(path: str, port: int, encoding: str) -> str:
    accept = f"\r\nAccept-Encoding: {encoding}" if encoding else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json{accept}"


def _isso_post(port: int) -> str:
    return f"POST /new?uri=/quay HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json"


def _figures(candidates: list[Candidate], connections: int, rounds: int, seconds: float) -> dict[str, Any]:
    results: dict[str, list[Result]] = {one.name: [] for one in candidates}
    for turn in range(rounds + 1):
        for one in candidates:
            result = run_load(Load(one.port, one.head, connections, seconds)).only(200)
            if turn:  # the first round warms up: connections, caches, the processor's clock
                results[one.name].append(result)
    rows = {name: _row(found) for name, found in results.items()}
    for name, against in (("service", "bare function"), ("service, gzip", "bare function, gzip"), ("service", "Isso")):
        ratios = [a.rate / b.rate for a, b in zip(results[name], results[against], strict=True)]
        rows[name][f"times {against}"] = median(ratios)
    return {"connections": connections, "results": rows}


def _row(found: list[Result]) -> dict[str, float]:
    return {
        "reads_per_s": median(one.rate for one in found),
        "p50_ms": median(one.latency_ms(0.50) for one in found),
        "p99_ms": median(one.latency_ms(0.99) for one in found),
        "client_cpu": max(one.client_cpu for one in found),
    }
