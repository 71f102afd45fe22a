"""Was the form filled by a person? Tokens, the field that people do not see, and clients with a server key."""

from typing import Any

import pytest

from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom


def told(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return [(error["field"], error["code"]) for error in answer.get_json()["errors"]]


def test_the_forms_own_token_is_taken_once_it_is_old_enough(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(form_min_age_s=0)
    form = newsroom.client.get("/api/v1/sites/news/form?url=https://news.example/a").get_json()
    assert form["honeypot"] == "subject"
    assert form["texts"] == {
        "email_note": "Your email address will not be published.",
        "required_note": "Required fields are marked *",
    }
    assert form["required"] == ["body", "email", "name"]
    assert form["limits"] == {"name": 80, "email": 254, "website": 300, "body_min": 2, "body": 10_000}
    assert (form["minimum_age_s"], form["edit_window_s"], form["open"]) == (0, 900, True)
    newsroom.posted(form_token=form["form_token"])


@pytest.mark.parametrize(
    ("age_s", "code"), [(0, "too_young"), (1.5, "too_young"), (-3600, "too_young"), (86_500, "expired")]
)
def test_a_token_must_have_the_right_age(shared_newsroom: Newsroom, age_s: float, code: str) -> None:
    assert told(shared_newsroom.post(form_token=shared_newsroom.form_token(age_s))) == [("form_token", code)]


@pytest.mark.parametrize("age_s", [2.5, 3600, 86_300])
def test_a_token_of_the_right_age_is_taken(shared_newsroom: Newsroom, age_s: float) -> None:
    shared_newsroom.posted(form_token=shared_newsroom.form_token(age_s))


def test_a_token_of_another_site_or_a_changed_one_is_forged(shared_newsroom: Newsroom) -> None:
    foreign = shared_newsroom.form_token(site="other")
    assert told(shared_newsroom.post(form_token=foreign)) == [("form_token", "forged")]
    issued, signature = shared_newsroom.form_token().split(".")
    older = f"{int(issued, 16) - 1000:x}.{signature}"
    assert told(shared_newsroom.post(form_token=older)) == [("form_token", "forged")]


def test_an_edit_token_is_no_form_token(shared_newsroom: Newsroom) -> None:
    edit_token = shared_newsroom.posted()["edit_token"]
    assert told(shared_newsroom.post(form_token=edit_token)) == [("form_token", "malformed")]


def test_a_site_may_do_without_tokens_but_a_wrong_one_stays_wrong(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(form_token_required=False)
    newsroom.posted(form_token=None)
    assert told(newsroom.post(form_token="nonsense")) == [("form_token", "malformed")]


def test_a_filled_trap_is_answered_as_always_and_ends_as_spam(shared_newsroom: Newsroom) -> None:
    trapped = shared_newsroom.posted(subject="Hello")
    usual = shared_newsroom.posted()
    assert set(trapped) == set(usual)
    assert trapped["status"] == usual["status"] == "pending"
    shared_newsroom.judge()
    assert shared_newsroom.status(trapped) == "spam"
    assert shared_newsroom.status(usual) == "approved"


def test_a_filled_trap_is_not_washed_off_by_an_edit(shared_newsroom: Newsroom) -> None:
    """A program that edits at once, before the worker looked, gains nothing."""
    trapped = shared_newsroom.posted(subject="Hello")
    assert shared_newsroom.own(trapped, "PATCH", json={"body": "A harmless text instead."}).status_code == 200
    shared_newsroom.judge()
    assert shared_newsroom.status(trapped) == "spam"


def test_a_trusted_client_needs_no_token_and_is_held_to_a_quota_of_its_own(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(server_key_per_minute=3, flood_network_per_minute=1)
    key = {"Authorization": f"Bearer {newsroom.server_key()}"}
    assert [newsroom.post(key, form_token=None).status_code for _ in range(3)] == [202, 202, 202]
    over = newsroom.post(key, form_token=None)
    assert over.status_code == 429
    assert int(over.headers["Retry-After"]) > 0
    # Readers of the same network have their own allowance, which the client has not used up.
    assert newsroom.post().status_code == 202
    assert newsroom.post().status_code == 429


def test_a_trusted_client_is_checked_like_anybody_else(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(block_words="cheap pills")
    key = {"Authorization": f"Bearer {newsroom.server_key()}"}
    assert told(newsroom.post(key, form_token=None, email="nobody")) == [("email", "syntax")]
    sent = newsroom.post(key, form_token=None, body="Buy cheap pills").get_json()
    newsroom.judge()
    assert newsroom.status(sent) == "spam"


def test_a_wrong_or_replaced_server_key_is_no_key(newsroom: Newsroom) -> None:
    old = newsroom.server_key()
    newsroom.server_key()
    for wrong in (old, "", "cs_", "nonsense"):
        answer = newsroom.post({"Authorization": f"Bearer {wrong}"}, form_token=None)
        assert told(answer) == [("form_token", "malformed")]
