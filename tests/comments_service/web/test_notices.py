"""Is a notice of illegal content taken as Article 16 asks, receipted, and shown to moderators and nobody else?"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comments_service.storage.tables import Notice
from comments_service.tasks.relay import tell_moderators
from tests.comments_service.web.newsroom import ORIGIN, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import PostOffice, opened, text_of

ADDRESS = "berta.braun@leaky.example"
NOTICE = {
    "explanation": "It says that I stole from the harbour fund, which a court has found to be untrue.",
    "law": "Section 187 of the Criminal Code",
    "name": "Berta Braun",
    "email": ADDRESS,
    "good_faith": True,
}


@pytest.fixture
def office(make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom, request.param) as made:
        yield made


def notify(newsroom: Newsroom, comment: dict[str, Any], **changes: Any) -> TestResponse:
    """Give notice of a comment, with `changes` to a valid one; None leaves a field out."""
    body = {name: value for name, value in (NOTICE | changes).items() if value is not None}
    return newsroom.client.post(
        f"/api/v1/sites/news/comments/{comment['id']}/notices", json=body, headers={"Origin": ORIGIN}
    )


def wrong_fields(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return {error["field"]: error["code"] for error in answer.get_json()["errors"]}


def item(newsroom: Newsroom, view: str = "reported") -> dict[str, Any]:
    """The one comment in a view of the moderation API's queue."""
    answer = newsroom.client.get(
        "/api/v1/moderation/queue",
        query_string={"status": view},
        headers={"Authorization": f"Bearer {newsroom.moderator}"},
    )
    (found,) = answer.get_json()["comments"]
    assert isinstance(found, dict)
    return found


def test_a_notice_is_receipted_at_once_in_the_readers_language(office: PostOffice) -> None:
    comment = office.newsroom.approved(title="The harbour fund")
    answer = notify(office.newsroom, comment, lang="de-AT")
    assert answer.status_code == 202
    reference = answer.get_json()["reference"]
    assert list(answer.get_json()) == ["reference"]
    (mail,) = office.send()
    assert (mail["To"], mail["Content-Language"]) == (ADDRESS, "de")
    assert reference in mail["Subject"]
    assert "The harbour fund" in text_of(mail)
    assert "fund, which a court" not in mail.as_string()
    assert office.send() == []


