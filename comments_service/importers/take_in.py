"""Takes rows in, batch by batch: sorts out what is known, what is new and what must stay out, and has the new stored.

A rehearsal (dry run) goes the same way with a store that only remembers, so its report is the real run's.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol

from sqlalchemy.orm import Session

from comments_service.comments.places import Place
from comments_service.importers.jsonl import BadLine, ReadRow
from comments_service.importers.places import Standing, in_same_thread, standing, threads_by_url
from comments_service.importers.prepare import (
    LeftOut,
    PreparedComment,
    PreparedThread,
    prepare_comment,
    prepare_thread,
)
from comments_service.importers.report import Remark, Report
from comments_service.importers.rows import CommentRow
from comments_service.importers.store import Store, awaited
from comments_service.moderation.sites import find_site
from comments_service.privacy.addresses import AddressVault

BATCH = 200  # rows in one transaction: readers' posts wait at most for the time that one batch takes


class Writer(Protocol):
    """What `_take_in_batch` asks of the store or of the rehearsal."""

    def add_thread(self, thread: PreparedThread) -> int: ...
    def add_comment(
        self, comment: PreparedComment, thread_id: int, parent: Standing | None, answered: Standing | None
    ) -> Standing: ...
    def finish(self) -> None: ...


class Rehearsal:
    """Remembers what a real run would have stored, for the rows that build upon it. Numbers are made up, below zero."""

    def __init__(self) -> None:
        self._site_id = 0
        self.threads: dict[str, int] = {}
        self.comments: dict[str, int] = {}

    def of_site(self, site_id: int) -> "Rehearsal":
        """The same rehearsal, for a site that has been looked up."""
        self._site_id = site_id
        return self

    def standing(self, public_ids: Iterable[str]) -> dict[str, Standing]:
        """What was taken in earlier in the same rehearsal."""
        return {key: self._standing(self.comments[key]) for key in public_ids if key in self.comments}

    def add_thread(self, thread: PreparedThread) -> int:
        return self.threads.setdefault(thread.url, -1 - len(self.threads))

    def add_comment(
        self, comment: PreparedComment, thread_id: int, _parent: Standing | None, _answered: Standing | None
    ) -> Standing:
        self.comments[comment.row.id] = thread_id
        return self._standing(thread_id)

    def finish(self) -> None:
        """Nothing was written, so nothing is left to write."""

    def _standing(self, thread_id: int) -> Standing:
        return Standing(0, self._site_id, thread_id, Place())


@dataclass
class _Known:
    """What stands in the database, or in the rehearsal, of all that a batch speaks of."""

    site_id: int
    threads: dict[str, int]
    comments: dict[str, Standing]


_Numbered = tuple[int, PreparedThread | PreparedComment]


def take_in(
    read: Iterable[ReadRow | BadLine],
    *,
    site_key: str,
    vault: AddressVault,
    now: datetime,
    transaction: Callable[[], AbstractContextManager[Session]],
    rehearsal: Rehearsal | None = None,
    told: Callable[[Remark], None] = lambda _remark: None,
    read_so_far: Callable[[int], None] = lambda _line: None,
) -> Report:
    """Store what is new among the rows read; the report says what became of each. Raises SiteError.

    `transaction` opens one transaction for each batch and commits it; with a `rehearsal` it may be one for reading.
    `told` hears every remark, `read_so_far` the number of the last line of each batch.
    """
    report = Report()

    def tell(remark: Remark) -> None:
        report.add(remark)
        told(remark)

    with transaction() as session:
        find_site(session, site_key)  # before any work is done for a site that is not there
    rows = iter(read)
    while chunk := list(islice(rows, BATCH)):
        prepared = list(_prepared(chunk, vault, tell))
        with transaction() as session:
            # Locked, so that two imports into one site go one after the other and see each other's rows.
            site = find_site(session, site_key, lock=rehearsal is None)
            writer = rehearsal.of_site(site.id) if rehearsal else Store(session, site.id, now)
            _take_in_batch(writer, _known(session, site.id, prepared, rehearsal), prepared, report, tell)
            writer.finish()
        read_so_far(chunk[-1].number)
    return report


def _prepared(
    chunk: Iterable[ReadRow | BadLine], vault: AddressVault, tell: Callable[[Remark], None]
) -> Iterator[_Numbered]:
    for line in chunk:
        if isinstance(line, BadLine):
            tell(Remark(line.number, "", "left_out", line.reason))
            continue
        row = line.row
        try:
            yield line.number, (prepare_comment(row, vault) if isinstance(row, CommentRow) else prepare_thread(row))
        except LeftOut as error:
            name = row.id if isinstance(row, CommentRow) else ""
            tell(Remark(line.number, name, "left_out", str(error)))


def _known(session: Session, site_id: int, prepared: list[_Numbered], rehearsal: Rehearsal | None) -> _Known:
    ids, urls = set[str](), set[str]()
    for _, item in prepared:
        if isinstance(item, PreparedThread):
            urls.add(item.url)
        else:
            urls.add(item.thread_url)
            ids.update(name for name in (item.row.id, item.row.parent, item.row.in_reply_to) if name)
    threads, comments = threads_by_url(session, site_id, urls), standing(session, ids)
    if rehearsal is not None:
        threads |= {url: rehearsal.threads[url] for url in urls if url in rehearsal.threads}
        comments |= rehearsal.standing(ids)
    return _Known(site_id, threads, comments)


def _take_in_batch(
    writer: Writer, known: _Known, prepared: list[_Numbered], report: Report, tell: Callable[[Remark], None]
) -> None:
    for number, item in prepared:
        if isinstance(item, PreparedThread):
            _take_in_thread(writer, known, item, report)
            continue
        try:
            _take_in_comment(writer, known, item, report)
        except LeftOut as error:
            tell(Remark(number, item.row.id, "left_out", str(error)))
            continue
        for change in item.changes:
            tell(Remark(number, item.row.id, "changed", change))


def _take_in_thread(writer: Writer, known: _Known, thread: PreparedThread, report: Report) -> None:
    if thread.url in known.threads:
        report.threads_known += 1
        return
    known.threads[thread.url] = writer.add_thread(thread)
    report.threads_new += 1


def _take_in_comment(writer: Writer, known: _Known, comment: PreparedComment, report: Report) -> None:
    row = comment.row
    there = known.comments.get(row.id)
    if there is not None:
        if there.site_id != known.site_id:
            raise LeftOut("id: another site of this installation has a comment with this id")
        report.comments_known += 1
        comment.changes.clear()  # it stays as it is stored, so nothing was changed
        return
    thread_id = known.threads.get(comment.thread_url)
    if thread_id is None:
        raise LeftOut("thread: neither the file (further up) nor the site has this thread")
    parent = in_same_thread(known.comments, row.parent, thread_id)
    if row.parent and parent is None:
        raise LeftOut("parent: the comment that it hangs below is not in this thread")
    answered = in_same_thread(known.comments, row.in_reply_to, thread_id)
    known.comments[row.id] = writer.add_comment(comment, thread_id, parent, answered)
    report.comments_new += 1
    report.to_check += awaited(row) == "machine"
