"""A review desk with a past: many comments stored and decided, some waiting. For the desk's measurement and its test.

Texts that wait come from the labelled comments where there are any (../shared/data, COMMENTS_DATA), else from the
demo's own. Rows are put straight into the tables: a past of 100,000 comments through the door would take an hour.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from benchmarks.servers import ROOT
from benchmarks.texts import unique_texts
from comments_service.comments.submit import rendered
from comments_service.content.render import RENDERER_VERSION
from comments_service.storage.tables import Comment, Decision, Thread

BESIDE = ROOT.parent / "shared" / "data"
_FILES = ("fox-news", "youtube-spam", "civil-toxic-spans", "datacamp-comments")
_LONGEST = 2000  # characters
_THREADS = 500
_CHUNK = 5000


def waiting_texts(how_many: int, data: Path | None = None) -> list[str]:
    """Texts as they come in: news comments, rude and calm, and spam between them."""
    folder = data or Path(os.environ.get("COMMENTS_DATA") or BESIDE)
    found = list(islice(_labelled(folder), how_many)) if folder.is_dir() else []
    return [*found, *islice(unique_texts(), how_many - len(found))]


def _labelled(folder: Path) -> Iterator[str]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only where there are such files

    files = [folder / f"{name}.parquet" for name in _FILES]
    columns = [pq.read_table(file, columns=["text"]).column("text").to_pylist() for file in files if file.is_file()]
    for texts in zip(*columns, strict=False):
        yield from (text for text in texts if 2 <= len(text) <= _LONGEST)


def fill(session: Session, site_id: int, *, stored: int, texts: list[str], now: datetime) -> list[str]:
    """Store `stored` decided comments, and `texts` as held ones; the public ids of these, the oldest first."""
    threads = _threads(session, site_id, now)
    first = _next_id(session)
    past = [(f"Remark {number} of long ago.", f"{number:024x}", "approved") for number in range(stored)]
    held = [(text, hashlib.sha256(f"{n} {text}".encode()).hexdigest()[:24], "pending") for n, text in enumerate(texts)]
    comments, decisions = [], []
    for number, (text, public_id, status) in enumerate([*past, *held]):
        at = now - timedelta(minutes=stored + len(held) - number)
        thread_id = threads[number % len(threads)] if status == "approved" else threads[0]
        comments.append(_comment(first + number, public_id, site_id, thread_id, text, status, at))
        decisions.append(_decision(first + number, site_id, status, at))
    for table, rows in ((Comment, comments), (Decision, decisions)):
        for begin in range(0, len(rows), _CHUNK):
            session.execute(insert(table), rows[begin : begin + _CHUNK])
    approved = select(func.count()).where(Comment.thread_id == Thread.id, Comment.status == "approved")
    session.execute(
        update(Thread).where(Thread.id.in_(threads)).values(count=approved.scalar_subquery(), arrivals=stored)
    )
    return [public_id for _, public_id, _ in held]


def _threads(session: Session, site_id: int, now: datetime) -> list[int]:
    rows = [
        {"site_id": site_id, "url": f"https://desk.example/{n}", "title": f"Article {n}", "created_at": now}
        for n in range(_THREADS)
    ]
    return list(session.scalars(insert(Thread).returning(Thread.id), rows))


def _next_id(session: Session) -> int:
    return (session.scalar(select(func.max(Comment.id))) or 0) + 1


def _comment(
    number: int, public_id: str, site_id: int, thread_id: int, text: str, status: str, at: datetime
) -> dict[str, Any]:
    shown = status == "approved"
    return {
        "id": number,
        "public_id": public_id,
        "site_id": site_id,
        "thread_id": thread_id,
        "name": f"Reader {number % 997}",
        "avatar": "0",
        "source": text,
        "html": f"<p>{text}</p>" if shown else rendered(text),
        "html_version": RENDERER_VERSION,
        "text_digest": hashlib.sha256(text.encode()).hexdigest(),
        "status": status,
        "awaits": "nobody" if shown else "human",
        "shown": shown,
        "arrival": number if shown else None,
        "created_at": at,
        "decided_at": at,
    }


def _decision(number: int, site_id: int, status: str, at: datetime) -> dict[str, Any]:
    held = status == "pending"
    return {
        "comment_id": number,
        "site_id": site_id,
        "revision": 1,
        "action": "hold" if held else "approve",
        "from_status": "pending",
        "to_status": status,
        "actor": "machine",
        "reason": "premoderate" if held else "below_thresholds",
        "created_at": at,
    }
