"""Does its author learn what happened to a comment and why (Article 17), by a link that opens nothing else?"""

from datetime import timedelta
from typing import Any

import pytest

from comments_service.content.translations import languages
from comments_service.storage.tables import Appeal, Decision
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import PostOffice, opened
from tests.comments_service.web.status_page import WORDS, address_of, object_there, open_page, said
from tests.comments_service.web.test_notices import notify

PROGRAM, PERSON = "A program decided; no person has looked at it.", "A person decided."
SUSPECT = "You fool. toxic=0.7"


def report(newsroom: Newsroom, posted: dict[str, Any]) -> None:
    answer = newsroom.client.post(f"/api/v1/sites/news/comments/{posted['id']}/reports", json={"reason": "abuse"})
    assert answer.status_code < 300, answer.text


@pytest.mark.parametrize(
    ("body", "site", "prompt", "decision", "expected"),
    [
        pytest.param(
            "spam=0.99", {}, "", "", ["It is advertising or spam.", "A program noticed it.", PROGRAM], id="spam"
        ),
        pytest.param(
            "toxic=0.99",
            {"toxic_reject": 0.9},
            "",
            "",
            ["It was found to insult, attack or threaten somebody.", "A program noticed it.", PROGRAM],
            id="attack",
        ),
        pytest.param(
            SUSPECT, {}, "", "reject", ["It insults or attacks people.", "A program noticed it.", PERSON], id="held"
        ),
        pytest.param(
            "Calm.",
            {"premoderate": True},
            "",
            "reject",
            ["A person of this site noticed it.", PERSON],
            id="premoderated",
        ),
        pytest.param(
            "Calm.",
            {},
            "report",
            "delete",
            ["It was found to break the rules of this site.", "Readers reported it."],
            id="reported",
        ),
        pytest.param(
            "Calm.",
            {},
            "notice",
            "reject",
            ["Somebody gave notice that it is illegal.", "measured by the rules"],
            id="noticed",
        ),
        pytest.param(
            "Calm.", {}, "", "spam", ["It is advertising or spam.", "A person of this site", PERSON], id="by hand"
        ),
    ],
)
def test_the_statement_says_what_why_and_who_or_what(
    make_newsroom: MakeNewsroom, body: str, site: dict[str, Any], prompt: str, decision: str, expected: list[str]
) -> None:
    newsroom = make_newsroom(**site)
    posted = newsroom.posted(body=body)
    newsroom.judge()
    if prompt == "report":
        report(newsroom, posted)
    elif prompt == "notice":
        assert notify(newsroom, posted).status_code == 202
    if decision:
        newsroom.decide(posted["id"], decision)
    page = open_page(newsroom, address_of(newsroom, posted))
    assert "It is not published." in page
    assert [text for text in expected if text not in page] == []
    assert "out-of-court dispute settlement" in page


def test_what_is_not_removed_has_no_statement(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="Calm.")
    address = address_of(newsroom, posted)
    assert "It is waiting to be checked." in open_page(newsroom, address)
    newsroom.judge()
    page = open_page(newsroom, address)
    assert "It is published." in page
    assert "Why it is not published" not in page
    assert "A program checked it: published." in page


