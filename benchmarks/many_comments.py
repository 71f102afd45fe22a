"""A database with very many comments, for `queue_pages`: texts of made-up words, laid down as a busy site would have.

Nobody else's text is in it. Indexes are made when all rows stand, which is several times quicker than row by row.
"""

import random
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any, cast

from sqlalchemy import Connection, Engine, Table, insert, text

from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Address, Comment, Decision, Report, Score, Site, Thread

_AT_ONCE = 5000  # rows in one statement
_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
_SHARES = {"approved": 0.8, "spam": 0.1, "pending": 0.05, "rejected": 0.04, "deleted": 0.01}
_IN_THREAD, _BY_AUTHOR = 500, 10  # comments each, however many there are in all
_REPORTED_EVERY = 2000
_SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "re", "si", "to", "va", "wu", "xe", "zo")
# Every word of three syllables; each is about as frequent as in a language (Zipf's law).
WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
_WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(len(WORDS))))


def fill(engine: Engine, vault: AddressVault, comments: int) -> None:
    """Put `comments` comments of one site into an empty, migrated database."""
    with engine.begin() as connection:
        again = _without_indexes(connection)
        _put(connection, Site, [{"id": 1, "key": "bench", "name": "Bench", "origins": [], "settings": {}, **_now(0)}])
        threads = max(1, comments // _IN_THREAD)
        _put(connection, Thread, (_thread(number) for number in range(1, threads + 1)))
        sealed = vault.seal("somebody@example.org")
        _put(connection, Address, (_address(number, sealed) for number in range(1, comments // _BY_AUTHOR + 1)))
        for lot in _lots(_comments(comments)):
            _put(connection, Comment, lot)
            _put_beside(connection, lot)
        for statement in again:
            connection.execute(text(statement.replace(":", "\\:")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _without_indexes(connection: Connection) -> list[str]:
    """Take indexes and the index of words away; the statements that bring them back."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'comments' AND indexname LIKE 'ix_%'")
        ).all()
        for name, _ in found:
            connection.execute(text(f"DROP INDEX {name}"))
        return [statement for _, statement in found]
    found = connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'comments' AND type IN ('index', 'trigger')")
    ).all()
    dropped = [(kind, name, sql) for kind, name, sql in found if sql]
    for kind, name, _ in dropped:
        connection.execute(text(f"DROP {kind} {name}"))
    return [*(sql for _, _, sql in dropped), "INSERT INTO comment_words (comment_words) VALUES ('rebuild')"]


def _lots(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while lot := list(islice(left, _AT_ONCE)):
        yield lot


def _put(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    for lot in _lots(rows):
        connection.execute(insert(cast(Table, table.__table__)), lot)


def _put_beside(connection: Connection, lot: list[dict[str, Any]]) -> None:
    seen = [row for row in lot if row["status"] in {"pending", "spam"}]
    _put(connection, Score, [_score(row) for row in seen])
    _put(connection, Decision, [_decision(row) for row in seen])
    _put(connection, Report, [_report(row) for row in lot if row["reports"]])


def _comments(how_many: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    statuses, shares = [*_SHARES], [*_SHARES.values()]
    threads, authors = max(1, how_many // _IN_THREAD), max(1, how_many // _BY_AUTHOR)
    step = timedelta(days=300) / how_many
    for number in range(1, how_many + 1):
        status = chance.choices(statuses, shares)[0]
        at = _BEGUN + number * step
        source = " ".join(chance.choices(WORDS, cum_weights=_WEIGHTS, k=20))
        reported = status in {"pending", "approved"} and number % _REPORTED_EVERY == 0
        yield {
            "id": number,
            "public_id": f"bench{number}",
            "site_id": 1,
            "thread_id": chance.randint(1, threads),
            "name": chance.choice(WORDS),
            "avatar": "0",
            "address_id": chance.randint(1, authors),
            "source": source,
            "html": "",
            "html_version": 1,
            "text_digest": secrets.token_hex(8),
            "language": chance.choices(("en", "de", "eo"), (0.7, 0.299, 0.001))[0],
            "status": status,
            "awaits": "human" if status == "pending" else "nobody",
            "shown": status == "approved",
            "reports": chance.randint(1, 5) if reported else 0,
            "created_at": at,
            "look_at": at - timedelta(hours=chance.random() * 24) if status == "pending" else None,
            "uncertainty": chance.randint(0, 1000),
            "thread_published": chance.randint(0, 400),
        }


def _score(row: dict[str, Any]) -> dict[str, Any]:
    value = (row["uncertainty"] or 1) / 1000
    scores = {"spam": value, "toxic": value / 2}
    of = {"comment_id": row["id"], "revision": 1, "model": "b" * 64, "language": row["language"], "reasons": []}
    return {**of, "scores": scores, "created_at": row["created_at"]}


def _decision(row: dict[str, Any]) -> dict[str, Any]:
    action = "hold" if row["status"] == "pending" else "spam"
    reason = "links" if row["id"] % 5000 == 0 else "spam_score"
    moved = {"action": action, "from_status": "pending", "to_status": row["status"], "actor": "machine"}
    of = {"comment_id": row["id"], "site_id": 1, "revision": 1}
    return {**of, **moved, "reason": reason, "created_at": row["created_at"]}


def _report(row: dict[str, Any]) -> dict[str, Any]:
    return {"comment_id": row["id"], "reporter_digest": "r", "reason": "spam", "created_at": row["created_at"]}


def _thread(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "site_id": 1,
        "url": f"https://bench.example/{number}",
        "title": f"Article {number}",
        **_now(0),
    }


def _address(number: int, sealed: bytes) -> dict[str, Any]:
    return {"id": number, "site_id": 1, "blind_index": f"{number:064d}", "sealed": sealed, **_now(0)}


def _now(days: int) -> dict[str, datetime]:
    return {"created_at": _BEGUN + timedelta(days=days)}
