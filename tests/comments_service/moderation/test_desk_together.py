"""Many comments decided in one go: up to a thousand, one line of the history, one undo."""

import re

import pytest
from sqlalchemy import insert, select, update

from comments_service.storage.tables import Comment, Decision
from tests.comments_service.moderation.stage import Stage, Visitor


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _many(stage: Stage, size: int) -> list[str]:
    """Held comments without a log, put in at once."""
    ids = [f"{number:024x}" for number in range(size)]
    first = stage.comment()

    def store(session):  # type: ignore[no-untyped-def]
        row = session.scalar(select(Comment).where(Comment.public_id == first))
        values = {column.name: getattr(row, column.name) for column in Comment.__table__.columns if column.name != "id"}
        session.execute(insert(Comment), [{**values, "public_id": public_id} for public_id in ids])
        session.execute(update(Comment).where(Comment.public_id == first).values(status="approved", awaits="nobody"))

    stage.write(store)
    return ids


def _decide(visitor: Visitor, ids: list[str], decision: str = "spam", **more: str) -> str:
    """Decide through the form without a script; the page that follows."""
    picks = [f"{public_id}:1:pending" for public_id in ids]
    answer = visitor.post("/moderation/decisions", pick=picks, decision=decision, **more)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"]).text


def _batch(page: str) -> str:
    found = re.search(r'name="batch" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_a_thousand_are_decided_by_one_plain_form_and_undone_as_one(stage: Stage, mona: Visitor) -> None:
    ids = _many(stage, 1000)
    page = _decide(mona, ids, "approve")
    assert "Approved: 1000 comments." in page
    assert set(ids) < set(stage.write(lambda session: session.scalars(_approved()).all()))
    history = mona.get("/moderation/history").text
    assert re.search(r"Approved</b>: 1000 comments, by <b><bdi>Mona", history)
    assert history.count('class="entry"') == 2, "the thousand are one line, the machine's own is the other"
    assert (
        "Put back: 1000 comments."
        in mona.get(mona.post("/moderation/undo", batch=_batch(history), page="history").headers["Location"]).text
    )
    assert stage.write(lambda session: len(session.scalars(_approved()).all())) == 1


def _approved():  # type: ignore[no-untyped-def]
    return select(Comment.public_id).where(Comment.status == "approved")


def test_what_was_decided_together_unfolds_into_its_lines(stage: Stage, mona: Visitor) -> None:
    ids = [stage.comment(f"Remark {number}") for number in range(3)]
    batch = _batch(_decide(mona, ids))
    each = mona.get(f"/moderation/history?batch={batch}").text
    assert [each.count(f"Remark {number}") for number in range(3)] == [1, 1, 1]
    assert each.count("called it spam") == 3
    assert "There are no such decisions" in mona.get("/moderation/history?batch=none").text


def test_undoing_all_leaves_alone_what_was_decided_again(stage: Stage, mona: Visitor) -> None:
    ids = [stage.comment() for _ in range(3)]
    batch = _batch(_decide(mona, ids))
    stage.moderator("olga").post("/moderation/decisions", ids=ids[1], decision="delete")
    page = mona.get(mona.post("/moderation/undo", batch=batch).headers["Location"]).text
    assert "Put back: 2 comments." in page
    assert "deleted by Olga" in page
    assert [stage.status(public_id) for public_id in ids] == ["pending", "deleted", "pending"]


def test_a_text_that_changed_since_the_page_was_made_is_not_decided(stage: Stage, mona: Visitor) -> None:
    ids = [stage.comment() for _ in range(2)]
    stage.write(lambda session: session.execute(update(Comment).where(Comment.public_id == ids[0]).values(revision=2)))
    assert "The author has changed this comment" in _decide(mona, ids)
    assert [stage.status(public_id) for public_id in ids] == ["pending", "spam"]


def test_requests_with_one_token_are_one_batch_and_nobody_joins_a_colleague_s(stage: Stage, mona: Visitor) -> None:
    ids, token = [stage.comment() for _ in range(4)], "0123456789abcdef"
    for visitor, part in ((mona, ids[:1]), (mona, ids[1:3]), (stage.moderator("olga"), ids[3:])):
        _decide(visitor, part, together=token)
    batches = stage.write(
        lambda session: session.scalars(
            select(Decision.batch).where(Decision.actor == "moderator").order_by(Decision.id)
        ).all()
    )
    assert batches[0] == batches[1] == batches[2] != batches[3] is not None


@pytest.mark.parametrize("batch", ["", "x", "0" * 24, "\x00", "a" * 5000])
def test_a_batch_that_is_not_there_is_told(mona: Visitor, batch: str) -> None:
    assert mona.post("/moderation/undo", batch=batch).status_code in {404, 422}
    assert mona.get("/moderation/history", query_string={"batch": batch}).status_code == 200


def test_a_moderator_of_another_site_sees_and_undoes_nothing_of_a_batch(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    ids = [stage.comment() for _ in range(2)]
    batch = _batch(_decide(mona, ids))
    foreign = stage.moderator("fred", "moderator", "other")
    assert foreign.post("/moderation/undo", batch=batch).status_code == 404
    assert "There are no such decisions" in foreign.get(f"/moderation/history?batch={batch}").text
    assert [stage.status(public_id) for public_id in ids] == ["spam", "spam"]


def test_a_program_s_request_is_one_line_of_the_history(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    mona = stage.moderator("mona")
    ids = [stage.comment() for _ in range(3)]
    mona.api("/api/v1/moderation/decisions", {"ids": ids, "decision": "spam"})
    history = mona.get("/moderation/history").text
    assert "Moved to spam</b>: 3 comments" in history
    mona.post("/moderation/undo", batch=_batch(history))
    assert [stage.status(public_id) for public_id in ids] == ["pending"] * 3
