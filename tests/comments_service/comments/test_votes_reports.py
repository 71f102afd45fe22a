"""Votes and reports: one a reader, on shown comments only."""

from typing import Any

import pytest

from comments_service.comments.vote import wilson_lower_bound
from comments_service.storage.tables import Report
from tests.comments_service.web.newsroom import Newsroom


def vote(newsroom: Newsroom, posted: dict[str, Any], value: Any, voter: str | None = None, ip: str = "") -> int:
    body = {"value": value} | ({} if voter is None else {"voter": voter})
    answer = newsroom.client.post(
        f"/api/v1/sites/news/comments/{posted['id']}/votes",
        json=body,
        environ_base={"REMOTE_ADDR": ip or "198.51.100.7"},
    )
    return answer.status_code


def votes(newsroom: Newsroom) -> dict[str, int]:
    found: dict[str, int] = newsroom.thread()["comments"][0]["votes"]
    return found


def test_a_voter_has_one_vote_and_may_change_it(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    steps = [(1, (1, 0)), (1, (1, 0)), (-1, (0, 1)), (0, (0, 0)), (0, (0, 0)), (-1, (0, 1))]
    for value, (up, down) in steps:
        assert vote(newsroom, posted, value, "a") == 204
        assert votes(newsroom) == {"up": up, "down": down}
    vote(newsroom, posted, 1, "b")
    assert votes(newsroom) == {"up": 1, "down": 1}


def test_without_a_voter_a_network_votes_once(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    for ip in ("203.0.113.1", "203.0.113.2", "192.0.2.1"):
        assert vote(newsroom, posted, 1, ip=ip) == 204
    assert votes(newsroom) == {"up": 2, "down": 0}


@pytest.mark.parametrize("value", [2, -2, "1", 1.5, None, [1], True, 10**400])
def test_other_values_are_refused(shared_newsroom: Newsroom, value: Any) -> None:
    posted = shared_newsroom.approved()
    assert vote(shared_newsroom, posted, value) in {400, 422}


def test_top_orders_by_what_votes_prove(newsroom: Newsroom) -> None:
    few, many, none = (newsroom.approved() for _ in range(3))
    vote(newsroom, few, 1, "a")
    for voter in "abcdefgh":
        vote(newsroom, many, -1 if voter == "h" else 1, voter)
    top = [one["id"] for one in newsroom.thread(sort="top")["comments"]]
    assert top == [many["id"], few["id"], none["id"]]
    assert wilson_lower_bound(0, 0) == 0
    assert wilson_lower_bound(1, 0) < wilson_lower_bound(7, 1) < wilson_lower_bound(70, 10) < 70 / 80


@pytest.mark.parametrize("road", ["votes", "reports"])
def test_what_is_not_shown_cannot_be_found_by_voting_or_reporting(newsroom: Newsroom, road: str) -> None:
    body = {"value": 1} if road == "votes" else {"reason": "spam"}
    waiting, removed, stub = newsroom.posted(body="spam=0.7"), newsroom.posted(), newsroom.posted()
    newsroom.judge()
    newsroom.decide(removed["id"], "reject")
    newsroom.approved(parent_id=stub["id"])
    newsroom.own(stub, "DELETE")
    unknown = {"id": "f" * 24}
    answers = [
        newsroom.client.post(f"/api/v1/sites/news/comments/{posted['id']}/{road}", json=body)
        for posted in (waiting, removed, stub, unknown)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.get_data() for answer in answers}) == 1


def test_a_readers_report_counts_once_and_hides_nothing(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    for note in ("first", "second"):
        answer = newsroom.client.post(
            f"/api/v1/sites/news/comments/{posted['id']}/reports", json={"reason": "abuse", "note": note, "voter": "a"}
        )
        assert answer.status_code == 204
    assert newsroom.row(posted["id"]).reports == 1
    assert newsroom.count_rows(Report) == 1
    assert len(newsroom.thread()["comments"]) == 1


@pytest.mark.parametrize("body", [{}, {"reason": "dislike"}, {"reason": "spam", "note": "x" * 2001}, {"reason": 1}])
def test_a_wrong_report_is_refused(shared_newsroom: Newsroom, body: dict[str, Any]) -> None:
    posted = shared_newsroom.approved()
    answer = shared_newsroom.client.post(f"/api/v1/sites/news/comments/{posted['id']}/reports", json=body)
    assert answer.status_code == 422


def test_votes_and_reports_are_held_to_a_limit(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    assert [vote(newsroom, posted, 1, f"v{number}") for number in range(61)][-2:] == [204, 429]
    road = f"/api/v1/sites/news/comments/{posted['id']}/reports"
    answers = [newsroom.client.post(road, json={"reason": "spam", "voter": f"v{n}"}) for n in range(21)]
    assert answers[-2].status_code == 204
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "60")
