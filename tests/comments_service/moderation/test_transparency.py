"""Do the numbers for a transparency report say what was done, and what of it stood?"""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.comments_service.moderation.access_rows.answering import an_appeal
from tests.comments_service.moderation.stage import Stage, Visitor

CALM = {"spam": 0.01, "toxic": 0.01}


def numbers(person: Visitor, **query: str) -> dict[str, Any]:
    answer = person.client.get("/moderation/transparency", query_string={"format": "json", **query})
    found: dict[str, Any] = answer.get_json()
    return found


def reject(person: Visitor, comment: str, reason: str = "insult") -> None:
    person.post("/moderation/decisions", ids=comment, reject_reason=reason)


def test_what_was_done_is_counted_by_who_and_why(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    mona, nora = stage.moderator("mona"), stage.moderator("nora")
    reject(mona, stage.comment())
    reject(mona, stage.comment(), "illegal")
    mona.post("/moderation/decisions", ids=stage.comment(), decision="spam")
    stage.comment(machine="spam", policy="spam_score")
    wrong = stage.comment(machine="reject", policy="toxic_score")
    mona.post("/moderation/decisions", ids=wrong, decision="approve")
    missed = stage.comment(machine="approve", policy="below_thresholds", reports=[("abuse", "")])
    reject(mona, missed)
    slip = stage.comment()
    reject(nora, slip, "other")
    nora.api("/api/v1/moderation/decisions", {"ids": [slip], "decision": "undo"})

    found = numbers(mona)
    assert found["comments"] == 7
    assert found["reports"] == {"abuse": 1}
    assert found["removals"] == {
        "by_machine": 2,
        "by_people": 4,
        "grounds": {"advertising": 2, "attack": 1, "illegal": 1, "insult": 2},
    }
    assert found["machine"] == {
        "removed": 2,
        "removed_seen": 1,
        "removed_then_published": 1,
        "published": 1,
        "published_seen": 1,
        "published_then_removed": 1,
        "held": 4,
    }


def test_appeals_are_counted_with_what_became_of_them(stage: Stage) -> None:
    start = stage.runtime.clock()
    stage.at(start)
    upheld, reversed_, waiting = (an_appeal(stage, stage.comment(machine="reject")) for _ in range(3))
    stage.at(start + timedelta(hours=2))
    stage.moderator("mona").post(f"/moderation/appeals/{upheld}", verdict="uphold", answer="It stands.")
    stage.at(start + timedelta(hours=4))
    nora = stage.moderator("nora")  # logged in anew: two idle hours end a login
    nora.post(f"/moderation/appeals/{reversed_}", verdict="reverse", answer="You are right.")
    found = numbers(nora)["appeals"]
    assert waiting
    assert found == {
        "received": 3,
        "against_machine": 3,
        "open": 1,
        "upheld": 1,
        "reversed": 1,
        "reversed_against_machine": 1,
        "dropped": 0,
        "hours_to_answer": 3.0,
    }


def test_a_period_includes_its_last_day_and_nothing_beyond(stage: Stage) -> None:
    mona = stage.moderator("mona")
    stage.comment(minutes_ago=0)
    today = stage.runtime.clock().date()
    days = [(today + timedelta(days=away)).isoformat() for away in (-1, 0, 1)]
    assert numbers(mona, **{"from": days[1], "to": days[1]})["comments"] == 1
    assert numbers(mona, to=days[0])["comments"] == 0
    assert numbers(mona, **{"from": days[2]})["comments"] == 0


@pytest.mark.parametrize(
    "query", ["from=yesterday", "from=2026-02-30", "from=2026-03-01&to=2026-02-01", "to=9999-12-31"]
)
def test_a_day_that_cannot_be_is_told(stage: Stage, query: str) -> None:
    answer = stage.moderator("mona").get(f"/moderation/transparency?{query}")
    assert answer.status_code == 422
    assert "is no day here" in answer.text


def test_the_page_shows_tables_and_csv_says_the_same(stage: Stage) -> None:
    mona = stage.moderator("mona")
    reject(mona, stage.comment())
    page = mona.get("/moderation/transparency").text
    assert '<th scope="row">It insults or attacks people.</th><td>1</td>' in page
    answer = mona.get("/moderation/transparency?format=csv")
    rows = dict(csv.reader(io.StringIO(answer.text)))
    assert rows["removals.grounds.insult"] == "1"
    assert rows["appeals.hours_to_answer"] == ""
