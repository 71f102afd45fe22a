"""Which decisions teach, and what do they say?"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from comments_service.moderation.decide import decide, undo
from comments_service.storage.tables import Comment, Decision, Moderator, Revision
from comments_service.training_data.collect import Caps, collect
from comments_service.training_data.example import Example
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import as_file, comment, end, header, thread

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Desk:
    """A site with comments that moderators decide about."""

    def __init__(self, installation: Installation, texts: Iterable[str], **fields: str) -> None:
        self.installation, self.runtime = installation, installation.runtime
        installation.add_site()
        self.imports(*(comment(str(n), status="pending", source=text, **fields) for n, text in enumerate(texts)))
        with self.runtime.transaction() as session:
            people = [self._person(login) for login in ("vera", "otto")]
            session.add_all(people)
            session.flush()
            self.vera, self.otto = (person.id for person in people)

    def imports(self, *comments: dict[str, Any]) -> None:
        """Take comments in, as the command does."""
        lines = [header(), thread(), *comments]
        done = self.installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
        assert done.returncode == 0, done.stderr.decode()

    @staticmethod
    def _person(login: str) -> Moderator:
        return Moderator(login=login, name=login, password_hash="none", role="moderator", created_at=NOW)

    def decides(self, number: int, action: str, *, by: int | None = None, reason: str = "", minute: int = 0) -> int:
        """A moderator's decision on comment `number`; the log row's id."""
        with self.runtime.transaction() as session:
            comment_id = session.scalars(select(Comment.id).where(Comment.public_id == f"c-{number}")).one()
            return decide(
                session,
                comment_id,
                actor="moderator",
                action=action,
                now=NOW + timedelta(minutes=minute),
                moderator_id=by or self.vera,
                reason=reason,
            ).decision_id

    def others_decide(self, number: int, actor: str, action: str) -> None:
        with self.runtime.transaction() as session:
            comment_id = session.scalars(select(Comment.id).where(Comment.public_id == f"c-{number}")).one()
            decide(session, comment_id, actor=actor, action=action, now=NOW)

    def undoes(self, decision_id: int) -> None:
        with self.runtime.transaction() as session:
            undo(session, decision_id, moderator_id=self.otto, now=NOW)

    def examples(self, caps: Caps | None = None) -> list[Example]:
        with self.runtime.reading() as session:
            return list(collect(session, "demo", caps))

    def labels(self) -> dict[str, dict[str, float]]:
        return {example.id: example.labels for example in self.examples()}


FRUITS = ["apples are fine", "berries are better", "cherries on top", "dates in the desert", "elder by the wall"]


@pytest.mark.parametrize(
    ("action", "reason", "labels"),
    [
        ("approve", "", {"spam": 0, "toxic": 0}),
        ("spam", "", {"spam": 1}),
        ("reject", "spam", {"spam": 1}),
        ("reject", "toxic", {"spam": 0, "toxic": 1}),
        ("reject", "threat", {"spam": 0, "toxic": 1, "threat": 1}),
        ("reject", "off_topic", {"spam": 0, "other": 1}),
        ("reject", "", {"spam": 0, "other": 1}),
    ],
)
@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_decision_says_what_was_seen(
    installation: Installation, action: str, reason: str, labels: dict[str, float]
) -> None:
    desk = Desk(installation, FRUITS[:1])
    desk.decides(0, action, reason=reason)
    assert desk.labels() == {"c-0": labels}


def test_only_standing_decisions_of_people_teach(installation: Installation) -> None:
    desk = Desk(installation, FRUITS)
    desk.others_decide(0, "machine", "approve")
    desk.decides(1, "approve")
    desk.decides(1, "spam", by=desk.otto, minute=1)
    desk.decides(2, "approve")
    desk.undoes(desk.decides(2, "spam"))
    desk.undoes(desk.decides(3, "spam"))
    assert desk.labels() == {"c-1": {"spam": 1}, "c-2": {"spam": 0, "toxic": 0}}
    (first, second) = desk.examples()
    assert {first.moderator, second.moderator} == {str(desk.vera), str(desk.otto)}
    assert (second.text, second.site, second.thread) == (FRUITS[1], "demo", first.thread)


def test_what_was_deleted_is_not_kept_for_learning(installation: Installation) -> None:
    desk = Desk(installation, FRUITS)
    for number in range(4):
        desk.decides(number, "approve")
    desk.others_decide(0, "author", "delete")
    desk.decides(1, "delete")
    desk.undoes(desk.decides(2, "delete"))
    assert set(desk.labels()) == {"c-2", "c-3"}


def test_the_text_is_the_one_that_the_moderator_saw(installation: Installation) -> None:
    desk = Desk(installation, FRUITS[:2])
    desk.decides(0, "spam")
    with desk.runtime.transaction() as session:
        row = session.scalars(select(Comment).where(Comment.public_id == "c-0")).one()
        row.source, row.revision = "Something harmless instead", 2
    assert [example.text for example in desk.examples()] == [FRUITS[0]]
    with desk.runtime.transaction() as session:
        # Erased since: the words that were judged are gone, so the decision teaches nothing.
        kept = session.scalars(select(Revision).where(Revision.comment_id == row.id)).all()
        for revision in kept:
            session.delete(revision)
    assert desk.examples() == []


def test_near_duplicates_teach_once_and_the_latest_decision_wins(installation: Installation) -> None:
    wave = [
        "Win 500 EUR now: http://a.example",
        "win 900 eur NOW!! http://b.example/x",
        "Ｗｉｎ 7 EUR  now",
        "Win nothing",
    ]
    desk = Desk(installation, wave)
    for number, action in enumerate(["approve", "approve", "spam", "approve"]):
        desk.decides(number, action, minute=number)
    assert desk.labels() == {"c-2": {"spam": 1}, "c-3": {"spam": 0, "toxic": 0}}


def test_caps_bound_what_one_person_or_author_teaches_in_a_day(installation: Installation) -> None:
    desk = Desk(installation, FRUITS, email="ada@example.com")
    for number in range(5):
        desk.decides(number, "spam", by=desk.vera if number < 4 else desk.otto, minute=number)
    assert set(desk.labels()) == {f"c-{number}" for number in range(5)}
    by_moderator = desk.examples(Caps(per_moderator_day=2))
    assert [example.id for example in by_moderator] == ["c-4", "c-3", "c-2"]
    by_author = desk.examples(Caps(per_author_day=3))
    assert [example.id for example in by_author] == ["c-4", "c-3", "c-2"]


def test_more_decisions_than_one_read_takes_are_all_found(installation: Installation) -> None:
    letters = [f"{chr(97 + n // 26)}{chr(97 + n % 26)} word" for n in range(620)]
    desk = Desk(installation, letters)
    with desk.runtime.transaction() as session:
        for row in session.scalars(select(Comment)):
            session.add(
                Decision(
                    comment_id=row.id,
                    site_id=row.site_id,
                    revision=1,
                    action="approve",
                    from_status="pending",
                    to_status="approved",
                    actor="moderator",
                    moderator_id=desk.vera,
                    created_at=NOW,
                )
            )
    assert len(desk.examples()) == len(set(letters))


def test_the_training_set_is_written_redacted_as_json_lines(installation: Installation) -> None:
    texts = ["Call me at +49 30 1234567, says Ada. Or ada@example.com", "@otto no"]
    website = "https://ada-byron.example/"
    desk = Desk(installation, texts, name="Ada Byron", website=website, email="ada@example.com")
    desk.imports(comment("2", parent="0", name="Bo", source="Agreed", status="pending", email="bo@example.org"))
    desk.decides(0, "spam")
    desk.decides(1, "approve", minute=1)
    desk.decides(2, "approve", minute=2)
    done = installation.process("export", "--training", "--site", "demo")
    assert done.returncode == 0, done.stderr.decode()
    third, second, first = (json.loads(line) for line in done.stdout.splitlines())
    assert first["text"] == third["parent"] == "Call me at [phone], says [name]. Or [address]"
    assert third["author"] != first["author"] == second["author"]
    assert second == {
        "id": "c-1",
        "text": "[handle] no",
        "website": "https://[name]-[name].example/",
        "title": "Harbour opens",
        "labels": {"spam": 0.0, "toxic": 0.0},
        "weight": 1.0,
        "stream": "queue",
        "site": "demo",
        "decided_at": "2026-03-02T12:01:00+00:00",
        "thread": first["thread"],
        "moderator": str(desk.vera),
        "author": first["author"],
    }
    unknown = installation.command("export", "--training", "--site", "dem")
    assert unknown.returncode == 1
    assert b"did you mean demo?" in unknown.stderr


def test_an_author_is_nobody_from_one_collection_to_the_next(installation: Installation) -> None:
    desk = Desk(installation, FRUITS[:2], email="ada@example.com")
    desk.decides(0, "approve")
    desk.decides(1, "approve", minute=1)
    (one, other), (again, _) = desk.examples(), desk.examples()
    assert one.author == other.author != again.author


def test_looking_at_decisions_leaves_out_nothing(installation: Installation) -> None:
    desk = Desk(installation, ["Win 5 EUR", "Win 6 EUR", "Win 7 EUR"])
    for number, action in enumerate(["approve", "spam", "approve"]):
        desk.decides(number, action, minute=number)
    assert len(desk.examples()) == 1
    with desk.runtime.reading() as session:
        assert len(list(collect(session, "demo", Caps(per_moderator_day=1), every=True))) == 3
