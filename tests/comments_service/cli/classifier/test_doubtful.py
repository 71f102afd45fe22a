"""Are doubtful decisions put before a moderator again, once, and is nothing else done to the comments?"""

from typing import Any

from tests.classifier.written_site import FINE, decisions
from tests.comments_service.cli.classifier.operator import Operator
from tests.comments_service.web.newsroom import Newsroom


def second_looks(newsroom: Newsroom) -> list[dict[str, Any]]:
    answer = newsroom.client.get(
        "/api/v1/moderation/queue?status=second_look&limit=100",
        headers={"Authorization": f"Bearer {newsroom.moderator}"},
    )
    found: list[dict[str, Any]] = answer.get_json()["comments"]
    return found


WAVES = (
    "Earn money at home every day with the plan that my cousin showed me, write for the whole story {}",
    "My doctor hates this one trick, see how an aunt of mine lost her pain within a week of trying it {}",
)


def decide_all(newsroom: Newsroom, number: int) -> list[str]:
    """Decisions of a site; of two waves of spam one comment each was approved by mistake: their ids."""
    decided = [(one.text, "approve" if one.labels is FINE else "reject") for one in decisions(number)]
    waves = [(wave.format(copy), "approve" if copy == 2 else "spam") for wave in WAVES for copy in range(5)]
    ids = {}
    for text, decision in [*decided, *waves]:
        posted = newsroom.posted(body=text)
        newsroom.decide(posted["id"], decision)
        ids[text] = posted["id"]
    return [ids[wave.format(2)] for wave in WAVES]


def test_a_doubtful_decision_gets_a_second_look_once(make_newsroom: Any) -> None:
    newsroom = make_newsroom(max_repetitions=10_000, duplicate_window_s=0, audit_rate=0)
    operator = Operator(newsroom)
    assert "20 are the least" in operator.mistake("doubtful", "--site", "news")
    mistake, other = decide_all(newsroom, 60)
    named = operator.told("doubtful")
    doubted = {one["comment"] for one in named["doubtful"]}
    assert {mistake, other} <= doubted
    assert (named["decisions"], named["asked"], second_looks(newsroom)) == (70, [], [])

    asked = operator.told("doubtful", "--queue")["asked"]
    assert set(asked) == doubted
    looks = {one["id"]: one for one in second_looks(newsroom)}
    assert looks.keys() == doubted
    assert looks[mistake]["status"] == "approved", "a doubt changes nothing"
    assert looks[mistake]["second_looks"][0]["why"] == "doubtful"
    assert "not spam" in looks[mistake]["second_looks"][0]["detail"]

    newsroom.decide(mistake, "spam")
    newsroom.decide(other, "approve")
    assert mistake not in {one["id"] for one in second_looks(newsroom)}
    again = operator.told("doubtful", "--queue")
    assert mistake not in {one["comment"] for one in again["doubtful"]}, "put right"
    assert other not in again["asked"], "a person has confirmed it"
    assert "in doubt" in operator.type("doubtful", "--site", "news").output
