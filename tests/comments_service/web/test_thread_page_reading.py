"""Does the plain page speak the reader's language, lead to every comment, and tell machines what they may know?"""

import re

import pytest

from comments_service.tasks.relay import tell_followers
from tests.comments_service.web.newsroom import ARTICLE, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.plain_page import PAGE, Page, opened, sent
from tests.comments_service.web.post_office import opened as post_office


def _markup(newsroom: Newsroom, accept: str = "", **query: str) -> str:
    answer = newsroom.client.get(PAGE, query_string={"url": ARTICLE, **query}, headers={"Accept-Language": accept})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def _followed(newsroom: Newsroom, page: Page, words: str) -> Page:
    return Page(newsroom.client.get(page.links[words]).get_data(as_text=True))


def test_the_browser_s_language_is_spoken_and_a_chosen_one_kept(shared_newsroom: Newsroom) -> None:
    german = _markup(shared_newsroom, accept="de-AT,en;q=0.5")
    assert '<html lang="de" dir="ltr">' in german
    assert "lang=" not in Page(german).action
    arabic = _markup(shared_newsroom, accept="de", lang="ar")
    assert '<html lang="ar" dir="rtl">' in arabic
    page = Page(arabic)
    assert "lang=ar" in page.action
    assert "lang=fr" in page.links["Français"]


def test_mistakes_are_told_in_the_reader_s_language(shared_newsroom: Newsroom) -> None:
    page = Page(_markup(shared_newsroom, lang="fr"))
    answer, refused = sent(shared_newsroom, page, name="", email="nobody", website="x" * 301)
    assert answer.status_code == 422
    assert "Please" not in answer.get_data(as_text=True)
    assert any("300" in text for text in refused.texts)
    assert "lang=fr" in refused.action
    # The first wrong field has the focus, so that a reader who hears the page is taken to it.
    focused = re.findall(r'id="(\w+)"[^>]* autofocus', answer.get_data(as_text=True))
    assert focused == ["name"]


