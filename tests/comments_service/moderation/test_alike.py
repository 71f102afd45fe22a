"""Do comments that say the same stand as one row, decided together, and does nobody else get in?"""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.likeness import forget_old_traits
from comments_service.persons.empty import empty_comments
from comments_service.storage.tables import Comment, LikenessMark, Sketch
from tests.comments_service.moderation.bursts import burst, change, judge, pitch, posted, send
from tests.comments_service.moderation.stage import Stage, Visitor

_TICKED = re.compile(r'data-alike="([\w-]+):(\d+):(\w+)" checked')


def _hold(stage: Stage, site: str = "demo") -> None:
    change(stage, site, premoderate=True)


def _erase(session: Session, public_id: str, now: datetime) -> None:
    comment_id = session.scalars(select(Comment.id).where(Comment.public_id == public_id)).one()
    empty_comments(session, [comment_id], now)


def _row(mona: Visitor, first: str) -> str:
    page = mona.get("/moderation/").text
    return page[page.index(f'id="c-{first}"') :].partition("</article>")[0]


def _decide_together(mona: Visitor, first: str, decision: str) -> None:
    seen = [f"{first}:1:pending", *(":".join(parts) for parts in _TICKED.findall(_row(mona, first)))]
    mona.post("/moderation/decisions", ids=[one.partition(":")[0] for one in seen], seen=seen, decision=decision)


def test_twelve_alike_comments_stand_as_one_row_and_go_with_one_decision(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    _hold(stage)
    alone = burst(stage, ["The ferry was late again, and nobody at the harbour could tell us why that was."])
    alike = burst(stage, map(pitch, range(13)))
    mona = stage.moderator("mona")
    assert sorted(mona.items()) == sorted([*alone, alike[0]])
    row = _row(mona, alike[0])
    assert "12 like this" in row
    assert [found[0] for found in _TICKED.findall(row)] == alike[1:]
    assert "reader1@" not in row
    assert mona.get("/moderation/counts").get_json()["counts"]["pending"] == 14, "comments are counted, not rows"
    _decide_together(mona, alike[0], "spam")
    assert {stage.status(one) for one in alike} == {"spam"}
    undo = re.findall(r'name="batch" value="([^"]+)"', mona.get("/moderation/").text)
    assert len(undo) == 1, "one decision, one undo"
    assert mona.items() == alone
    mona.post("/moderation/undo", batch=undo)
    assert {stage.status(one) for one in alike} == {"pending"}
    assert sorted(mona.items()) == sorted([*alone, alike[0]])


def test_when_the_first_is_decided_alone_the_next_stands_for_the_rest(stage: Stage) -> None:
    _hold(stage)
    alike = burst(stage, map(pitch, range(4)))
    mona = stage.moderator("mona")
    mona.post("/moderation/decisions", ids=alike[0], decision="approve")
    assert mona.items() == [alike[1]]
    assert "2 like this" in _row(mona, alike[1])
    assert mona.items("/moderation/?view=approved") == [alike[0]]


def test_a_colleague_who_was_quicker_with_one_of_them_is_told_and_the_rest_is_done(stage: Stage) -> None:
    _hold(stage)
    alike = burst(stage, map(pitch, range(4)))
    mona, olga = stage.moderator("mona"), stage.moderator("olga")
    seen = [f"{one}:1:pending" for one in alike]
    olga.post("/moderation/decisions", ids=alike[2], decision="approve")
    mona.post("/moderation/decisions", ids=alike, seen=seen, decision="spam")
    assert [stage.status(one) for one in alike] == ["spam", "spam", "approved", "spam"]
    assert "Somebody decided this already: approved by Olga" in mona.get("/moderation/").text


def test_a_search_finds_each_of_them_by_itself(stage: Stage) -> None:
    _hold(stage)
    alike = burst(stage, map(pitch, range(4)))
    mona = stage.moderator("mona")
    assert mona.items("/moderation/?name=Clara") == [alike[2]], "whatever the first of its group is called"
    assert "like this" not in mona.get("/moderation/?name=Clara").text


def test_pages_of_the_queue_go_on_behind_a_group(stage: Stage) -> None:
    _hold(stage)
    sent = []
    for number in range(24):
        sent += burst(
            stage, [f"Remark {chr(97 + number) * 12} about {chr(98 + number) * 9} and {chr(99 + number) * 15}."]
        )
    alike = burst(stage, map(pitch, range(30)))
    mona = stage.moderator("mona")
    first = mona.get("/moderation/?sort=oldest").text
    following = re.search(r'data-next href="([^"]+)"', first)
    assert following is not None
    shown = [*mona.items("/moderation/?sort=oldest"), *mona.items(following[1].replace("&amp;", "&"))]
    assert shown == [*sent, alike[0]]


@pytest.mark.parametrize("body", ["Thanks!", "I totally agree with you."])
def test_what_everybody_says_is_no_group(stage: Stage, body: str) -> None:
    _hold(stage)
    sent = burst(stage, [body] * 4)
    assert sorted(stage.moderator("mona").items()) == sorted(sent)


def test_the_same_short_advertisement_with_the_same_link_is_a_group(stage: Stage) -> None:
    _hold(stage)
    sent = burst(stage, ["Cheap watches: https://watches.example"] * 3 + ["Cheap watches: https://clocks.example"])
    assert sorted(stage.moderator("mona").items()) == sorted([sent[0], sent[3]])


def test_another_site_is_another_queue(stage: Stage) -> None:
    stage.add_site("other")
    for site in ("demo", "other"):
        _hold(stage, site)
    here, there = burst(stage, [pitch(1)]), burst(stage, [pitch(2)], site="other")
    assert sorted(stage.moderator("mona").items()) == sorted([*here, *there])


def test_a_changed_text_leaves_the_group_and_an_erased_one_leaves_nothing(stage: Stage) -> None:
    _hold(stage)
    first = posted(stage, pitch(0), number=0)
    judge(stage)
    others = burst(stage, [pitch(1), pitch(2)])
    answer = stage.app.test_client().patch(
        f"/api/v1/sites/demo/comments/{first['id']}",
        json={"body": "On second thoughts I would rather talk about the harbour and its boats."},
        headers={"Authorization": f"Bearer {first['edit_token']}"},
    )
    assert answer.status_code < 300, answer.text
    judge(stage)
    mona = stage.moderator("mona")
    assert sorted(mona.items()) == sorted([first["id"], others[0]])
    assert "1 like this" in _row(mona, others[0])
    stage.write(_erase, others[0], stage.runtime.clock())
    kept = stage.write(lambda session: [session.query(table).count() for table in (Sketch, LikenessMark)])
    assert kept[0] == 2
    assert sorted(mona.items()) == sorted([first["id"], others[1]])


def test_a_week_later_the_sketches_are_gone_and_the_group_still_waits_together(stage: Stage) -> None:
    _hold(stage)
    alike = burst(stage, map(pitch, range(3)))
    stage.at(stage.runtime.clock() + timedelta(days=8))
    assert stage.write(forget_old_traits, stage.runtime.clock()) == 3
    assert stage.moderator("mona").items() == alike[:1]
    assert send(stage, pitch(9), number=9)
    judge(stage)
    assert len(stage.moderator("olga").items()) == 2, "nothing remembers what was said a week ago"


def test_a_viewer_sees_the_others_and_nothing_to_tick(stage: Stage) -> None:
    _hold(stage)
    alike = burst(stage, map(pitch, range(3)))
    row = _row(stage.moderator("vera", "viewer"), alike[0])
    assert "2 like this" in row
    assert "checkbox" not in row
