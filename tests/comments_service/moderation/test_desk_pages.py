"""What a moderator reads and does at the desk, by plain forms, without any script."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from comments_service.moderation.decide import decide
from comments_service.moderation.queue_views import VIEWS
from comments_service.moderation.second_looks import ask_again
from comments_service.storage.tables import Comment
from tests.comments_service.moderation.stage import Stage, Visitor

TOXIC = {"toxic": 0.88, "insult": 0.81, "spam": 0.04}


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _text(page: str) -> str:
    """What a reader of the page sees, roughly: no tags, single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _decide(visitor: Visitor, comment: str, seen: str = ":1:pending", **fields: str) -> str:
    answer = visitor.post("/moderation/decisions", ids=comment, seen=comment + seen, **fields)
    assert answer.status_code == 303, answer.text
    return _text(visitor.get(answer.headers["Location"]).text)


def test_an_item_tells_all_that_a_fair_decision_needs(stage: Stage, mona: Visitor) -> None:
    stage.comment("An earlier remark.", address="jane.doe@example.com", machine="approve", minutes_ago=99)
    parent = stage.comment("Four hours of talks.", name="Halina", machine="approve")
    stage.comment(
        "You are a complete idiot, Halina.",
        name="Bob",
        address="jane.doe@example.com",
        parent=parent,
        policy="toxic_score",
        scores=TOXIC,
        reasons=[
            {"label": "toxic", "begin": 10, "end": 24, "weight": 1.5},
            {"label": "toxic", "begin": 0, "end": 3, "weight": -1.5},
            {"label": "spam", "begin": 25, "end": 31, "weight": 0.5},
            {"label": "insult", "begin": 0, "end": 0, "weight": 0.4, "signal": "capitals"},
            {"label": "spam", "begin": 0, "end": 0, "weight": 0.4, "signal": "links"},
        ],
        checks=[("links", "pass", "It has 0 links."), ("repetition", "hold", "The same text was sent 5 times.")],
        reports=[("abuse", "This is too much")],
    )
    page = mona.get("/moderation/").text
    text = _text(page)
    for part in (
        "Bob",
        "j•••@•••.com",
        "The demo paper",
        "News of demo",
        "In answer to Halina",
        "Four hours of talks.",
        "its toxicity score is over this site's limit",
        "very likely toxic 88 %",
        "very likely an insult 81 %",
        "hardly spam 4 %",
        "Repetition (needs a look): The same text was sent 5 times.",
        "So did capital letters (an insult). Model",
        "1 approved with this address on this site",
        "Abuse. This is too much",
    ):
        assert part in text, part
    # Neither what pulled a score down nor what pushed a low one up is held against the author.
    assert re.findall(r"<mark[^>]*title[^>]*>([^<]*)</mark>", page) == ["complete idiot"]
    assert 'href="https://demo.example/a"' in page


def test_a_first_comment_and_one_without_an_address_are_told_apart(stage: Stage, mona: Visitor) -> None:
    stage.comment(address="jane.doe@example.com")
    stage.comment()
    text = _text(mona.get("/moderation/").text)
    assert "First comment with this address on this site" in text
    assert "No address given" in text


def test_a_comment_that_the_machine_has_not_seen_yet_says_so(stage: Stage, mona: Visitor) -> None:
    stage.comment(machine=None)
    text = _text(mona.get("/moderation/").text)
    assert "The machine has not looked at it yet." in text
    assert "No model has scored this text." in text


def test_no_address_reaches_the_desk_unmasked(stage: Stage, mona: Visitor) -> None:
    parent = stage.comment("Mine is ann.parent@example.com", machine="approve")
    comment = stage.comment(
        "Write to bob.body@example.com or bob (at) example (dot) org",
        address="cleo.author@example.com",
        parent=parent,
        checks=[("links", "hold", "It says dora.detail@example.com")],
        reports=[("other", "I am eva.report@example.com")],
    )
    _decide(mona, comment, reject_reason="other", note="see fay.note@example.com")
    pages = ["/moderation/?view=rejected", "/moderation/history", f"/moderation/comments/{comment}"]
    answers = [
        f"/api/v1/moderation/comments/{comment}",
        f"/api/v1/moderation/comments/{comment}/history",
        "/api/v1/moderation/queue?status=rejected",
    ]
    for path in [*pages, *answers]:
        text = mona.get(path).text
        for name in ("ann.parent", "bob.body", "cleo.author", "dora.detail", "eva.report", "fay.note"):
            assert name not in text, (path, name)
        assert "example (dot) org" not in text, path


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</article><form action=//evil.example><button name=decision value=approve>",
        "{{ 7 * 7 }}{% raw %}",
        "javascript:alert(1)",
    ],
)
def test_nothing_that_a_stranger_types_becomes_markup(stage: Stage, mona: Visitor, hostile: str) -> None:
    plain = _shape(mona, stage.comment("calm", name="calm", reports=[("other", "calm")]))
    comment = stage.comment(hostile, name=hostile, reports=[("other", hostile)])
    assert _shape(mona, comment) == plain
    assert hostile in html.unescape(mona.get(f"/moderation/comments/{comment}").text)