def test_only_what_the_site_requires_is_marked(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(required=["name"])
    markup = _markup(newsroom)
    required = re.findall(r'name="(\w+)"[^>]* required', markup)
    assert required == ["body", "name"]


def test_every_order_and_every_page_can_be_reached_and_left_again(newsroom: Newsroom) -> None:
    for number in range(52):
        newsroom.posted(body=f"Comment number {number}.")
    newsroom.judge()
    newest = _followed(newsroom, opened(newsroom), "Newest first")
    assert "Comment number 51." in newest.texts
    last = _followed(newsroom, newest, "More comments")
    assert "Comment number 0." in last.texts
    assert last.tags.count("article") == 2
    assert "sort=newest" in last.links["Oldest first"] or "sort=oldest" in last.links["Oldest first"]


def test_replies_beyond_the_first_fifty_have_pages_of_their_own(newsroom: Newsroom) -> None:
    top = newsroom.approved(name="Thea", body="What do you think?")
    for number in range(53):
        newsroom.posted(parent_id=top["id"], body=f"Reply number {number}.")
    newsroom.judge()
    first = opened(newsroom)
    assert "Reply number 49." in first.texts
    assert "Reply number 50." not in first.texts
    rest = _followed(newsroom, first, "Show more replies")
    assert [text for text in rest.texts if text.startswith("Reply number")] == [
        f"Reply number {n}." for n in (50, 51, 52)
    ]
    assert {"Replies to Thea", "What do you think?"} <= set(rest.texts)
    assert "Reply number 0." in _followed(newsroom, rest, "Back to the comments").texts


def test_a_link_to_a_comment_opens_the_page_that_holds_it(newsroom: Newsroom) -> None:
    posted = [newsroom.posted(body=f"Comment number {number}.") for number in range(52)]
    newsroom.judge()
    markup = _markup(newsroom, focus=posted[-1]["id"])
    assert f'&amp;focus={posted[-1]["id"]}#comment-{posted[-1]["id"]}"' in markup
    page = Page(markup)
    assert "Comment number 51." in page.texts
    assert "Comment number 0." in _followed(newsroom, page, "Earlier comments").texts


def test_an_answer_that_stands_beside_what_it_answers_says_so(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(max_depth=1)
    top = newsroom.approved(name="Ann")
    first = newsroom.approved(parent_id=top["id"], name="Bob")
    newsroom.approved(parent_id=first["id"], name="Cleo")
    page = opened(newsroom)
    assert "in reply to" in page.texts
    assert page.texts.count("Bob") == 2


def test_an_answer_to_a_comment_that_is_gone_says_so(newsroom: Newsroom) -> None:
    gone = newsroom.approved()
    newsroom.decide(gone["id"], "reject")
    page = opened(newsroom, parent_id=gone["id"])
    assert "The linked comment is not here any more." in page.texts
    assert page.fields["parent_id"] == ""


def test_machines_read_who_wrote_what_when_and_to_whom(newsroom: Newsroom) -> None:
    top = newsroom.approved(name='Ann "></script>', body="Is it open?", website="https://ann.example/")
    newsroom.approved(parent_id=top["id"], name="Bob", body="Since Monday.")
    markup = _markup(newsroom)
    assert markup.count('itemtype="https://schema.org/Comment"') == 2
    assert f'itemid="{ARTICLE}"' in markup
    assert f'<link itemprop="parentItem" href="{ARTICLE}#comment-{top["id"]}">' in markup
    for name in ("author", "dateCreated", "text", "upvoteCount", "downvoteCount", "url"):
        assert markup.count(f'itemprop="{name}"') >= 2
    assert '<meta itemprop="commentCount" content="2">' in markup
    assert "</script>" not in markup


def test_the_policy_allows_no_script_at_all(shared_newsroom: Newsroom) -> None:
    answer = shared_newsroom.client.get(PAGE, query_string={"url": ARTICLE})
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "script-src" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("query", [{"sort": "worst"}, {"lang": "../x"}, {"parent": "'"}, {"parent_id": "<"}])
def test_what_cannot_be_understood_is_not_asked(shared_newsroom: Newsroom, query: dict[str, str]) -> None:
    assert "Leave a comment" in opened(shared_newsroom, **query).texts


def test_a_form_that_another_page_drew_is_shown_again_with_all_that_was_typed(newsroom: Newsroom) -> None:
    filled = {"name": "Ann", "email": "ann@example.org", "website": "https://ann.example/", "body": "From the article."}
    answer = newsroom.client.post(
        f"{PAGE}?url={ARTICLE}", data=filled, headers={"Origin": "https://news.example", "Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 422
    page = Page(answer.get_data(as_text=True))
    assert filled.items() <= page.fields.items()
    newsroom_answer, _ = sent(newsroom, page, **{name: page.fields[name] for name in filled})
    assert newsroom_answer.status_code == 202


def test_replies_by_mail_are_offered_only_where_mail_is_sent(make_newsroom: MakeNewsroom) -> None:
    assert "notify" not in opened(make_newsroom()).fields
    with post_office(make_newsroom) as office:
        sent(office.newsroom, Page(_markup(office.newsroom, lang="fr")), notify="1")
        office.newsroom.judge()
        with office.newsroom.app.app_context():
            tell_followers(office.newsroom.runtime)
        (asked,) = office.send()
        assert (asked["To"], asked["Content-Language"]) == ("ann@example.org", "fr")


def test_votes_are_shown_as_numbers_once_there_are_any(newsroom: Newsroom) -> None:
    comment = newsroom.approved()
    assert not any(text.startswith("+") for text in opened(newsroom).texts)
    vote = newsroom.client.post(f"/api/v1/sites/news/comments/{comment['id']}/votes", json={"value": 1})
    assert vote.status_code == 204
    assert "+1 −0" in opened(newsroom).texts
