"""Why a comment is where it is, in words: the limit that counts, what would have been otherwise, earlier decisions."""

import re
from html import unescape

import pytest
from sqlalchemy import update

from comments_service.storage.tables import Comment, Site
from tests.comments_service.moderation.stage import Stage, Visitor


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _site(stage: Stage, **settings: object) -> None:
    stage.write(lambda session: session.execute(update(Site).values(settings=settings)))


def test_a_held_comment_names_the_score_and_this_site_s_limit(stage: Stage, mona: Visitor) -> None:
    _site(stage, spam_hold=0.4)
    stage.comment(policy="spam_score", scores={"spam": 0.62, "toxic": 0.1})
    words = _words(mona.get("/moderation/").text)
    assert "Its spam score, 62 %, reaches this site’s limit of 40 %." in words
    assert "Without this rule the machine would have published it." in words


def test_a_limit_that_was_moved_since_is_told(stage: Stage, mona: Visitor) -> None:
    _site(stage, toxic_hold=0.9)
    stage.comment(policy="toxic_score", scores={"spam": 0.1, "toxic": 0.7})
    words = _words(mona.get("/moderation/").text)
    assert "Its toxicity score is 70 %; this site’s limit has been moved to 90 % since." in words


def test_what_another_rule_would_have_said_is_told(stage: Stage, mona: Visitor) -> None:
    _site(stage, premoderate=True)
    stage.comment(policy="premoderate", scores={"spam": 0.7, "toxic": 0.1})
    stage.comment(
        policy="links", scores={"spam": 0.1, "toxic": 0.1}, checks=[("links", "hold", "9 links")], minutes_ago=3
    )
    words = _words(mona.get("/moderation/").text)
    assert "it would be held all the same: its spam score is over this site's limit." in words
    assert "it would be held all the same: on this site a person looks at every comment first." in words


def test_what_is_published_names_both_limits_and_who_was_shown_first(stage: Stage, mona: Visitor) -> None:
    _site(stage, publish_first=True)
    stage.comment(machine="approve", policy="below_thresholds", scores={"spam": 0.03, "toxic": 0.05})
    stage.comment(policy="spam_score", scores={"spam": 0.62, "toxic": 0.1})
    words = _words(mona.get("/moderation/?view=approved").text)
    assert "Its spam score, 3 %, is below this site’s limit of 50 %. Its toxicity score, 5 %, is below" in words
    assert "readers saw it until the machine had looked" in _words(mona.get("/moderation/").text)


def test_the_discussion_around_a_comment(stage: Stage, mona: Visitor) -> None:
    top = stage.comment("What do you think? Write to ada@example.org", machine="approve", minutes_ago=60)
    middle = stage.comment("I think so.", parent=top, machine="approve", minutes_ago=50)
    ids = [stage.comment(f"Remark {number}", parent=middle, minutes_ago=40 - number) for number in range(9)]
    below = stage.comment("An answer to it.", parent=ids[4], minutes_ago=1)
    page = mona.get(f"/moderation/comments/{ids[4]}/around").text
    linked = re.findall(r'/moderation/comments/([\w-]+)"', page.split("data-fragment")[1])
    assert linked == [top, middle, *ids[1:4], *ids[5:8], below]
    assert "ada@example.org" not in page
    alone = stage.comment("Quite alone.", machine="approve", site=_elsewhere(stage))
    assert "It stands alone" in mona.get(f"/moderation/comments/{alone}/around").text


def _elsewhere(stage: Stage) -> str:
    stage.add_site("other")
    return "other"


def test_similar_comments_and_what_people_decided_about_them(stage: Stage, mona: Visitor) -> None:
    same = stage.comment("Buy my pills.", name="Bob")
    address = stage.comment("Another remark.", address="ada@example.org", name="Ada")
    linking = stage.comment("See https://pills.example/a for more.", name="Eve")
    undecided = stage.comment("See https://pills.example/b for more.", name="Nobody")
    undone = stage.comment("See https://pills.example/c for more.", name="Undone")
    for public_id, decision in ((same, "spam"), (address, "approve"), (linking, "delete"), (undone, "spam")):
        mona.post("/moderation/decisions", ids=public_id, decision=decision)
    mona.api("/api/v1/moderation/decisions", {"ids": [undone], "decision": "undo"})
    comment = stage.comment("Buy my pills. https://www.pills.example/x", address="ada@example.org")
    stage.write(
        lambda session: session.execute(
            update(Comment).where(Comment.public_id.in_([same, comment])).values(text_digest="5" * 64)
        )
    )
    page = mona.get(f"/moderation/comments/{comment}/around").text
    words = _words(page)
    assert re.search(r"Mona called it spam .{1,20} the same text .*Bob", words)
    assert re.search(r"Mona approved it .{1,20} the same address .*Ada", words)
    assert re.search(r"Mona deleted it .{1,20} a link to the same place .*Eve", words)
    assert undecided not in page.split("Similar comments")[1]
    assert undone not in page.split("Similar comments")[1]
    assert "example.org" not in page