def _shape(visitor: Visitor, comment: str) -> list[str]:
    """The tags of a comment's page, without their attributes."""
    return re.findall(r"</?[a-zA-Z][a-zA-Z0-9]*", visitor.get(f"/moderation/comments/{comment}").text)


def test_invisible_and_direction_turning_characters_are_named_and_not_sent(stage: Stage, mona: Visitor) -> None:
    stage.comment("pay\u200bpal \u202egnp.exe\u202c\u2066x", name="Ad\u200bmin\u202e")
    page = mona.get("/moderation/").text
    for name in ("zero width space", "right-to-left override", "pop directional formatting", "left-to-right isolate"):
        assert f"[{name}]" in page
    assert not set(page) & set("\u200b\u202e\u202c\u2066")


def test_fair_scripts_keep_their_joiners(stage: Stage, mona: Visitor) -> None:
    texts = ["می\u200cخواهم", "क्\u200dष", "👩\u200d👩\u200d👧"]
    for text in texts:
        stage.comment(text)
    page = mona.get("/moderation/").text
    assert all(text in page for text in texts)
    assert "zero width" not in page


def test_a_link_of_another_kind_stays_text(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    stage.write(
        lambda session: session.execute(
            update(Comment).where(Comment.public_id == comment).values(website="javascript:alert(1)")
        )
    )
    page = mona.get("/moderation/").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"decision": "approve"}, "approved", "Approved ."),
        ({"decision": "spam"}, "spam", "Moved to spam ."),
        ({"decision": "delete"}, "deleted", "Deleted ."),
        ({"reject_reason": "off_topic"}, "rejected", "Rejected ."),
    ],
)
def test_each_button_does_what_it_says_and_can_be_undone(
    stage: Stage, mona: Visitor, fields: dict[str, str], status: str, told: str
) -> None:
    comment = stage.comment()
    page = _decide(mona, comment, **fields)
    assert told.replace(" .", ".") in page
    assert stage.status(comment) == status
    assert stage.published() == ([comment] if status == "approved" else [])
    assert mona.items() == []
    undo = re.findall(r'name="undo" value="([^"]+)"', mona.get(f"/moderation/comments/{comment}").text)
    assert mona.post("/moderation/undo", undo=undo[0]).status_code == 303
    assert stage.status(comment) == "pending"
    assert stage.published() == []
    assert mona.items() == [comment]


