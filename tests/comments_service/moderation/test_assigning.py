"""Comments that are assigned to colleagues: who may get them, where they stand, and what discharges them."""

import html
import re

import pytest

from comments_service.moderation.moderators import set_disabled
from tests.comments_service.moderation.stage import Stage, Visitor

MINE = "/moderation/?view=mine"


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


@pytest.fixture
def olga(stage: Stage) -> Visitor:
    return stage.moderator("olga")


def _assign(visitor: Visitor, ids: list[str], to: str) -> str:
    """The page that the form leads to, without its markup."""
    token = visitor.token("/moderation/")
    data = {"ids": ids, "assignee": to, "act": "assign", "csrf_token": token}
    answer = visitor.client.post("/moderation/assignments", data=data, follow_redirects=True)
    return " ".join(html.unescape(re.sub("<[^>]+>", "", answer.text)).split())


def test_an_assigned_comment_stands_with_its_colleague_and_stays_in_the_queue(
    stage: Stage, mona: Visitor, olga: Visitor
) -> None:
    first, second, third = (stage.comment(minutes_ago=number) for number in (9, 8, 7))
    page = _assign(mona, [first, second], "olga")
    assert "Assigned: 2 comments." in page
    assert page.count("Assigned to Olga by Mona just now") == 2
    assert olga.items(MINE) == [first, second]
    assert olga.items() == mona.items() == [first, second, third]
    assert "Assigned to you by Mona" in html.unescape(re.sub("<[^>]+>", "", olga.get(MINE).text))
    counts = [visitor.get("/moderation/counts").get_json()["counts"]["mine"] for visitor in (olga, mona)]
    assert counts == [2, 0]


def test_whoever_decides_discharges_it_and_an_undo_assigns_it_again(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    _assign(mona, [comment], "olga")
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "spam"})
    assert olga.items(MINE) == []
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert olga.items(MINE) == [comment]


def test_a_comment_goes_from_one_colleague_to_another_and_to_nobody(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    _assign(mona, [comment], "olga")
    _assign(olga, [comment], "mona")
    assert (mona.items(MINE), olga.items(MINE)) == ([comment], [])
    olga.post("/moderation/assignments", ids=comment, act="unassign")
    assert mona.items(MINE) == []
    assert mona.items() == [comment]


def test_only_who_decides_on_the_comments_site_can_get_it(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    comment = stage.comment()
    stage.account("fred", "moderator", "other")
    stage.account("vera", "viewer")
    stage.account("dora")
    stage.write(set_disabled, "dora", disabled=True)
    assert "This colleague does not look after the comment's site." in _assign(mona, [comment], "fred")
    assert "decides about comments on your sites" in _assign(mona, [comment], "vera")
    for login in ("dora", "nobody", "", "\0", "x" * 5000):
        assert mona.post("/moderation/assignments", ids=comment, assignee=login).status_code == 422
    offered = re.findall(r'<option value="([^"]*)"', mona.get(f"/moderation/comments/{comment}").text)
    assert [login for login in offered if login in {"fred", "vera", "dora", "mona"}] == ["mona"]


def test_a_colleague_of_another_site_assigns_nothing(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    comment = stage.comment()
    fred = stage.moderator("fred", "moderator", "other")
    assert "This comment is not there any more." in _assign(fred, [comment], "fred")
    assert fred.post("/moderation/assignments", ids=comment, assignee="mona").status_code == 303
    _assign(mona, [comment], "mona")
    fred.post("/moderation/assignments", ids=comment, act="unassign")
    assert mona.items(MINE) == [comment]


def test_assigning_on_either_database(stage_anywhere: Stage) -> None:
    mona = stage_anywhere.moderator("mona")
    comment = stage_anywhere.comment()
    for _ in range(2):
        _assign(mona, [comment], "mona")
    assert mona.items(MINE) == [comment]
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "approve"})
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert mona.items(MINE) == [comment]
