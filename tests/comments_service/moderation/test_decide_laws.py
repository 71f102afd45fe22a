"""Laws of deciding that hold whatever machine, moderators and authors do, and in whichever order they do it.

A real SQLite file, real transactions; hypothesis looks for the sequence of acts that breaks a law.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from comments_service.moderation.decide import Conflict, Decided, decide, undo
from comments_service.moderation.moderators import add_moderator, credentials
from comments_service.moderation.passages import MARK
from comments_service.moderation.text_edits import NotMasked, edit_text
from comments_service.moderation.transitions import MACHINE, TABLE
from comments_service.storage.tables import Comment, Decision, Site, Thread
from tests.comments_service.moderation.stage import Stage, add_comment, bare_runtime

START = datetime(2026, 1, 1, tzinfo=UTC)
PERSONS = [
    (row.actor, row.action)
    for row in TABLE
    # A moderator's edit needs a text to leave something out of; it has a rule of its own.
    if row.actor in {"moderator", "author", "system"} and (row.actor, row.action) != ("moderator", "edit")
]
MODERATORS = [action for actor, action in PERSONS if actor == "moderator"]
MACHINES = [row.action for row in TABLE if row.actor == MACHINE]


class Deciding(RuleBasedStateMachine):
    """Comments in a tree; anybody does anything to any of them."""

    comments = Bundle("comments")
    decisions = Bundle("decisions")

    @initialize()
    def open_database(self) -> None:
        self.folder = TemporaryDirectory()
        self.runtime, self.site, self.thread = bare_runtime(Path(self.folder.name))
        self.now = START
        self.versions: dict[int, int] = {}
        self.person = self.act(_first_moderator, self.now)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def act(self, step: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        self.now += timedelta(seconds=1)
        with self.runtime.transaction() as session:
            return step(session, *arguments, **options)

    def look(self, step: Callable[..., Any], *arguments: Any) -> Any:
        with self.runtime.reading() as session:
            return step(session, *arguments)

    @rule(target=comments)
    def write_comment(self) -> int:
        return int(self.act(_new_comment, self.site, self.thread, None, self.now))

    @rule(target=comments, parent=comments)
    def reply(self, parent: int) -> int:
        return int(self.act(_new_comment, self.site, self.thread, parent, self.now))

    @rule(target=decisions, comment=comments, who=st.sampled_from(PERSONS), revision=st.sampled_from([None, 1, 2]))
    def somebody_decides(self, comment: int, who: tuple[str, str], revision: int | None) -> Any:
        before = self._row(comment)
        try:
            done: Decided = self.act(
                decide,
                comment,
                actor=who[0],
                action=who[1],
                now=self.now,
                revision=revision,
                moderator_id=self.person if who[0] == "moderator" else None,
            )
        except Conflict:
            assert self._row(comment) == before
            return multiple()
        if who in {("author", "edit"), ("author", "restore")}:
            self.act(_raise_revision, comment)
        assert done.from_status == before[0]
        return done.decision_id

    @rule(target=decisions, comment=comments, publish=st.booleans())
    def moderator_masks_the_text(self, comment: int, publish: bool) -> Any:
        before = self._row(comment)
        try:
            done: Decided = self.act(_mask, comment, publish, self.site, self.person, self.now)
        except (Conflict, NotMasked):
            assert self._row(comment) == before
            return multiple()
        assert self._row(comment)[0] == ("approved" if publish else before[0])
        assert self._row(comment)[2] == before[2] + 1, "no text without its number"
        return done.decision_id

    @rule(comment=comments, action=st.sampled_from(MACHINES), revision=st.integers(1, 3))
    def machine_decides(self, comment: int, action: str, revision: int) -> None:
        status, awaits, current = self._row(comment)
        try:
            self.act(decide, comment, actor=MACHINE, action=action, now=self.now, revision=revision)
        except (Conflict, IntegrityError):
            assert self._row(comment) == (status, awaits, current)
            return
        assert (awaits, current) == ("machine", revision), "the machine overrode somebody"

    @rule(decision=decisions)
    def take_back(self, decision: int) -> None:
        comment, from_status, to_status = self.look(_decision, decision)
        before = self._row(comment)
        try:
            self.act(undo, decision, moderator_id=self.person, now=self.now)
        except Conflict:
            assert self._row(comment) == before
            return
        assert before[0] == to_status
        assert self._row(comment)[0] == from_status
        with pytest.raises(Conflict):
            self.act(undo, decision, moderator_id=self.person, now=self.now)

    @rule(comment=comments, action=st.sampled_from(MODERATORS))
    def moderator_changes_their_mind(self, comment: int, action: str) -> None:
        before = self._row(comment)
        try:
            done = self.act(decide, comment, actor="moderator", action=action, now=self.now, moderator_id=self.person)
        except Conflict:
            assert before[0] == "deleted"
            return
        self.look(_check_what_readers_see, self.versions)
        self.act(undo, done.decision_id, moderator_id=self.person, now=self.now)
        assert self._row(comment)[0] == before[0]

    @invariant()
    def what_readers_see_is_true(self) -> None:
        if hasattr(self, "runtime"):
            self.look(_check_what_readers_see, self.versions)

    @invariant()
    def the_log_is_a_chain_that_ends_at_the_status(self) -> None:
        if hasattr(self, "runtime"):
            self.look(_check_log)

    def _row(self, comment: int) -> tuple[str, str, int]:
        status, awaits, revision = self.look(_row, comment)
        return status, awaits, revision


def _first_moderator(session: Session, now: datetime) -> int:
    add_moderator(session, "nora", role="owner", site_id=None, now=now)
    known = credentials(session, "nora")
    assert known is not None
    return known.id


def _new_comment(session: Session, site: int, thread: int, parent: int | None, now: datetime) -> int:
    above = session.get(Comment, parent) if parent else None
    return add_comment(session, site, thread, above, now).id


def _row(session: Session, comment: int) -> Any:
    return session.execute(select(Comment.status, Comment.awaits, Comment.revision).where(Comment.id == comment)).one()


def _raise_revision(session: Session, comment: int) -> None:
    session.execute(update(Comment).where(Comment.id == comment).values(revision=Comment.revision + 1))


def _mask(session: Session, comment: int, publish: bool, site: int, person: int, now: datetime) -> Decided:
    row = session.get_one(Comment, comment)
    return edit_text(
        session,
        row.public_id,
        MARK + row.source[len(row.source) // 2 :],
        links=False,
        publish=publish,
        seen=None,
        moderator_id=person,
        site_ids=[site],
        now=now,
    )


def _decision(session: Session, decision: int) -> tuple[int, str, str]:
    found = session.get_one(Decision, decision)
    return found.comment_id, found.from_status, found.to_status


def _check_what_readers_see(session: Session, versions: dict[int, int]) -> None:
    rows = session.scalars(select(Comment)).all()
    for row in rows:
        below = [other for other in rows if str(row.id) in other.ancestors.split(".")]
        approved = sum(other.status == "approved" for other in below)
        assert row.approved_descendants == approved
        assert row.shown == (row.status == "approved" or approved > 0)
        assert row.awaits == "nobody" or row.status in {"pending", "approved"}
    for thread in session.scalars(select(Thread)):
        visible = sum(row.status == "approved" for row in rows if row.thread_id == thread.id)
        known_visible = versions.get(-thread.id, 0)
        assert thread.count == visible
        assert thread.version >= versions.get(thread.id, 1)
        assert thread.version > versions.get(thread.id, 0) or visible == known_visible
        versions[thread.id], versions[-thread.id] = thread.version, visible


def _check_log(session: Session) -> None:
    for comment in session.scalars(select(Comment)):
        log = session.scalars(select(Decision).where(Decision.comment_id == comment.id).order_by(Decision.id)).all()
        steps = [("pending", "pending"), *((step.from_status, step.to_status) for step in log)]
        assert all(before[1] == after[0] for before, after in pairwise(steps))
        assert steps[-1][1] == comment.status
        machine_steps = [step.revision for step in log if step.actor == MACHINE]
        assert len(machine_steps) == len(set(machine_steps)), "a revision was decided twice by the machine"
        assert "deleted" not in {step.from_status for step in log if step.action not in {"undo", "restore", "erase"}}
        for before, after in pairwise(log):
            if after.action == "restore":
                assert (before.actor, before.action) == ("author", "delete"), "somebody else's deletion was undone"
                assert before.from_status in {"pending", "approved"}, "a refusal was washed off"
        assert not log or log[0].action != "restore"


TestDeciding = Deciding.TestCase
TestDeciding.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_when_machine_and_moderator_decide_at_once_the_moderator_wins(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    stage.account("nora")
    ids = [stage.write(_new_comment, stage.site_ids["demo"], stage.thread_ids["demo"], None, START) for _ in range(30)]
    gate = threading.Barrier(2)
    orders: list[tuple[list[int], dict[str, Any]]] = [
        (ids, {"actor": "machine", "action": "approve", "revision": 1}),
        (ids[::-1], {"actor": "moderator", "action": "reject", "moderator_id": 1, "reason": "other"}),
    ]

    def run(wanted: list[int], order: dict[str, Any]) -> None:
        gate.wait()
        for comment in wanted:
            try:
                stage.write(decide, comment, now=START, **order)
            except Conflict:
                assert order["actor"] == "machine"

    threads = [threading.Thread(target=run, args=order) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stage.write(lambda s: set(s.scalars(select(Comment.status)))) == {"rejected"}
    assert stage.write(lambda s: s.scalars(select(Thread.count)).one()) == 0
    stage.write(_check_log)


def test_two_moderators_who_decide_at_once_leave_true_counts(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    stage.account("nora")
    ids = [stage.write(_new_comment, stage.site_ids["demo"], stage.thread_ids["demo"], None, START) for _ in range(20)]
    gate = threading.Barrier(2)

    def run(actions: tuple[str, str]) -> None:
        gate.wait()
        for comment in ids:
            for action in actions:
                stage.write(decide, comment, actor="moderator", action=action, now=START, moderator_id=1)

    threads = [threading.Thread(target=run, args=(pair,)) for pair in (("approve", "spam"), ("spam", "approve"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stage.write(_check_log)
    stage.write(_check_what_readers_see, {})


def test_the_log_cannot_be_changed_or_shortened(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    stage.comment()
    for statement in ("UPDATE decisions SET note = 'x'", "DELETE FROM decisions"):
        with pytest.raises(DBAPIError, match="append-only"):
            stage.write(lambda session, sql=statement: session.connection().exec_driver_sql(sql))


def test_a_decision_belongs_to_a_site(stage: Stage) -> None:
    stage.comment()
    assert (
        stage.write(lambda session: session.scalar(select(Site.key).join(Decision, Decision.site_id == Site.id)))
        == "demo"
    )
