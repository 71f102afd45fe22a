"""An appeal's whole road and a notice's whole road: readers' pages, the desk, real mail, and what each is told."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comments_service.moderation.moderator_sessions import open_session
from comments_service.moderation.moderators import add_moderator, credentials
from tests.comments_service.web.newsroom import ARTICLE, BASE_URL, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import opened, text_of
from tests.comments_service.web.status_page import address_of, object_there, open_page, said
from tests.comments_service.web.test_notice_decisions import ten_minutes_on
from tests.comments_service.web.test_notices import ADDRESS, notify

HOST = "comments.example"


class Colleague:
    """A moderator at the desk, with a browser and without JavaScript."""

    def __init__(self, newsroom: Newsroom, login: str) -> None:
        runtime = newsroom.runtime
        with newsroom.app.app_context(), runtime.transaction() as session:
            add_moderator(session, login, role="moderator", site_id=None, now=runtime.clock())
            known = credentials(session, login)
            assert known is not None
            secret = open_session(session, known.id, now=runtime.clock(), max_s=3600)
        newsroom.run_sql("UPDATE moderators SET must_change = false")
        self.client = newsroom.app.test_client()
        self.client.set_cookie("__Host-comments", secret, domain=HOST, secure=True)

    def read(self, path: str) -> str:
        answer = self.client.get(path, base_url=BASE_URL)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, **fields: Any) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.read("/moderation/"))
        assert token is not None
        return self.client.post(path, data={**fields, "csrf_token": token[1]}, base_url=BASE_URL)


def shown(newsroom: Newsroom) -> list[str]:
    return [comment["id"] for comment in newsroom.thread(ARTICLE)["comments"]]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_appeals_whole_road(make_newsroom: MakeNewsroom, kind: str) -> None:
    newsroom = make_newsroom(kind)
    mona, nora = Colleague(newsroom, "mona"), Colleague(newsroom, "nora")
    posted = newsroom.posted(body="The mayor called us fools. toxic=0.7")
    newsroom.judge()
    address = address_of(newsroom, posted)
    assert "It is waiting for a person to look at it." in open_page(newsroom, address)

    mona.send("/moderation/decisions", ids=posted["id"], reject_reason="insult")
    page = open_page(newsroom, address)
    assert "It insults or attacks people." in page
    assert "A program noticed it. A person decided." in page

    received = said(object_there(newsroom, address, "I quoted the mayor, as the article does."))
    reference = re.search(r"A-[B-Z2-9]{8}", received)
    assert reference is not None
    place = f"/moderation/appeals/{reference[0]}"
    assert "I quoted the mayor" in mona.read(place)
    assert mona.send(place, verdict="reverse", answer="Sorry.").status_code == 403
    assert shown(newsroom) == []

    assert nora.send(place, verdict="reverse", answer="You are right, it is a quote.").status_code == 303
    assert shown(newsroom) == [posted["id"]]
    page = open_page(newsroom, address)
    assert "It is published." in page
    assert "You are right, it is a quote." in page
    assert "A person has examined your objection and reversed the decision." in page

    decision = re.search(rf'name="undo" value="({posted["id"]}:\d+)"', nora.read("/moderation/history"))
    assert decision is not None
    nora.send("/moderation/undo", undo=decision[1])
    assert shown(newsroom) == []
    assert "Your objection has been received." in open_page(newsroom, address)
    assert nora.send(place, verdict="uphold", answer="It was no quote after all.").status_code == 403, "she removed it"
    olga = Colleague(newsroom, "olga")
    assert olga.send(place, verdict="uphold", answer="It was no quote after all.").status_code == 303
    page = open_page(newsroom, address)
    assert "The decision stands. It was not the person who had decided before." in page
    assert "It was no quote after all." in page


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_notices_whole_road(make_newsroom: MakeNewsroom, kind: str) -> None:
    with opened(make_newsroom, kind) as office:
        newsroom = office.newsroom
        mona = Colleague(newsroom, "mona")
        posted = newsroom.approved(body="She stole from the harbour fund.")
        reference = notify(newsroom, posted, lang="en").get_json()["reference"]
        receipt = office.send()
        assert [(mail["To"], reference in mail["Subject"]) for mail in receipt] == [(ADDRESS, True)]

        assert reference in mona.read("/moderation/?view=reported")
        mona.send("/moderation/decisions", ids=posted["id"], reject_reason="illegal")
        assert shown(newsroom) == []
        told = ten_minutes_on(office)
        assert [mail["To"] for mail in told] == [ADDRESS]
        assert "The comment has been removed." in text_of(told[0])
        page = open_page(newsroom, address_of(newsroom, posted))
        assert "Somebody gave notice that it is illegal. A person decided." in page
        assert "It was measured by the law." in page
        assert ADDRESS not in page


def test_scanners_that_open_every_link_change_nothing(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="spam=0.99")
    newsroom.judge()
    address = address_of(newsroom, posted)
    before = newsroom.run_sql("SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM appeals)")
    for _ in range(5):
        assert newsroom.client.get(address).status_code == 200
        assert newsroom.client.head(address).status_code == 200
        assert newsroom.client.get(f"{address}&words=Publish+it+at+once").status_code == 200
    after = newsroom.run_sql("SELECT (SELECT count(*) FROM decisions), (SELECT count(*) FROM appeals)")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
