"""Is whoever gave notice of illegal content told what a person decided, why, and how to object (Article 16(5))?"""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from comments_service.moderation.reasons import REJECTION_REASONS
from tests.comments_service.persons.officer import Officer
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import PostOffice, opened, text_of
from tests.comments_service.web.test_notices import ADDRESS, item, notify

TEN_MINUTES_US = 10 * 60 * 1_000_000


@pytest.fixture
def office(make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom, request.param) as made:
        yield made


def noticed(office: PostOffice, comment: dict[str, Any], **changes: Any) -> str:
    """Give notice of a comment and get the receipt out of the way; the reference."""
    reference = notify(office.newsroom, comment, **{"lang": "en"} | changes).get_json()["reference"]
    office.send()
    return str(reference)


def with_a_neighbour(newsroom: Newsroom) -> dict[str, Any]:
    """A comment beside another, so that the article's title stays known when the comment is gone."""
    newsroom.approved(title="The harbour fund")
    return newsroom.approved(title="The harbour fund")


def ten_minutes_on(office: PostOffice) -> list[EmailMessage]:
    """The mails that arrive when ten minutes have passed by the database's clock; before that, there are none."""
    assert office.send() == []
    office.newsroom.run_sql(
        "UPDATE outbox SET due_at = due_at - :span WHERE kind = 'mail' AND done_at IS NULL", span=TEN_MINUTES_US
    )
    return office.send()


