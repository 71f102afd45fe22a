"""Trainees propose, colleagues confirm or decide otherwise, and anybody may ask for a second opinion."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from comments_service.moderation.decide import decide
from comments_service.moderation.moderators import set_role
from comments_service.persons.erase import erase
from comments_service.persons.find import Person
from comments_service.storage.tables import Comment, Decision, Opinion
from comments_service.training_data.collect import collect
from tests.comments_service.moderation.stage import Stage, Visitor

DECISIONS = "/api/v1/moderation/decisions"
SECOND = "/moderation/?view=second_opinion"


@pytest.fixture
def tina(stage: Stage) -> Visitor:
    return stage.moderator("tina", "trainee")


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _propose(visitor: Visitor, comment: str, decision: str = "reject", **more: Any) -> dict[str, Any]:
    reason = {"reason": "insult"} if decision == "reject" else {}
    answer = visitor.api(DECISIONS, {"ids": [comment], "decision": decision, **reason, **more})
    assert answer.status_code == 200, answer.text
    result: dict[str, Any] = answer.get_json()["results"][0]
    return result


def _outcomes(stage: Stage) -> list[str]:
    return list(stage.write(lambda session: [row.outcome for row in session.query(Opinion).order_by(Opinion.id)]))


def test_a_trainees_decision_is_kept_and_changes_nothing(stage: Stage, tina: Visitor) -> None:
    comment, other = stage.comment(), stage.comment()
    tina.post("/moderation/decisions", ids=comment, decision="approve", seen=f"{comment}:1:pending")
    assert stage.status(comment) == "pending"
    assert stage.published() == []
    assert tina.items() == [other], "it waits for others now"
    assert tina.items(SECOND) == [comment]
    counts = tina.get("/moderation/counts").get_json()["counts"]
    assert (counts["pending"], counts["second_opinion"]) == (1, 1)


def test_a_proposal_stands_before_moderators_with_its_reason_and_one_button(
    stage: Stage, tina: Visitor, mona: Visitor
) -> None:
    comment = stage.comment()
    assert _propose(tina, comment, note="the last line")["result"] == "proposed"
    assert mona.items() == [comment], "it is still waiting"
    assert mona.items(SECOND) == [comment]
    page = mona.get(SECOND).text
    assert "<b><bdi>Tina</bdi></b> would reject it: It insults or attacks people." in " ".join(page.split())
    assert "the last line" in page
    assert 'value="insult" data-confirm' in page


def test_a_confirmed_proposal_is_the_confirmers_decision(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment, "approve")
    mona.post("/moderation/decisions", ids=comment, decision="approve", seen=f"{comment}:1:pending")
    assert stage.published() == [comment]
    assert _outcomes(stage) == ["confirmed"]
    history = mona.get(f"/api/v1/moderation/comments/{comment}/history").get_json()["history"]
    assert [(entry["action"], entry["by"]) for entry in history] == [("hold", ""), ("approve", "Mona")]
    assert mona.items(SECOND) == []
    assert tina.items(SECOND) == []


@pytest.mark.parametrize(("decision", "reason"), [("approve", ""), ("reject", "off_topic")])
def test_another_decision_or_another_reason_overrules(
    stage: Stage, tina: Visitor, mona: Visitor, decision: str, reason: str
) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    mona.api(DECISIONS, {"ids": [comment], "decision": decision, "reason": reason})
    assert _outcomes(stage) == ["overruled"]


def test_a_proposal_can_be_changed_and_taken_back(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    _propose(tina, comment, "spam")
    assert _outcomes(stage) == ["withdrawn", ""]
    tina.post("/moderation/opinions/withdraw", ids=comment)
    assert _outcomes(stage) == ["withdrawn", "withdrawn"]
    assert tina.items() == [comment]
    assert mona.items(SECOND) == []


def test_what_is_settled_cannot_be_taken_back_and_says_who_was_quicker(
    stage: Stage, tina: Visitor, mona: Visitor
) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    mona.api(DECISIONS, {"ids": [comment], "decision": "spam"})
    page = tina.client.post(
        "/moderation/opinions/withdraw",
        data={"ids": comment, "csrf_token": tina.token("/moderation/")},
        follow_redirects=True,
    )
    assert "Somebody decided this already: called spam by Mona." in page.text


def test_an_edit_makes_a_proposal_outdated(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    stage.write(_change_text, comment, stage.runtime.clock())
    assert _outcomes(stage) == ["outdated"]
    assert mona.items(SECOND) == []
    late = _propose(tina, comment, seen={comment: {"revision": 1, "status": "pending"}})
    assert (late["result"], "The author has changed" in late["message"]) == ("conflict", True)


def _change_text(session: Session, public_id: str, now: datetime) -> None:
    row = session.query(Comment).filter_by(public_id=public_id).one()
    row.source, row.revision = "Something else entirely.", row.revision + 1
    session.flush()
    decide(session, row.id, actor="author", action="edit", now=now)


def test_a_proposal_about_what_a_colleague_decided_meanwhile_is_a_conflict(
    stage: Stage, tina: Visitor, mona: Visitor
) -> None:
    comment = stage.comment()
    seen = {comment: {"revision": 1, "status": "pending"}}
    mona.api(DECISIONS, {"ids": [comment], "decision": "approve"})
    late = _propose(tina, comment, seen=seen)
    assert late["message"] == "Somebody decided this already: approved by Mona. It is approved now."
    assert _outcomes(stage) == []


def test_undoing_the_decision_opens_the_proposal_again(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    mona.api(DECISIONS, {"ids": [comment], "decision": "approve"})
    mona.api(DECISIONS, {"ids": [comment], "decision": "undo"})
    assert _outcomes(stage) == [""]
    assert mona.items(SECOND) == [comment]


def test_nothing_of_a_trainee_is_learned_before_it_is_confirmed(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment("You utter fool")
    _propose(tina, comment)
    assert stage.write(lambda session: list(collect(session))) == []
    assert stage.write(lambda session: session.query(Decision).filter_by(actor="moderator").count()) == 0
    mona.post("/moderation/decisions", ids=comment, reject_reason="insult")
    learned = stage.write(lambda session: list(collect(session)))
    assert [(example.id, example.labels["insult"]) for example in learned] == [(comment, 1.0)]


def test_trainees_do_not_see_each_others_proposals(stage: Stage, tina: Visitor) -> None:
    comment = stage.comment()
    theo = stage.moderator("theo", "trainee")
    _propose(tina, comment)
    assert theo.items(SECOND) == []
    assert "would reject it" not in theo.get("/moderation/").text
    _propose(theo, comment, "approve")
    page = stage.moderator("mona").get(SECOND).text
    assert page.count("data-confirm") == 2


def test_a_trainee_of_another_site_proposes_nothing(stage: Stage) -> None:
    stage.add_site("other")
    comment = stage.comment()
    assert _propose(stage.moderator("tom", "trainee", "other"), comment)["result"] == "missing"
    assert _outcomes(stage) == []


def test_a_trainee_takes_no_decision_back(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    mona.api(DECISIONS, {"ids": [comment], "decision": "approve"})
    assert tina.api(DECISIONS, {"ids": [comment], "decision": "undo"}).status_code == 403
    assert 'name="undo"' not in tina.get("/moderation/history").text
    assert stage.status(comment) == "approved"


def test_a_proposal_outlives_its_trainees_role(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment)
    stage.write(set_role, "tina", role="viewer", site_id=None)
    assert tina.api(DECISIONS, {"ids": [comment], "decision": "approve"}).status_code == 403
    assert tina.post("/moderation/opinions/withdraw", "/moderation/password", ids=comment).status_code == 403
    mona.post("/moderation/decisions", ids=comment, reject_reason="insult")
    assert _outcomes(stage) == ["confirmed"]


def test_a_question_leaves_ones_own_list_and_a_colleague_answers_it(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    mona.post("/moderation/opinions/ask", ids=comment, seen=f"{comment}:1:pending", note="Is this satire?")
    assert stage.status(comment) == "pending"
    assert mona.items() == []
    olga = stage.moderator("olga")
    assert olga.items(SECOND) == olga.items() == [comment]
    page = olga.get(SECOND).text
    assert "<b><bdi>Mona</bdi></b> asks for a second opinion" in page
    assert "Is this satire?" in page
    olga.post("/moderation/decisions", ids=comment, decision="approve")
    assert _outcomes(stage) == ["answered"]


def test_words_of_an_opinion_cannot_leave_their_place(stage: Stage, tina: Visitor, mona: Visitor) -> None:
    comment = stage.comment()
    _propose(tina, comment, note="<script>x</script>\u202egnirts bob@example.com")
    page = mona.get(SECOND).text
    assert "<script>x" not in page
    assert "[right-to-left override]" in page
    assert "bob@example.com" not in page


def test_an_erasure_takes_opinions_with_it(stage: Stage, tina: Visitor) -> None:
    comment = stage.comment(address="ada@example.com")
    _propose(tina, comment, note="Ada again")
    person = Person((stage.runtime.vault.blind_index("ada@example.com"),))
    with stage.app.app_context():
        erase(stage.runtime, person, at=stage.runtime.clock())
    assert _outcomes(stage) == []


def test_the_road_of_a_proposal_on_either_database(stage_anywhere: Stage) -> None:
    tina, mona = stage_anywhere.moderator("tina", "trainee"), stage_anywhere.moderator("mona")
    first, second = stage_anywhere.comment(), stage_anywhere.comment()
    _propose(tina, first)
    _propose(tina, second, "approve")
    assert set(mona.items(SECOND)) == {first, second}
    assert tina.items() == []
    mona.api(DECISIONS, {"ids": [first, second], "decision": "approve"})
    assert _outcomes(stage_anywhere) == ["overruled", "confirmed"]
    mona.api(DECISIONS, {"ids": [first, second], "decision": "undo"})
    assert _outcomes(stage_anywhere) == ["", ""]
