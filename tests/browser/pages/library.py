"""Threads that stand already when a test begins, imported in one go: publishing each comment would take seconds.

The named threads are for reading; a test that changes something takes a small one of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.stacks.stack import Stack

AUTHORS = ("Ada", "Ben", "Ada")
SMALL_THREADS = 300
LONG_COUNT = 120
DEEPEST = 6
AGES = {
    "now": timedelta(seconds=5),
    "5 minutes ago": timedelta(minutes=5, seconds=20),
    "3 hours ago": timedelta(hours=3, minutes=2),
    "yesterday": timedelta(days=1, hours=2),
    "2 weeks ago": timedelta(days=15),
    "3 months ago": timedelta(days=95),
    "2 years ago": timedelta(days=740),
}

Row = dict[str, Any]


class Library:
    """What stands in the installation's site `demo`; every attribute is the address of an article."""

    long = "https://news.example/long"  # 120 remarks, one a minute, so three pages
    folded = "https://news.example/folded"  # one remark with eight answers, the last of them answered again
    wide = "https://news.example/wide"  # one remark with sixty answers: more than one page of the API holds
    deep = "https://news.example/deep"  # nine remarks, each an answer to the one before: deeper than the tree goes
    aged = "https://news.example/aged"  # a remark of each age in AGES

    def __init__(self, stack: Stack) -> None:
        self._small = iter([f"https://news.example/small-{number}" for number in range(SMALL_THREADS)])
        file = stack.data_dir / "library.jsonl"
        _write(file, [*_long(), *_folded(), *_wide(), *_deep(), *_aged(), *_small()])
        stack.cli("import", "jsonl", str(file), "--site", "demo")

    def small(self) -> str:
        """An article of the caller's own: first Ada's remark, then Ben's, then another one of Ada's."""
        article = next(self._small, None)
        assert article is not None, f"all {SMALL_THREADS} small threads are taken: raise SMALL_THREADS"
        return article


def comment_id(url: str, number: int) -> str:
    """The id of a thread's remark, as in its permalink; of the form that the service gives ids itself."""
    return hashlib.sha256(f"{url} {number}".encode()).hexdigest()[:24]


def _long() -> Iterator[Row]:
    return (_remark(Library.long, n, f"Remark {n} about the ferry, which was late.") for n in range(1, LONG_COUNT + 1))


def _folded() -> Iterator[Row]:
    yield _remark(Library.folded, 1, "How long may a bridge stay closed?", name="Ada")
    for n in range(2, 10):
        yield _remark(Library.folded, n, f"Answer {n}: as long as it takes.", parent=1)
    yield _remark(Library.folded, 10, "Answer 10, to the last answer.", parent=9)


def _wide() -> Iterator[Row]:
    yield _remark(Library.wide, 1, "Who else has seen the new lamps?", name="Ada")
    for n in range(2, 62):
        yield _remark(Library.wide, n, f"Answer {n}: I have seen them.", parent=1)


def _deep() -> Iterator[Row]:
    yield _remark(Library.deep, 1, "Remark 1.")
    for n in range(2, 10):
        place = {"parent": n - 1} if n - 1 <= DEEPEST else {"parent": DEEPEST, "in_reply_to": n - 1}
        yield _remark(Library.deep, n, f"Remark {n}, an answer to remark {n - 1}.", **place)


def _aged() -> Iterator[Row]:
    for number, (words, age) in enumerate(AGES.items(), start=1):
        yield _remark(Library.aged, number, f"Written {words}.") | {"created_at": _moment(age)}


def _small() -> Iterator[Row]:
    for thread in range(SMALL_THREADS):
        for n, name in enumerate(AUTHORS, start=1):
            yield _remark(f"https://news.example/small-{thread}", n, f"Remark {n} of {name}.", name=name)


def _remark(url: str, number: int, text: str, *, name: str = "", **places: int) -> Row:
    """One line of the import. `places` are numbers of other remarks in the same thread: `parent`, `in_reply_to`."""
    return {
        "kind": "comment",
        "id": comment_id(url, number),
        "thread": url,
        **{key: comment_id(url, place) for key, place in places.items()},
        "status": "approved",
        "created_at": _moment(timedelta(days=2) - timedelta(minutes=number)),
        "revision": 1,
        "avatar": f"{number * 0x9E3779B1 % 2**32:08x}",
        "name": name or f"Reader {number}",
        "source": text,
        "written_by": "author",
    }


def _moment(age: timedelta) -> str:
    return (datetime.now(UTC) - age).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _write(file: Path, comments: list[Row]) -> None:
    """Writes the format that docs/import-export.md describes."""
    site = {"site": "demo", "name": "Harbour News", "origins": ["https://news.example"], "settings": {}}
    lines: list[Row] = [
        {"kind": "site", "format": "comments-service", "version": 2, **site, "addresses": False},
        *_by_thread(comments),
    ]
    threads = sum(line["kind"] == "thread" for line in lines)
    lines.append({"kind": "end", "threads": threads, "comments": len(comments)})
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _by_thread(comments: list[Row]) -> Iterator[Row]:
    """Comments come thread by thread already; each thread's own line goes before its first."""
    begun = ""
    for comment in comments:
        if comment["thread"] != begun:
            begun = comment["thread"]
            created = _moment(timedelta(days=900))
            yield {"kind": "thread", "url": begun, "title": "The bridge reopens", "created_at": created}
        yield comment