def order(newsroom: Newsroom, comment: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A moderator's order about one comment by the moderation API; its result, which must be done."""
    answer = newsroom.client.post(
        "/api/v1/moderation/decisions",
        json={"ids": [comment["id"]]} | changes,
        headers={"Authorization": f"Bearer {newsroom.moderator}"},
    )
    (result,) = answer.get_json()["results"]
    assert isinstance(result, dict)
    assert result["result"] == "done", result
    return result


def test_a_removal_is_told_with_the_reason_but_never_the_note(any_office: PostOffice) -> None:
    office = any_office
    comment = with_a_neighbour(office.newsroom)
    reference = noticed(office, comment)
    order(office.newsroom, comment, decision="reject", reason="falsehood", note="Berta again, sigh.")
    (mail,) = ten_minutes_on(office)
    assert (mail["To"], mail["Subject"]) == (ADDRESS, f"Decision on your notice ({reference})")
    assert text_of(mail).strip().split("\n\n") == [
        "Your notice about a comment on “The harbour fund” has been examined and decided by a person,"
        " not by a machine.",
        "The comment has been removed.",
        "It states as fact what is known to be false.",
        f"If you disagree, write to the publisher of the site and give the reference {reference}."
        " You can also turn to a court.",
    ]
    assert "sigh" not in mail.as_string()
    assert ten_minutes_on(office) == []
    assert [place for place in office.outbox() if "berta" in place.lower() or "leaky" in place] == []


def test_that_a_comment_stays_is_told_in_the_notifiers_language(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    reference = noticed(office, comment, lang="de-AT")
    office.newsroom.decide(comment["id"], "approve")
    (mail,) = ten_minutes_on(office)
    assert (mail["Content-Language"], mail["Subject"]) == ("de", f"Entscheidung über Ihre Meldung ({reference})")
    assert "Der Kommentar bleibt stehen." in text_of(mail)


def test_everyone_who_gave_notice_is_told_and_once(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    first, second = noticed(office, comment), noticed(office, comment, email="carl@example.org")
    notify(office.newsroom, comment, name=None, email=None, child_abuse=True)
    order(office.newsroom, comment, decision="delete")
    told = ten_minutes_on(office)
    assert [(mail["To"], mail["Subject"][-11:-1]) for mail in told] == [(ADDRESS, first), ("carl@example.org", second)]
    assert {text_of(mail).count("The comment has been removed.") for mail in told} == {1}


def test_spam_and_every_reason_of_the_desk_are_said_in_words(office: PostOffice) -> None:
    said = set()
    for reason in REJECTION_REASONS:
        comment = office.newsroom.approved()
        notify(office.newsroom, comment, email=f"{reason}@example.org", lang="en")
        order(office.newsroom, comment, decision="reject", reason=reason)
    office.send()
    for mail in ten_minutes_on(office):
        said.add(text_of(mail).split("\n\n")[2])
    assert len(said) == len(REJECTION_REASONS)
    comment = office.newsroom.approved()
    noticed(office, comment)
    order(office.newsroom, comment, decision="spam")
    (mail,) = ten_minutes_on(office)
    assert "It is advertising or spam." in text_of(mail)


def test_what_its_author_deleted_meanwhile_is_told_to_be_gone(any_office: PostOffice) -> None:
    office = any_office
    comment = with_a_neighbour(office.newsroom)
    noticed(office, comment)
    assert office.newsroom.own(comment, "DELETE").status_code == 204
    (mail,) = ten_minutes_on(office)
    assert text_of(mail).strip() == (
        "Your notice about a comment on “The harbour fund” is settled:"
        " the author deleted the comment before anything was decided."
    )


def test_what_is_erased_meanwhile_is_told_to_be_gone(office: PostOffice) -> None:
    comment = office.newsroom.approved(email="petra@example.org")
    noticed(office, comment)
    Officer(office).erase(email="petra@example.org")
    (mail,) = ten_minutes_on(office)
    assert "the author deleted the comment" in text_of(mail)


def test_what_its_author_brings_back_is_still_to_be_decided(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    reference = noticed(office, comment)
    assert office.newsroom.own(comment, "DELETE").status_code == 204
    restored = office.newsroom.client.post(
        f"/api/v1/sites/news/comments/{comment['id']}/restore",
        headers={"Authorization": f"Bearer {comment['edit_token']}"},
    )
    assert restored.status_code == 200
    office.newsroom.judge()
    assert ten_minutes_on(office) == []
    assert [notice["reference"] for notice in item(office.newsroom)["notices"]] == [reference]


def test_an_undo_opens_the_notice_again_and_only_the_new_decision_is_told(any_office: PostOffice) -> None:
    office = any_office
    comment = office.newsroom.approved()
    reference = noticed(office, comment)
    order(office.newsroom, comment, decision="reject", reason="insult")
    order(office.newsroom, comment, decision="undo")
    found = item(office.newsroom)
    assert [notice["reference"] for notice in found["notices"]] == [reference]
    assert [report["reason"] for report in found["reports"]] == ["illegal"]
    order(office.newsroom, comment, decision="approve")
    (mail,) = ten_minutes_on(office)
    assert "The comment stays." in text_of(mail)


def test_after_a_late_undo_the_new_decision_is_told_as_well(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    noticed(office, comment)
    order(office.newsroom, comment, decision="approve")
    assert len(ten_minutes_on(office)) == 1
    order(office.newsroom, comment, decision="undo")
    order(office.newsroom, comment, decision="reject", reason="insult")
    (mail,) = ten_minutes_on(office)
    assert "The comment has been removed." in text_of(mail)


def test_a_change_of_mind_within_the_ten_minutes_is_what_is_told(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    noticed(office, comment)
    order(office.newsroom, comment, decision="reject", reason="insult")
    order(office.newsroom, comment, decision="approve")
    (mail,) = ten_minutes_on(office)
    assert "The comment stays." in text_of(mail)
    assert "It insults" not in text_of(mail)


def test_who_gave_notice_again_before_an_undo_has_one_open_notice(any_office: PostOffice) -> None:
    office = any_office
    comment = office.newsroom.approved()
    noticed(office, comment)
    order(office.newsroom, comment, decision="approve")
    again = noticed(office, comment)
    order(office.newsroom, comment, decision="undo")
    assert [notice["reference"] for notice in item(office.newsroom)["notices"]] == [again]
    assert ten_minutes_on(office) == []


def test_a_strangers_mailbox_cannot_be_filled_with_decisions(office: PostOffice) -> None:
    comments = [office.newsroom.approved() for _ in range(7)]
    for comment in comments:
        notify(office.newsroom, comment)
    office.send()
    for comment in comments:
        order(office.newsroom, comment, decision="approve")
    assert len(ten_minutes_on(office)) == 5


def test_without_a_mail_server_a_promised_decision_is_let_go(office: PostOffice) -> None:
    comment = office.newsroom.approved()
    noticed(office, comment)
    order(office.newsroom, comment, decision="approve")
    runtime = office.newsroom.runtime
    office.newsroom.runtime = replace(runtime, settings=runtime.settings.model_copy(update={"smtp_url": ""}))
    assert ten_minutes_on(office) == []
    assert office.newsroom.run_sql("SELECT id FROM outbox WHERE kind = 'mail' AND done_at IS NULL") == []
