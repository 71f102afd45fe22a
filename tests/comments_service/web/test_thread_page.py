"""Can readers without JavaScript read, write, answer and mend their mistakes?"""

import html
import re

import pytest

from comments_service.storage.tables import Comment
from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.plain_page import PAGE, Page, opened, sent


def test_a_comment_goes_the_whole_road_without_javascript(newsroom: Newsroom) -> None:
    empty = opened(newsroom)
    assert "No comments yet. Write the first one." in empty.texts
    assert any("Your email address will not be published. Required fields are marked *" in one for one in empty.texts)
    answer, thanks = sent(newsroom, empty)
    assert answer.status_code == 202
    assert "Your comment has been received. It appears as soon as it has been checked." in thanks.texts
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    newsroom.judge()
    shown = opened(newsroom)
    assert "From the plain page." in shown.texts
    assert "1 comment" in shown.texts
    assert "script" not in shown.tags
    reply = opened(newsroom, parent_id=newsroom.thread()["comments"][0]["id"])
    assert "Reply to Ann" in reply.texts
    assert shown.links["Reply"].startswith(f"{PAGE}?url=")
    sent(newsroom, reply, name="Bob", email="bob@example.org", body="Well said.")
    newsroom.judge()
    assert [one["author"]["name"] for one in newsroom.thread()["comments"][0]["replies"]] == ["Bob"]


def test_the_reply_link_leads_to_a_form_for_that_comment(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    link = opened(newsroom).links["Reply"]
    page = Page(newsroom.client.get(link).get_data(as_text=True))
    assert page.fields["parent_id"] == posted["id"]


def test_mistakes_come_back_with_what_was_typed(newsroom: Newsroom) -> None:
    answer, page = sent(newsroom, opened(newsroom), name="", email="nobody", body='Keep "this" <b>text</b>')
    assert answer.status_code == 422
    assert "Please enter a name." in page.texts
    assert page.fields["body"] == 'Keep "this" <b>text</b>'
    assert page.fields["email"] == "nobody"
    assert newsroom.count_rows(Comment) == 0
    answer, _ = sent(newsroom, page, email="ann@example.org", name="Ann", body=page.fields["body"])
    assert answer.status_code == 202


def test_an_expired_form_can_simply_be_sent_again(newsroom: Newsroom) -> None:
    answer, page = sent(newsroom, opened(newsroom), form_token=newsroom.form_token(90_000))
    assert answer.status_code == 422
    assert any("open for too long" in text for text in page.texts)
    assert page.fields["form_token"]


def test_the_same_form_twice_is_one_comment(newsroom: Newsroom) -> None:
    page = opened(newsroom)
    assert [sent(newsroom, page)[0].status_code for _ in range(2)] == [202, 202]
    assert newsroom.count_rows(Comment) == 1


def test_a_flood_says_when_to_come_back(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(flood_address_per_hour=1)
    sent(newsroom, opened(newsroom))
    answer, page = sent(newsroom, opened(newsroom), body="Another one.")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert page.fields["body"] == "Another one."


def test_the_trap_works_here_too(newsroom: Newsroom) -> None:
    answer, _ = sent(newsroom, opened(newsroom), subject="buy")
    assert answer.status_code == 202
    newsroom.judge()
    assert newsroom.thread()["comments"] == []


def test_a_closed_thread_has_no_form(newsroom: Newsroom) -> None:
    newsroom.approved()
    page = opened(newsroom)
    newsroom.run_sql("UPDATE threads SET open = false")
    assert "Comments are closed." in opened(newsroom).texts
    assert opened(newsroom).fields == {}
    assert sent(newsroom, page)[0].status_code == 409


def test_a_long_thread_is_paged(newsroom: Newsroom) -> None:
    for _ in range(52):
        newsroom.posted()
    newsroom.judge()
    more = opened(newsroom).links["More comments"]
    page = Page(newsroom.client.get(more).get_data(as_text=True))
    assert page.tags.count("article") == 2


@pytest.mark.parametrize(
    "text",
    [
        '"><script>alert(1)</script>',
        "'onmouseover=alert(1) x='",
        "{{ 7*7 }}{% raw %}",
        "</textarea><img src=x onerror=alert(1)>",
    ],
)
def test_nothing_that_is_typed_becomes_markup(newsroom: Newsroom, text: str) -> None:
    newsroom.approved(
        name=text, title=text, body=f"{text} in the body", url=f"{ARTICLE}?q=%22%3E%3Cscript%3E&x={len(text)}"
    )
    answer = newsroom.client.get(PAGE, query_string={"url": f"{ARTICLE}?q=%22%3E%3Cscript%3E&x={len(text)}"})
    page = Page(answer.get_data(as_text=True))
    wrong, refused = sent(newsroom, page, name=text, body=text, email=text, website=text, parent_id=text, once=text)
    assert wrong.status_code == 422
    for one in (page, refused):
        assert not {"script", "img", "iframe"} & set(one.tags)
        assert one.handlers == []
        assert not any("49" in found for found in one.texts)
    assert refused.fields["body"] == text
    assert refused.fields["parent_id"] == ""


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://a b", "//x"])
def test_a_page_about_nothing_is_a_clear_error(shared_newsroom: Newsroom, url: str) -> None:
    for method in ("GET", "POST"):
        answer = shared_newsroom.client.open(PAGE, method=method, query_string={"url": url}, data={})
        assert answer.status_code == 422
        assert answer.mimetype == "text/html"
        assert "url" in re.sub(r"<[^>]*>", "", html.unescape(answer.get_data(as_text=True)))