def test_a_statement_goes_with_the_decision_that_is_taken_back(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    newsroom.decide(posted["id"], "reject")
    newsroom.decide(posted["id"], "undo")
    page = open_page(newsroom, address_of(newsroom, posted))
    assert "It is published." in page
    assert "A person took the last decision back: published." in page


def test_a_decision_that_is_taken_back_leaves_the_one_before(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    newsroom.decide(posted["id"], "approve")
    newsroom.decide(posted["id"], "undo")
    assert PROGRAM in open_page(newsroom, address_of(newsroom, posted))


def test_what_its_author_deleted_is_simply_gone(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    assert newsroom.own(posted, "DELETE").status_code == 204
    page = open_page(newsroom, address_of(newsroom, posted))
    assert "It has been deleted." in page
    assert "If you disagree" not in page


def test_the_page_tells_no_score_no_name_no_note_and_no_address(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body=f"{SUSPECT} Write to ann@leaky.example.")
    newsroom.judge()
    newsroom.decide(posted["id"], "reject")
    page = open_page(newsroom, address_of(newsroom, posted)).replace("toxic=0.7", "")
    assert [word for word in ("0.7", "toxic", "desk", "leaky", "spam_score") if word in page] == []


def test_a_link_shows_its_own_comment_and_for_a_time(make_newsroom: MakeNewsroom) -> None:
    with opened(make_newsroom) as office:
        newsroom = office.newsroom
        posted, other = newsroom.posted(), newsroom.posted()
        address = address_of(newsroom, posted)
        office.later(days=799)
        assert newsroom.client.get(address).status_code == 200
        assert newsroom.client.get(address.replace(posted["id"], other["id"])).status_code == 410
        for token in ("", "forged", posted["edit_token"], f"{address.rpartition('=')[2][:-1]}~"):
            assert newsroom.client.get(f"{address.partition('?')[0]}?token={token}").status_code == 410
        office.later(days=2)
        answer = newsroom.client.get(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 410
        assert "no longer valid" in said(answer)


def test_the_link_can_neither_change_nor_delete(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    token = address_of(newsroom, posted).rpartition("=")[2]
    answer = newsroom.client.delete(
        f"/api/v1/sites/news/comments/{posted['id']}", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 404


def test_looking_changes_nothing_and_is_kept_by_nobody(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    address, before = address_of(newsroom, posted), newsroom.count_rows(Decision)
    for method in ("GET", "HEAD"):
        answer = newsroom.client.open(address, method=method)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "script" not in answer.headers["Content-Security-Policy"]
    assert (newsroom.count_rows(Decision), newsroom.count_rows(Appeal)) == (before, 0)


@pytest.mark.parametrize("language", languages())
def test_the_page_speaks_the_readers_language(shared_newsroom: Newsroom, language: str) -> None:
    posted = shared_newsroom.posted(body="spam=0.99")
    shared_newsroom.judge()
    answer = shared_newsroom.client.get(address_of(shared_newsroom, posted), headers={"Accept-Language": language})
    assert f'<html lang="{language}"' in answer.text
    assert ('dir="rtl"' in answer.text) == (language in {"ar", "he"})
    assert language == "en" or "published" not in said(answer)
    assert "{" not in said(answer)


def test_the_sites_rules_are_linked_and_only_as_a_web_address(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    newsroom.change(rules_url="https://news.example/rules")
    page = newsroom.client.get(address_of(newsroom, posted)).text
    assert '<a href="https://news.example/rules"' in page
    with pytest.raises(Exception, match="rules_url"):
        newsroom.change(rules_url="javascript:alert(1)")


def test_an_objection_is_received_once(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    address = address_of(newsroom, posted)
    first = said(object_there(newsroom, address))
    assert "Your objection has been received. Its reference is A-" in first
    assert said(object_there(newsroom, address)) == first
    assert newsroom.count_rows(Appeal) == 1


def test_an_objection_leads_back_to_its_page_below_a_hosts_path(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    address = address_of(newsroom, posted)
    below = {"SCRIPT_NAME": "/talk"}
    answer = newsroom.client.post(address, data={"words": WORDS}, environ_overrides=below)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/talk{address}")


@pytest.mark.parametrize(
    ("words", "fault"),
    [("", "Please fill in this field."), ("No!", "at least 10 characters"), ("x" * 2001, "at most 2000 characters")],
)
def test_an_objection_that_cannot_be_read_is_asked_for_again(newsroom: Newsroom, words: str, fault: str) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    answer = object_there(newsroom, address_of(newsroom, posted), words)
    assert answer.status_code == 422
    assert fault in said(answer)
    assert words in answer.text
    assert newsroom.count_rows(Appeal) == 0


def test_nobody_objects_to_what_is_published_nor_too_late(make_newsroom: MakeNewsroom) -> None:
    with opened(make_newsroom) as office:
        _objects_in_time_alone(office)


def _objects_in_time_alone(office: PostOffice) -> None:
    newsroom = office.newsroom
    published, removed = newsroom.approved(), newsroom.posted(body="spam=0.99")
    newsroom.judge()
    assert "It is published." in said(object_there(newsroom, address_of(newsroom, published)))
    office.later(days=184)
    ended = newsroom.row(removed["id"]).decided_at
    assert ended is not None
    page = said(object_there(newsroom, address_of(newsroom, removed), WORDS))
    assert f"The time to object here ended on \u2066{ended + timedelta(days=183):%Y-%m-%d}\u2069." in page
    assert newsroom.count_rows(Appeal) == 0


def test_objecting_is_limited(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    address = address_of(newsroom, posted)
    answers = [object_there(newsroom, address, "").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_who_posts_without_javascript_gets_the_link_as_well(newsroom: Newsroom) -> None:
    answer = newsroom.client.post(
        "/sites/news/thread?url=https://news.example/harbour",
        data=newsroom.submission(body="Calm.") | {"url": ""},
        headers={"Origin": "https://comments.example"},
    )
    assert "/status?token=" in answer.text
