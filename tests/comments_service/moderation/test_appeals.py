"""Is an author's objection decided by another human than the first, never by a program, and told to the author?"""

import re
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from comments_service.storage.tables import Appeal
from tests.comments_service.moderation.access_rows.answering import an_appeal
from tests.comments_service.moderation.stage import Stage, Visitor

WORDS = "It was a quote indeed; thank you for telling us."
FORM = re.compile(r'name="verdict"')


def answer(person: Visitor, reference: str, verdict: str = "reverse", words: str = WORDS) -> TestResponse:
    return person.post(f"/moderation/appeals/{reference}", answer=words, verdict=verdict)


def is_open(stage: Stage, reference: str) -> bool:
    found: bool = stage.write(
        lambda session: session.scalars(select(Appeal).where(Appeal.reference == reference)).one().settled_at is None
    )
    return found


def rejected_by(stage: Stage, person: Visitor, **comment: Any) -> tuple[str, str]:
    """A comment that somebody rejected, and the reference of its author's appeal."""
    public_id = stage.comment(**comment)
    person.post("/moderation/decisions", ids=public_id, reject_reason="insult")
    return public_id, an_appeal(stage, public_id)


def test_who_decided_first_is_refused_and_a_colleague_is_not(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    mona, nora = stage.moderator("mona"), stage.moderator("nora")
    comment, reference = rejected_by(stage, mona)
    page = mona.get(f"/moderation/appeals/{reference}")
    assert "somebody else decides about the appeal" in page.text
    assert not FORM.search(page.text)
    refused = answer(mona, reference)
    assert refused.status_code == 403
    assert "decided against this comment yourself" in refused.text
    assert stage.status(comment) == "rejected"
    assert FORM.search(nora.get(f"/moderation/appeals/{reference}").text)
    assert answer(nora, reference).status_code == 303
    assert stage.status(comment) == "approved"
    assert not is_open(stage, reference)
    assert f"Note: <bdi>Appeal {reference}" in nora.get(f"/moderation/comments/{comment}").text


def test_a_decision_that_stands_changes_nothing_and_can_be_taken_up_again(stage: Stage) -> None:
    mona, nora = stage.moderator("mona"), stage.moderator("nora")
    comment, reference = rejected_by(stage, mona)
    answer(nora, reference, "uphold")
    assert (stage.status(comment), is_open(stage, reference)) == ("rejected", False)
    assert mona.post(f"/moderation/appeals/{reference}/reopen").status_code == 403
    nora.post(f"/moderation/appeals/{reference}/reopen")
    assert is_open(stage, reference)
    page = nora.get(f"/moderation/appeals/{reference}").text
    assert page.index("The decision stands") < page.index("Opened again")


def test_who_upheld_a_machines_decision_and_then_removed_it_too_is_barred(stage: Stage) -> None:
    """Every removal from the contested one on bars its maker, a taking back that removes again as well."""
    mona, nora, olga = stage.moderator("mona"), stage.moderator("nora"), stage.moderator("olga")
    comment = stage.comment(machine="reject")
    reference = an_appeal(stage, comment)
    mona.post("/moderation/decisions", ids=comment, decision="spam")
    assert is_open(stage, reference), "removing it once more is no answer"
    assert answer(mona, reference).status_code == 403
    nora.post("/moderation/decisions", ids=comment, decision="approve")
    assert not is_open(stage, reference), "what was asked for is done"
    olga.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert is_open(stage, reference)
    assert answer(olga, reference).status_code == 403
    assert answer(nora, reference).status_code == 303


def test_a_machines_decision_may_be_answered_by_any_moderator(stage: Stage) -> None:
    comment = stage.comment(machine="spam")
    assert answer(stage.moderator("mona"), an_appeal(stage, comment)).status_code == 303
    assert stage.status(comment) == "approved"


def test_undoing_a_reversal_opens_the_appeal_again(stage: Stage) -> None:
    mona, nora = stage.moderator("mona"), stage.moderator("nora")
    comment, reference = rejected_by(stage, mona)
    answer(nora, reference)
    nora.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert (stage.status(comment), is_open(stage, reference)) == ("rejected", True)


def test_taking_the_contested_decision_back_answers_it(stage: Stage) -> None:
    mona = stage.moderator("mona")
    comment, reference = rejected_by(stage, mona)
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert (stage.status(comment), is_open(stage, reference)) == ("pending", False)


def test_one_who_is_alone_may_and_the_author_is_told(stage: Stage) -> None:
    owner = stage.moderator("olga", "owner")
    stage.account("vera", "viewer")
    stage.account("tom", "trainee")
    _, reference = rejected_by(stage, owner)
    assert "no second person exists" in owner.get(f"/moderation/appeals/{reference}").text
    stage.account("mona")
    assert answer(owner, reference).status_code == 403, "mona is there to decide"
    stage.write(lambda session: session.execute(text("UPDATE moderators SET disabled = true WHERE login = 'mona'")))
    assert answer(owner, reference, "uphold").status_code == 303
    assert "nobody else was there to decide" in owner.get(f"/moderation/appeals/{reference}").text


def test_a_moderator_who_is_alone_but_owns_nothing_may_not(stage: Stage) -> None:
    mona = stage.moderator("mona")
    _, reference = rejected_by(stage, mona)
    assert answer(mona, reference).status_code == 403


def test_the_list_has_the_oldest_first_and_the_bar_counts(stage: Stage) -> None:
    mona = stage.moderator("mona")
    references = [rejected_by(stage, mona)[1] for _ in range(3)]
    page = mona.get("/moderation/appeals").text
    assert sorted(references, key=page.index) == references
    assert '<span class="waiting-count">3</span>' in mona.get("/moderation/").text
    answer(stage.moderator("nora"), references[0])
    assert references[0] not in mona.get("/moderation/appeals").text
    assert references[0] in mona.get("/moderation/appeals?state=settled").text


def test_a_comments_page_leads_to_its_appeals(stage: Stage) -> None:
    mona = stage.moderator("mona")
    comment, reference = rejected_by(stage, mona)
    assert f"/moderation/appeals/{reference}" in mona.get(f"/moderation/comments/{comment}").text


def test_long_lists_come_in_pages(stage: Stage) -> None:
    mona = stage.moderator("mona")
    references = [an_appeal(stage, stage.comment(machine="reject")) for _ in range(52)]
    first = mona.get("/moderation/appeals")
    more = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert more is not None
    second = mona.get(more[1].replace("&amp;", "&")).text
    assert [one for one in references if one not in first.text] == references[50:]
    assert [one for one in references if one in second] == references[50:]
    assert mona.get("/moderation/appeals?cursor=nonsense").status_code == 404
    assert (
        mona.get("/moderation/appeals?state=nonsense&cursor=WyJvcGVuIiwgOTk5OTk5OTk5OTk5OTk5OTk5LCAxXQ").status_code
        == 404
    )


def test_what_an_author_wrote_is_shown_as_text_without_addresses(stage: Stage) -> None:
    comment = stage.comment(machine="reject", body="<script>alert(1)</script> from ann@leaky.example")
    reference = an_appeal(stage, comment)
    stage.write(
        lambda session: session.execute(text("UPDATE appeals SET text = '<b>me</b> bob@leaky.example \u202eevil'"))
    )
    page = stage.moderator("mona").get(f"/moderation/appeals/{reference}").text
    assert "&lt;b&gt;me" in page
    assert "<script>alert" not in page
    assert "leaky" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"verdict": "reverse", "answer": " "}, "Write an answer"),
        ({"verdict": "maybe", "answer": WORDS}, "Choose whether"),
        ({"verdict": "uphold", "answer": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_decision_without_words_for_the_author_is_asked_for_again(
    stage: Stage, form: dict[str, str], fault: str
) -> None:
    reference = an_appeal(stage, stage.comment(machine="reject"))
    told = stage.moderator("mona").post(f"/moderation/appeals/{reference}", **form)
    assert told.status_code == 422
    assert fault in told.text
    assert is_open(stage, reference)


@pytest.mark.parametrize("reference", ["A-NONE", "1", "A-%00", "x" * 300])
def test_an_appeal_that_does_not_exist_is_not_there(stage: Stage, reference: str) -> None:
    assert stage.moderator("mona").get(f"/moderation/appeals/{reference}").status_code == 404


def test_the_second_of_two_deciders_is_told(stage: Stage) -> None:
    reference = an_appeal(stage, stage.comment(machine="reject"))
    answer(stage.moderator("mona"), reference, "uphold")
    late = stage.moderator("nora").client
    page = late.get(f"/moderation/appeals/{reference}").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    told = late.post(
        f"/moderation/appeals/{reference}",
        data={"verdict": "reverse", "answer": WORDS, "csrf_token": token[1]},
        follow_redirects=True,
    )
    assert "decided meanwhile" in told.text


def test_what_became_of_an_appeal_is_never_changed(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    answer(stage.moderator("mona"), an_appeal(stage, stage.comment(machine="reject")), "uphold")
    for change in ("UPDATE appeal_steps SET outcome = 'reversed'", "DELETE FROM appeal_steps"):
        with pytest.raises(DBAPIError, match="append-only"):
            stage.write(lambda session, change=change: session.execute(text(change)))
    stage.write(lambda session: session.execute(text("UPDATE appeal_steps SET answer = ''")))