def test_the_toast_carries_the_way_back(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    mona.post("/moderation/decisions", ids=comment, decision="approve", seen=f"{comment}:1:pending")
    page = mona.get("/moderation/").text
    undo = re.findall(r'name="undo" value="([^"]+)"', page)
    assert len(undo) == 1
    assert 'name="undo"' not in mona.get("/moderation/").text, "shown once"
    answer = mona.post("/moderation/undo", undo=undo[0])
    assert "Put back." in _text(mona.get(answer.headers["Location"]).text)
    assert stage.status(comment) == "pending"


def test_undoing_twice_is_told_kindly(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    _decide(mona, comment, decision="approve")
    undo = re.findall(r'name="undo" value="([^"]+)"', mona.get("/moderation/history").text)[0]
    mona.post("/moderation/undo", undo=undo)
    answer = mona.post("/moderation/undo", undo=undo)
    assert "put back by Mona" in _text(mona.get(answer.headers["Location"]).text)
    assert stage.status(comment) == "pending"


def test_whoever_was_slower_is_told_who_decided(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    olga = stage.moderator("olga")
    _decide(olga, comment, decision="approve")
    told = _decide(mona, comment, reject_reason="insult")
    assert "Somebody decided this already: approved by Olga. It is approved now." in told
    assert stage.status(comment) == "approved"


def test_a_text_that_changed_meanwhile_is_not_judged_unread(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()

    def edit(session: object) -> None:
        row = session.query(Comment).filter_by(public_id=comment).one()  # type: ignore[attr-defined]
        decide(session, row.id, actor="author", action="edit", now=stage.runtime.clock())  # type: ignore[arg-type]
        row.revision += 1

    stage.write(edit)
    told = _decide(mona, comment, decision="approve")
    assert "The author has changed this comment" in told
    assert stage.status(comment) == "pending"


def test_an_authors_own_deletion_is_final(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    _decide(mona, comment, decision="approve")
    row_id = stage.write(lambda session: session.query(Comment.id).filter_by(public_id=comment).scalar())
    stage.write(decide, row_id, actor="author", action="delete", now=stage.runtime.clock())
    assert 'name="undo"' not in mona.get(f"/moderation/comments/{comment}").text
    answer = mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert answer.get_json()["results"][0]["result"] == "conflict"
    assert stage.status(comment) == "deleted"


def test_many_are_decided_together_and_the_exceptions_told(stage: Stage, mona: Visitor) -> None:
    comments = [stage.comment(minutes_ago=9 - number) for number in range(4)]
    _decide(stage.moderator("olga"), comments[1], decision="spam")
    answer = mona.post(
        "/moderation/decisions",
        ids=[*comments, "no-such-comment"],
        seen=[f"{comment}:1:pending" for comment in comments],
        decision="approve",
    )
    page = mona.get(answer.headers["Location"]).text
    assert "Approved: 3 comments." in _text(page)
    assert "called spam by Olga" in _text(page)
    assert "This comment is not there any more." in _text(page)
    assert [stage.status(comment) for comment in comments] == ["approved", "spam", "approved", "approved"]
    mona.post("/moderation/undo", batch=re.findall(r'name="batch" value="([^"]+)"', page))
    assert [stage.status(comment) for comment in comments] == ["pending", "spam", "pending", "pending"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decision": "approve"}, "No comment was chosen."),
        ({"ids": "x"}, "Choose approve, reject, spam or delete."),
        ({"ids": "x", "decision": "reject"}, "Choose a reason for rejecting"),
        ({"ids": "x", "reject_reason": "dislike"}, "Choose one of the reasons"),
        ({"ids": ["x"] * 1001, "decision": "spam"}, "At most 1000 comments"),
    ],
)
def test_a_form_that_makes_no_sense_is_answered_in_words(
    stage: Stage, mona: Visitor, fields: dict[str, object], told: str
) -> None:
    answer = mona.post("/moderation/decisions", "/moderation/password", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Back to the queue" in answer.text


def test_after_a_decision_one_is_where_one_was(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(machine="spam", policy="spam_score")
    place = {"view": "spam", "site": "demo", "sort": "newest", "cursor": ""}
    answer = mona.post("/moderation/decisions", ids=comment, decision="approve", **place)
    assert answer.headers["Location"] == "/moderation/?view=spam&site=demo&sort=newest"
    answer = mona.post("/moderation/decisions", ids=comment, decision="delete", page=comment)
    assert answer.headers["Location"] == f"/moderation/comments/{comment}"


@pytest.mark.parametrize("page", ["//evil.example", "https://evil.example", "../../evil", "a/b"])
def test_the_page_to_return_to_cannot_lead_away(stage: Stage, mona: Visitor, page: str) -> None:
    answer = mona.post("/moderation/decisions", ids="x", decision="spam", page=page)
    assert answer.headers["Location"].startswith("/moderation/comments/")


def test_views_and_counts_agree(stage: Stage, mona: Visitor) -> None:
    stage.comment()
    stage.comment(machine="approve")
    stage.comment(machine="approve", reports=[("spam", "")])
    stage.comment(machine="spam")
    stage.comment(machine="reject")
    expected = {"pending": 1, "reported": 1, "approved": 2, "spam": 1, "rejected": 1, "all": 5}
    assert mona.get("/moderation/counts").get_json()["counts"] == dict.fromkeys(VIEWS, 0) | expected
    for view, count in expected.items():
        assert len(mona.items(f"/moderation/?view={view}")) == count
        assert f'data-count="{view}">{count}<' in mona.get("/moderation/").text


def test_keeping_a_reported_comment_settles_its_reports(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(machine="approve", reports=[("spam", ""), ("other", "look")])
    assert "Keep it" in mona.get("/moderation/?view=reported").text
    _decide(mona, comment, ":1:approved", decision="approve")
    assert mona.items("/moderation/?view=reported") == []
    assert stage.published() == [comment]


def _doubt(stage: Stage, comment: str) -> None:
    stage.write(ask_again, {comment: "Nobody is sure; ask bob@example.com."}, stage.runtime.clock())


@pytest.mark.parametrize(("machine", "decision"), [("approve", "approve"), ("spam", "spam"), ("spam", "approve")])
def test_a_second_look_can_keep_or_change_what_was_decided(
    stage: Stage, mona: Visitor, machine: str, decision: str
) -> None:
    comment = stage.comment(machine=machine)
    before = stage.status(comment)
    _doubt(stage, comment)
    assert mona.items("/moderation/?view=second_look") == [], "no person has decided about it yet"
    _decide(mona, comment, f":1:{before}", decision=machine)
    _doubt(stage, comment)
    page = mona.get("/moderation/?view=second_look").text
    assert "this decision is in doubt" in page
    assert "Nobody is sure; ask [address hidden]." in page
    assert f'value="{decision}"' in page
    _decide(mona, comment, f":1:{before}", decision=decision)
    assert mona.items("/moderation/?view=second_look") == []


@pytest.mark.parametrize("view", ["pending", "reported", "second_look", "spam", "deleted"])
def test_an_empty_view_says_what_to_do_next(stage: Stage, mona: Visitor, view: str) -> None:
    page = mona.get(f"/moderation/?view={view}").text
    empty = re.search(r"<div class=\"empty\" data-empty tabindex=\"-1\">(.*?)</div>", page, re.DOTALL)
    assert empty is not None
    assert "<a href=" in empty[1]


def test_odd_addresses_of_pages_are_no_errors(stage: Stage, mona: Visitor) -> None:
    for path in ("/moderation/?view=x&sort=y", "/moderation/?view=\x00", "/moderation/?site="):
        assert mona.get(path).status_code == 200
    for path in (
        "/moderation/?cursor=x",
        "/moderation/?cursor=WyJvbGRlc3QiLCAxZTk5LCAxXQ",
        "/moderation/?site=nowhere",
        "/moderation/comments/nothing",
        "/moderation/history?cursor=%00",
        "/moderation/assets/nothing.js",
        "/moderation/assets/..%2Fblueprint.py",
    ):
        assert mona.get(path).status_code == 404, path


def test_the_history_tells_who_did_what_and_why(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment("About the loan.", name="Bob", policy="toxic_score", scores=TOXIC)
    _decide(mona, comment, reject_reason="insult", note="third time this week")
    for path in ("/moderation/history", f"/moderation/comments/{comment}"):
        text = _text(mona.get(path).text)
        assert "Mona rejected it just now waiting → rejected" in text
        assert "It insults or attacks people." in text
        assert "third time this week" in text
        assert "The machine held it for a person just now" in text
        assert "Because its toxicity score is over this site's limit." in text
        assert "very likely toxic (88 %)" in text
    assert "Bob : About the loan." in _text(mona.get("/moderation/history").text)


def test_the_history_goes_on_page_by_page(stage: Stage, mona: Visitor) -> None:
    for number in range(55):
        stage.comment(f"Remark {number}")
    first = mona.get("/moderation/history").text
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link is not None
    second = mona.get(html.unescape(link[1])).text
    seen = re.findall(r"Remark (\d+)<", first + second)
    assert sorted(map(int, seen)) == list(range(55))
    assert 'rel="next"' not in second


def test_times_are_told_as_distances(stage: Stage, mona: Visitor) -> None:
    for minutes in (0, 4, 200, 60 * 24 * 12):
        stage.comment(minutes_ago=minutes)
    stage.at(stage.runtime.clock() + timedelta(seconds=5))
    text = _text(mona.get("/moderation/").text)
    for told in ("just now", "4 min ago", "3 h ago", "12 d ago"):
        assert told in text
