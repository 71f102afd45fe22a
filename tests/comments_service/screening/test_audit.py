"""Does chance, and nothing else, put what the machine decided before a person, and is that remembered?"""

from typing import Any

from tests.comments_service.web.newsroom import Newsroom

SPAM = "Cheap watches, spam=0.99"


def second_looks(newsroom: Newsroom) -> list[dict[str, Any]]:
    answer = newsroom.client.get(
        "/api/v1/moderation/queue?status=second_look", headers={"Authorization": f"Bearer {newsroom.moderator}"}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, Any]] = answer.get_json()["comments"]
    return found


def recorded(newsroom: Newsroom) -> list[tuple[str, str, float]]:
    rows = newsroom.run_sql(
        "SELECT action, stream, shown_probability FROM decisions WHERE actor = 'machine' ORDER BY id"
    )
    return [tuple(row) for row in rows]


def test_what_is_drawn_stays_as_the_machine_decided_and_waits_for_a_look(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(audit_rate=1)
    good, bad = newsroom.posted(), newsroom.posted(body=SPAM)
    newsroom.judge()
    assert (newsroom.status(good), newsroom.status(bad)) == ("approved", "spam")
    assert newsroom.thread()["thread"]["count"] == 1, "readers wait for no audit"
    assert [(one["id"], one["second_looks"]) for one in second_looks(newsroom)] == [
        (good["id"], [{"why": "audit", "detail": ""}]),
        (bad["id"], [{"why": "audit", "detail": ""}]),
    ]
    assert recorded(newsroom) == [("approve", "audit", 1.0), ("spam", "audit", 1.0)]


def test_any_decision_of_a_person_settles_the_look(make_newsroom: Any) -> None:
    newsroom = make_newsroom(audit_rate=1)
    kept, removed = newsroom.posted(), newsroom.posted()
    newsroom.judge()
    newsroom.decide(kept["id"], "approve")
    newsroom.decide(removed["id"], "spam")
    assert second_looks(newsroom) == []
    assert (newsroom.status(kept), newsroom.status(removed)) == ("approved", "spam")


def test_what_is_held_or_caught_by_a_rule_is_not_drawn(make_newsroom: Any) -> None:
    newsroom = make_newsroom(audit_rate=1)
    newsroom.posted(body="Perhaps, spam=0.7")
    newsroom.posted(subject="a field that people do not see")
    newsroom.judge()
    assert recorded(newsroom) == [("hold", "queue", 1.0), ("spam", "", 0.0)]
    assert second_looks(newsroom) == []


def test_a_rate_is_kept_to_and_stands_beside_what_was_not_drawn(make_newsroom: Any) -> None:
    newsroom = make_newsroom(audit_rate=0.5)
    for _ in range(120):
        newsroom.posted()
    newsroom.judge()
    streams = [(stream, probability) for _, stream, probability in recorded(newsroom)]
    assert set(streams) == {("audit", 0.5), ("", 0.5)}
    drawn = streams.count(("audit", 0.5))
    assert 24 <= drawn <= 96, "less likely than one in a thousand million"
    assert newsroom.run_sql("SELECT count(*) FROM second_looks")[0][0] == drawn


def test_a_changed_text_is_drawn_anew(make_newsroom: Any) -> None:
    newsroom = make_newsroom(audit_rate=1)
    posted = newsroom.posted()
    newsroom.judge()
    newsroom.change(audit_rate=0)
    newsroom.own(posted, "PATCH", json={"body": "Something else entirely."})
    newsroom.judge()
    assert newsroom.status(posted) == "approved"
    assert second_looks(newsroom) == []
    assert recorded(newsroom)[-1] == ("approve", "", 0.0)
