"""Is an author told by mail, at an address that was confirmed and at no other, and not of what was taken back?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from comments_service.tasks.relay import tell_moderators
from comments_service.web.context import RUNTIME
from tests.comments_service.web.newsroom import ORIGIN
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import PostOffice, links_of, opened, text_of
from tests.comments_service.web.status_page import address_of, object_there
from tests.comments_service.web.test_notice_decisions import ten_minutes_on

ADDRESS = "cleo.crane@leaky.example"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom, request.param) as made:
        yield made


@pytest.fixture
def office(make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom) as made:
        yield made


def confirmed(office: PostOffice, language: str = "en") -> None:
    """The reader of ADDRESS follows the article and confirms it; no mail is on its way afterwards."""
    newsroom = office.newsroom
    body = {"url": "https://news.example/harbour", "email": ADDRESS, "lang": language}
    answer = newsroom.client.post("/api/v1/sites/news/follows", json=body, headers={"Origin": ORIGIN})
    assert answer.status_code < 300, answer.text
    newsroom.run_sql("UPDATE follows SET confirmed_at = wanted_at, wanted_at = NULL")
    office.send()


def approved(office: PostOffice, **fields: Any) -> dict[str, Any]:
    return office.newsroom.approved(email=ADDRESS, title="The harbour fund", **fields)


def test_an_author_with_a_confirmed_address_hears_of_a_removal(any_office: PostOffice) -> None:
    office = any_office
    confirmed(office)
    approved(office)
    posted = approved(office)
    office.newsroom.decide(posted["id"], "reject")
    told = ten_minutes_on(office)
    assert [(mail["To"], mail["Subject"]) for mail in told] == [
        (ADDRESS, "Decision on your comment on The harbour fund")
    ]
    assert posted["comment"]["html"] not in text_of(told[0])
    status, stop = links_of(told[0])
    assert f"/comments/{posted['id']}/status?token=" in status
    assert "It is not published." in office.newsroom.client.get(status, headers={"Accept-Language": "en"}).text
    assert "/stop?token=" in stop
    assert [row for row in office.outbox() if ADDRESS in row] == []


def test_an_address_that_nobody_confirmed_gets_nothing(office: PostOffice) -> None:
    posted = approved(office)
    office.newsroom.decide(posted["id"], "reject")
    object_there(office.newsroom, address_of(office.newsroom, posted))
    assert office.outbox() == []


@pytest.mark.parametrize("decision", ["spam", "undo", "again"])
def test_slips_and_spam_are_not_told(office: PostOffice, decision: str) -> None:
    confirmed(office)
    posted, newsroom = approved(office), office.newsroom
    if decision == "spam":
        newsroom.decide(posted["id"], "spam")
    else:
        newsroom.decide(posted["id"], "reject")
        newsroom.decide(posted["id"], "undo" if decision == "undo" else "approve")
    assert ten_minutes_on(office) == []


def test_many_removals_at_once_are_few_mails(office: PostOffice) -> None:
    confirmed(office)
    posted = [approved(office) for _ in range(8)]
    for one in posted:
        office.newsroom.decide(one["id"], "reject")
    assert len(ten_minutes_on(office)) == 5


def test_an_objection_is_receipted_and_answered(any_office: PostOffice) -> None:
    office = any_office
    confirmed(office, "de")
    posted, newsroom = approved(office), office.newsroom
    newsroom.decide(posted["id"], "reject")
    ten_minutes_on(office)
    object_there(newsroom, address_of(newsroom, posted))
    receipt = office.send()
    assert [mail["To"] for mail in receipt] == [ADDRESS]
    assert "Your objection has been received. Its reference is A-" in text_of(receipt[0])
    newsroom.decide(posted["id"], "undo")
    told = ten_minutes_on(office)
    assert len(told) == 1
    assert "examined your objection and reversed the decision" in text_of(told[0])


def test_moderators_hear_that_an_author_objects(make_newsroom: MakeNewsroom) -> None:
    with opened(make_newsroom) as office:
        newsroom = office.newsroom
        posted = newsroom.posted(body="spam=0.99")
        newsroom.judge()
        object_there(newsroom, address_of(newsroom, posted))
        here = newsroom.runtime
        told = replace(here, settings=here.settings.model_copy(update={"moderators_mail": "desk@news.example"}))
        newsroom.runtime = newsroom.app.extensions[RUNTIME] = told
        with newsroom.app.app_context():
            tell_moderators(told)
        (mail,) = office.send()
        assert "1 comment waits for review" in mail["Subject"]
        assert "With an author's objection, under Appeals: 1." in text_of(mail)