def test_moderators_see_the_notice_with_the_address_masked_until_they_decide(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    reference = notify(office.newsroom, comment).get_json()["reference"]
    found = item(office.newsroom)
    (notice,) = found["notices"]
    assert notice | {"created_at": ""} == {
        "reference": reference,
        "name": "Berta Braun",
        "masked_address": "b•••@•••.example",
        "explanation": NOTICE["explanation"],
        "law": NOTICE["law"],
        "child_abuse": False,
        "created_at": "",
    }
    assert [report["reason"] for report in found["reports"]] == ["illegal"]
    office.newsroom.decide(comment["id"], "reject")
    assert item(office.newsroom, "rejected")["notices"] == []


def test_the_desk_shows_the_notice(newsroom: Newsroom) -> None:
    comment = newsroom.approved()
    reference = notify(newsroom, comment, explanation="<b>Lies</b> about \u202eme.").get_json()["reference"]
    page = newsroom.client.get(
        f"/moderation/comments/{comment['id']}", headers={"Authorization": f"Bearer {newsroom.moderator}"}
    ).get_data(as_text=True)
    assert f"Notice of illegal content {reference}" in page
    assert "&lt;b&gt;Lies&lt;/b&gt;" in page
    assert "\u202e" not in page
    assert ADDRESS not in page


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"explanation": None}, {"explanation": "required"}),
        ({"explanation": "Bad."}, {"explanation": "too_short"}),
        ({"explanation": "x" * 10_001}, {"explanation": "too_long"}),
        ({"law": "x" * 301}, {"law": "too_long"}),
        ({"name": " "}, {"name": "required"}),
        ({"email": None, "name": None}, {"email": "required", "name": "required"}),
        ({"email": "nobody"}, {"email": "syntax"}),
        ({"email": "nobody", "child_abuse": True}, {"email": "syntax"}),
        ({"good_faith": False}, {"good_faith": "required"}),
        ({"good_faith": None, "explanation": ""}, {"good_faith": "required", "explanation": "required"}),
        ({"admin": True}, {"admin": "unknown_field"}),
    ],
)
def test_what_the_law_asks_of_a_notice_is_asked(
    shared_newsroom: Newsroom, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    newsroom = shared_newsroom
    unlimited(newsroom)
    assert wrong_fields(notify(newsroom, {"id": "0" * 24}, **changes)) == wrong


def unlimited(newsroom: Newsroom) -> None:
    """Forget who has sent how many, as an hour does."""
    newsroom.app.extensions["comments_limiter"].storage.reset()


def test_who_reports_the_abuse_of_children_may_stay_unnamed(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    first = notify(office.newsroom, comment, name=None, email=None, child_abuse=True)
    assert first.status_code == 202
    assert office.send() == []
    (notice,) = item(office.newsroom)["notices"]
    assert (notice["name"], notice["masked_address"], notice["child_abuse"]) == ("", "", True)


def test_a_second_notice_of_the_same_person_says_nothing_new(any_office: PostOffice) -> None:
    office = any_office
    comment = office.newsroom.approved()
    first, again = (notify(office.newsroom, comment, email=spelt) for spelt in (ADDRESS, ADDRESS.title()))
    assert first.get_json() == again.get_json()
    other = notify(office.newsroom, comment, email="carl@example.org")
    assert other.get_json() != first.get_json()
    assert [report["reason"] for report in item(office.newsroom)["reports"]] == ["illegal", "illegal"]
    assert [mail["To"] for mail in office.send()] == [ADDRESS, "carl@example.org"]
    office.newsroom.decide(comment["id"], "approve")
    assert notify(office.newsroom, comment).get_json() != first.get_json()


def told(office: PostOffice) -> list[EmailMessage]:
    """The mails that arrive after a look of the relay and a worker's round."""
    with office.newsroom.app.app_context():
        tell_moderators(office.newsroom.runtime)
    return office.send()


def test_moderators_who_want_mail_are_told_of_a_notice(any_office: PostOffice) -> None:
    office, newsroom = any_office, any_office.newsroom
    settings = newsroom.runtime.settings.model_copy(update={"moderators_mail": "vera@news.example"})
    newsroom.runtime = replace(newsroom.runtime, settings=settings)
    comment = newsroom.approved()
    assert told(office) == []
    for address in (ADDRESS, "carl@example.org"):
        notify(newsroom, comment, email=address)
    office.send()
    (mail,) = told(office)
    assert (mail["To"], mail["Subject"]) == ("vera@news.example", "1 comment waits for review: Harbour News")
    assert "With a notice of illegal content, in the view Reported: 1." in text_of(mail)
    assert "fund, which a court" not in mail.as_string()
    newsroom.change(premoderate=True)
    newsroom.posted()
    newsroom.judge()
    office.later(hours=1, minutes=1)
    newsroom.posted()
    newsroom.judge()
    assert [mail["Subject"] for mail in told(office)] == ["3 comments wait for review: Harbour News"]


def test_moderators_are_not_told_of_a_notice_that_is_settled(office: PostOffice) -> None:
    newsroom = office.newsroom
    settings = newsroom.runtime.settings.model_copy(update={"moderators_mail": "vera@news.example"})
    newsroom.runtime = replace(newsroom.runtime, settings=settings)
    comment = newsroom.approved()
    notify(newsroom, comment)
    office.send()
    newsroom.decide(comment["id"], "approve")
    assert told(office) == []


def test_a_strangers_mailbox_cannot_be_filled_with_receipts(office: PostOffice) -> None:
    comments = [office.newsroom.approved() for _ in range(7)]
    answers = [notify(office.newsroom, comment) for comment in comments]
    assert {answer.status_code for answer in answers} == {202}
    assert len(office.send()) == 5
    assert office.newsroom.count_rows(Notice) == 7
    office.later(days=1, minutes=1)
    notify(office.newsroom, office.newsroom.approved())
    assert len(office.send()) == 1


def test_one_network_is_held_to_a_measure(newsroom: Newsroom) -> None:
    comments = [newsroom.approved() for _ in range(11)]
    answers = [notify(newsroom, comment) for comment in comments]
    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].headers["Access-Control-Allow-Origin"] == ORIGIN


def test_only_what_is_shown_can_be_noticed_and_only_from_the_sites_pages(newsroom: Newsroom) -> None:
    waiting = newsroom.posted()
    assert notify(newsroom, waiting).status_code == 404
    foreign = newsroom.client.post(
        f"/api/v1/sites/news/comments/{newsroom.approved()['id']}/notices",
        json=NOTICE,
        headers={"Origin": "https://evil.example"},
    )
    assert foreign.status_code == 403


def test_without_a_mail_server_notices_are_taken_and_no_mail_is_promised(newsroom: Newsroom) -> None:
    assert notify(newsroom, newsroom.approved()).status_code == 202
    assert newsroom.run_sql("SELECT id FROM outbox WHERE kind = 'mail'") == []


def test_the_address_stands_nowhere_in_the_clear(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    comment = office.newsroom.approved()
    answer = notify(office.newsroom, comment)
    refused = notify(office.newsroom, comment, explanation="")
    office.box.refuse_recipient = "550 no such mailbox"
    office.send()
    stored = office.newsroom.run_sql("SELECT * FROM notices")
    readers = office.newsroom.thread()
    logged = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "mail.log"]
    places = [answer.get_data(as_text=True), refused.get_data(as_text=True), str(stored), str(readers), *logged]
    assert [place for place in (*places, *office.outbox()) if "berta" in place.lower() or "leaky" in place] == [
        str(stored)
    ], "only the name stands in the table, which moderators see"
    assert "leaky" not in str(stored)
