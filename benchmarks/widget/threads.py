"""The same threads for both services, each given through its own POST: every fourth comment answers another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import quote

from benchmarks.load import Load, run_load
from benchmarks.servers import Server
from benchmarks.service import Service
from benchmarks.texts import unique_texts

Body = Callable[[int, str, str | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of one thread: those that stand alone, and those that each answer the one of the same place."""

    alone: list[tuple[int, str]]
    answers: list[tuple[int, str]]


def written(*sizes: int) -> list[Written]:
    """Threads of `sizes` comments; no text comes twice."""
    texts = unique_texts()
    threads = [list(enumerate(islice(texts, size))) for size in sizes]
    return [Written(thread[: -(len(thread) // 4)], thread[-(len(thread) // 4) :]) for thread in threads]


def fill_ours(service: Service, url: str, thread: Written) -> None:
    def body(number: int, text: str, parent: str | None) -> dict[str, Any]:
        author = {"name": f"Reader {number % 40}", "email": f"r{number % 40}@example.org"}
        return {"url": url, "title": "The quay", "body": text, **author, **({"parent_id": parent} if parent else {})}

    ids = _post(service.server.port, service.post_head, thread.alone, body, [])
    service.wait_until_published(len(thread.alone), page=url)
    _post(service.server.port, service.post_head, thread.answers, body, ids)
    service.wait_until_published(len(thread.alone) + len(thread.answers), page=url)


def fill_isso(server: Server, path: str, thread: Written) -> None:
    def body(number: int, text: str, parent: str | None) -> dict[str, Any]:
        author = {"author": f"Reader {number % 40}", "email": f"r{number % 40}@example.org"}
        return {"title": "The quay", "text": text, **author, **({"parent": int(parent)} if parent else {})}

    where = f"/new?uri={quote(path, safe='')}"
    head = f"POST {where} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: application/json"
    ids = _post(server.port, head, thread.alone, body, [])
    _post(server.port, head, thread.answers, body, ids)


def _post(port: int, head: str, texts: list[tuple[int, str]], body: Body, parents: list[str]) -> list[str]:
    """One after the other, so that both threads come out in the same order; returns their ids."""
    bodies = [
        json.dumps(body(number, text, parents[place] if parents else None))
        for place, (number, text) in enumerate(texts)
    ]
    return run_load(Load(port, head, 1, 120, bodies)).only(201, 202).ids
