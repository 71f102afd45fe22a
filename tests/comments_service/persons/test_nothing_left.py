"""After an erasure, is there a byte of the person left, in any file of the data folder or any row of PostgreSQL?"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from comments_service.storage.tables import Base
from tests.comments_service.persons.officer import (
    ADDRESS,
    CLAIM,
    EARLIER,
    NAME,
    NOTE,
    REPORT,
    TEXT,
    WAITING,
    WEBSITE,
    Officer,
    leave_traces,
)
from tests.comments_service.web.newsroom import Newsroom
from tests.stacks.reader import Reader, post_many
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

WORDS = {"address": ADDRESS, "name": NAME, "website": WEBSITE, "first text": EARLIER, "text": TEXT, "waiting": WAITING}
SAID = {"note": NOTE, "report": REPORT, "claim": CLAIM}


def _needles(newsroom: Newsroom) -> dict[str, bytes]:
    """What must be nowhere, by what it is. The middle of a text is looked for: a page's end may cut it."""
    hers = {"hers": newsroom.runtime.vault.blind_index(ADDRESS)}
    sealed = newsroom.run_sql(
        "SELECT sealed FROM addresses WHERE blind_index = :hers UNION SELECT sealed FROM follows"
        " UNION SELECT sealed FROM notices",
        **hers,
    )
    digests = newsroom.run_sql(
        "SELECT DISTINCT text_digest FROM comments c JOIN addresses a ON a.id = c.address_id WHERE blind_index = :hers",
        **hers,
    )
    return {
        **{what: text.encode()[2:40] for what, text in (WORDS | SAID).items()},
        **{f"sealed {number}": bytes(row[0])[20:60] for number, row in enumerate(sealed)},
        **{f"digest {number}": row[0].encode() for number, row in enumerate(digests)},
    }


def _found(needles: dict[str, bytes], haystacks: Iterable[bytes]) -> set[str]:
    return {what for haystack in haystacks for what, needle in needles.items() if needle in haystack}


def _files(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.read_bytes()


def _rows(newsroom: Newsroom) -> Iterator[bytes]:
    """Every row as PostgreSQL writes it, and what it holds in bytes as these bytes."""
    for table in Base.metadata.tables:
        for (row,) in newsroom.run_sql(f"SELECT t::text FROM {table} t"):
            yield row.encode()
            for part in row.split(r'"\\x')[1:]:
                yield bytes.fromhex(part.partition('"')[0])


def _surround(newsroom: Newsroom) -> None:
    """Others' comments before and after, so that rows move between pages."""
    for number in range(25):
        newsroom.posted(body=f"Number {number} of somebody else. " + "The harbour is quiet. " * 12)
    newsroom.judge()


def test_no_byte_is_left_in_the_data_folder(officer: Officer) -> None:
    newsroom = officer.newsroom
    _surround(newsroom)
    leave_traces(newsroom)
    _surround(newsroom)
    needles = _needles(newsroom)
    assert _found(needles, _files(newsroom.settings.data_dir)) == needles.keys() - {
        "address"
    }  # which is never kept in the clear
    assert officer.erase()["overwritten"] is True
    assert _found(needles, _files(newsroom.settings.data_dir)) == set()
    assert newsroom.thread()["thread"]["count"] == 51


def test_no_row_of_postgresql_knows_the_person(postgres_officer: Officer) -> None:
    newsroom = postgres_officer.newsroom
    leave_traces(newsroom)
    needles = _needles(newsroom)
    assert _found(needles, _rows(newsroom)) == needles.keys() - {"address"}
    postgres_officer.erase()
    assert _found(needles, _rows(newsroom)) == set()
    assert _found(needles, _files(newsroom.settings.data_dir)) == set()


def test_no_byte_is_left_while_web_worker_and_relay_run_and_others_write(sqlite_stack: Stack) -> None:
    reader = Reader(sqlite_stack.base_url)
    needles = {what: words.encode()[2:40] for what, words in WORDS.items()}
    for body in (EARLIER, TEXT, WAITING):
        posted = reader.post(body, name=NAME, email=ADDRESS, website=WEBSITE).json()
        until(lambda posted=posted: reader.status(posted) != "pending", "a decision")
    assert _found(needles, _files(sqlite_stack.data_dir)) == needles.keys() - {"address"}
    with ThreadPoolExecutor(1) as pool:
        others = pool.submit(post_many, sqlite_stack.base_url, 30, 2)
        sqlite_stack.cli("privacy", "erase", "--email", ADDRESS, "--yes")
        assert len(others.result()) == 30
    assert _found(needles, _files(sqlite_stack.data_dir)) == set()
    assert reader.status(posted) == "deleted"
