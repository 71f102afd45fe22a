"""Does a mail about comments go to whoever confirmed it, to nobody else, and no more often than it may?"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.keys import Keys
from comments_service.storage.tables import Follow
from comments_service.tasks.relay import tell_followers
from comments_service.tasks.retention import clear
from tests.comments_service.web.newsroom import ARTICLE, BASE_URL, ORIGIN, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom
from tests.comments_service.web.post_office import PostOffice, links_of, opened, text_of

READER = "rita.reader@leaky.example"


@pytest.fixture
def office(make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, make_newsroom: MakeNewsroom) -> Iterator[PostOffice]:
    with opened(make_newsroom, request.param) as made:
        yield made


def follow(office: PostOffice, email: str = READER, url: str = ARTICLE, **fields: Any) -> TestResponse:
    return office.newsroom.client.post(
        "/api/v1/sites/news/follows", json={"url": url, "email": email, **fields}, headers={"Origin": ORIGIN}
    )


def arrived(office: PostOffice) -> list[EmailMessage]:
    """The mails that arrive after a look of the relay and a worker's round."""
    with office.newsroom.app.app_context():
        tell_followers(office.newsroom.runtime)
    return office.send()


def confirmed(office: PostOffice, email: str = READER, url: str = ARTICLE, **fields: Any) -> None:
    """Follow, and press the button on the page that the mail leads to."""
    assert follow(office, email, url, **fields).status_code == 202
    (mail,) = arrived(office)
    press(office, mail)


def press(office: PostOffice, mail: EmailMessage, which: int = -1) -> str:
    """Open a link of the mail and press the page's only button; what the page says then."""
    link = links_of(mail)[which]
    page = office.newsroom.client.get(link)
    assert page.status_code == 200
    assert page.get_data(as_text=True).count("<button>") == 1
    done = office.newsroom.client.post(link)
    assert done.status_code == 200
    return done.get_data(as_text=True)


def test_a_confirmed_reader_is_told_of_new_comments_and_can_stop(any_office: PostOffice) -> None:
    office = any_office
    office.newsroom.approved(title="The late ferry", body="Said before anybody followed.")
    confirmed(office)
    assert arrived(office) == [], "what was there before is not new"
    new = office.newsroom.approved(name="Ben", body="The **ferry** sank.")
    (mail,) = arrived(office)
    assert (mail["To"], mail["Subject"]) == (READER, "New comment on The late ferry")
    assert "Ben wrote:\nThe ferry sank." in text_of(mail)
    read, stop = links_of(mail)
    assert read.startswith("/sites/news/thread?url=https%3A%2F%2Fnews.example%2Fharbour")
    assert f"#comment-{new['id']}" in text_of(mail)
    assert f'id="comment-{new["id"]}"' in office.newsroom.client.get(read).get_data(as_text=True)
    assert arrived(office) == []
    assert mail["List-Unsubscribe"] == f"<{BASE_URL}{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    press(office, mail)
    assert office.newsroom.count_rows(Follow) == 0
    office.newsroom.approved()
    office.later(hours=1)
    assert arrived(office) == []


def test_nobody_is_told_who_has_not_confirmed(office: PostOffice) -> None:
    follow(office)
    (mail,) = arrived(office)
    assert mail["Subject"].startswith("Please confirm")
    assert "List-Unsubscribe" not in mail
    office.newsroom.approved()
    assert arrived(office) == []


def test_opening_links_changes_nothing(office: PostOffice) -> None:
    """Scanners open every link of a mail, with GET and HEAD, before its reader does."""
    follow(office)
    (mail,) = arrived(office)
    (link,) = links_of(mail)
    for open_it in (office.newsroom.client.get, office.newsroom.client.head):
        assert open_it(link).status_code == 200
    office.newsroom.approved()
    assert arrived(office) == []
    press(office, mail)
    office.newsroom.approved()
    (news,) = arrived(office)
    assert office.newsroom.client.get(links_of(news)[1]).status_code == 200
    assert office.newsroom.count_rows(Follow) == 1


def test_a_mail_program_stops_with_one_click(office: PostOffice) -> None:
    """RFC 8058: a POST to the list header's address, without cookie, from anywhere."""
    confirmed(office)
    office.newsroom.approved()
    (news,) = arrived(office)
    link = news["List-Unsubscribe"].strip("<>").removeprefix(BASE_URL)
    for _ in range(2):
        done = office.newsroom.client.post(
            link,
            data="List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
        )
        assert done.status_code == 200
    assert office.newsroom.count_rows(Follow) == 0


def test_the_pages_are_safe_and_kept_by_nobody(office: PostOffice) -> None:
    follow(office, lang="ar")
    (mail,) = arrived(office)
    page = office.newsroom.client.get(links_of(mail)[0])
    html = page.get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in html
    assert "<script" not in html
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert READER not in html


def test_a_link_is_good_for_its_own_act_and_time_only(office: PostOffice) -> None:
    follow(office)
    (mail,) = arrived(office)
    (link,) = links_of(mail)
    for wrong in (link.replace("/confirm", "/stop"), f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}", link[:-44]):
        assert office.newsroom.client.post(wrong).status_code == 410
    office.later(days=7, seconds=1)
    assert office.newsroom.client.get(link).status_code == 410
    assert office.newsroom.client.post(link).status_code == 410
    office.newsroom.approved()
    assert arrived(office) == []


def test_links_go_on_working_under_a_new_secret(office: PostOffice) -> None:
    confirmed(office)
    office.newsroom.approved()
    (news,) = arrived(office)
    old = office.newsroom.settings.secret_key
    office.newsroom.runtime = replace(
        office.newsroom.runtime, keys=Keys.from_secret("a new secret of this installation", [old])
    )
    office.later(days=1)
    press(office, news)
    assert office.newsroom.count_rows(Follow) == 0


def test_the_answer_says_nothing_about_the_address(office: PostOffice) -> None:
    """Unknown, known from a comment, confirmed, beyond its share, without a mailbox: one answer."""
    office.newsroom.approved(email="author@example.org")
    confirmed(office, "confirmed@example.org")
    follow(office, "limited@example.org")
    arrived(office)
    follow(office, "bounced@example.org")
    office.box.refuse_recipient = "550 no such mailbox"
    arrived(office)
    answers = [
        follow(office, f"{who}@example.org", url)
        for who in ("unknown", "author", "confirmed", "limited", "bounced")
        for url in (ARTICLE, f"{ARTICLE}/nobody-wrote-here")
    ]
    assert {answer.status_code for answer in answers} == {202}
    assert {answer.get_data() for answer in answers} == {b"{}\n"}
    assert len({tuple(name for name, _ in answer.headers) for answer in answers}) == 1


def test_a_mailbox_cannot_be_filled(office: PostOffice) -> None:
    """One mail a day that nobody confirmed, three in all, however many pages and sources; then the follows vanish."""
    mails = 0
    for day in range(8):
        for page in range(5):
            follow(office, READER.title() if page % 2 else READER, f"{ARTICLE}/{day}/{page}")
        unlimited(office.newsroom)
        mails += len(arrived(office))
        office.later(days=1, minutes=1)
        assert mails == min(day + 1, 3)


def test_one_network_is_held_to_a_measure_whatever_the_address(office: PostOffice) -> None:
    statuses = [follow(office, f"{number}@example.org").status_code for number in range(21)]
    assert statuses == [202] * 20 + [429]


def test_the_installation_sends_only_so_many_an_hour_and_the_rest_later(office: PostOffice) -> None:
    for number in range(201):
        follow(office, f"{number}@example.org")
        if number % 20 == 19:
            unlimited(office.newsroom)
    with office.newsroom.app.app_context():
        for _ in range(4):
            tell_followers(office.newsroom.runtime)
        assert len(office.outbox()) == 200
        office.later(hours=1, minutes=1)
        tell_followers(office.newsroom.runtime)
    assert len(office.outbox()) == 201


def unlimited(newsroom: Newsroom) -> None:
    """Forget who has sent how many, as an hour does."""
    newsroom.app.extensions["comments_limiter"].storage.reset()


def test_news_within_a_quarter_of_an_hour_come_in_one_mail(office: PostOffice) -> None:
    confirmed(office)
    office.newsroom.approved(body="First.")
    assert len(arrived(office)) == 1
    for body in ("Second.", "Third."):
        office.newsroom.approved(body=body)
        assert arrived(office) == []
    office.later(minutes=15, seconds=1)
    (mail,) = arrived(office)
    assert text_of(mail).index("Second.") < text_of(mail).index("Third.")
    assert "First." not in text_of(mail)


def test_nobody_is_told_of_what_is_hidden_or_twice_of_the_same_or_of_the_own(office: PostOffice) -> None:
    confirmed(office)
    hidden = office.newsroom.approved(body="Hidden at once.")
    office.newsroom.approved(email=READER, body="The reader's own.")
    with office.newsroom.app.app_context():
        tell_followers(office.newsroom.runtime)
    office.newsroom.decide(hidden["id"], "spam")
    assert office.send() == []
    office.later(hours=1)
    office.newsroom.decide(hidden["id"], "approve")
    assert arrived(office) == []


def test_with_notify_the_author_is_asked_once_published_and_told_of_replies_only(any_office: PostOffice) -> None:
    office = any_office
    comment = office.newsroom.posted(email=READER, notify=True, title="The late ferry", lang="fr")
    assert arrived(office) == [], "a comment that nobody has seen yet must not send mail"
    office.newsroom.judge()
    (ask,) = arrived(office)
    assert (ask["To"], ask["Content-Language"]) == (READER, "fr")
    press(office, ask)
    office.newsroom.approved(body="Beside it.")
    assert arrived(office) == []
    reply = office.newsroom.approved(parent_id=comment["id"], body="An answer.")
    (news,) = arrived(office)
    assert "An answer." in text_of(news)
    office.newsroom.approved(parent_id=reply["id"], body="An answer to the answer.")
    office.later(hours=1)
    assert arrived(office) == []


def test_two_relays_that_look_at_once_promise_one_mail(any_office: PostOffice) -> None:
    office = any_office
    for page in range(3):
        follow(office, url=f"{ARTICLE}/{page}")

    def look(_relay: int) -> None:
        with office.newsroom.app.app_context():
            tell_followers(office.newsroom.runtime)

    with ThreadPoolExecutor(2) as relays:
        list(relays.map(look, range(4)))
    (ask,) = office.send()
    press(office, ask)
    (followed,) = office.newsroom.run_sql("SELECT url FROM follows WHERE confirmed_at IS NOT NULL")
    office.newsroom.approved(url=followed[0])
    with ThreadPoolExecutor(2) as relays:
        list(relays.map(look, range(4)))
    assert len(office.send()) == 1


def test_texts_of_strangers_make_no_links_headers_or_addresses(office: PostOffice) -> None:
    office.newsroom.approved(title="Buy at https://evil.example/now\r\nBcc: x@evil.example")
    confirmed(office)
    office.newsroom.approved(name="evil.example", body="See https://evil.example/a and mail me@evil.example <b>now</b>")
    (mail,) = arrived(office)
    assert "Bcc" not in mail
    assert len(links_of(mail)) == 2
    assert "evil.example" not in text_of(mail)
    assert "evil" in text_of(mail)


def test_a_mailbox_that_is_not_there_ends_the_follow_and_troubles_nobody(office: PostOffice) -> None:
    confirmed(office)
    office.newsroom.approved()
    office.box.refuse_recipient = "550 no such mailbox"
    assert arrived(office) == []
    assert office.newsroom.count_rows(Follow) == 0
    assert office.newsroom.run_sql("SELECT id FROM outbox WHERE parked_at IS NOT NULL") == []


def test_a_lost_secret_parks_the_mail_for_a_person_and_says_which_setting(office: PostOffice) -> None:
    follow(office)
    office.newsroom.runtime = replace(
        office.newsroom.runtime, vault=AddressVault.from_keys(Keys.from_secret("another secret, by mistake"))
    )
    assert arrived(office) == []
    (error,) = office.newsroom.run_sql("SELECT last_error FROM outbox WHERE parked_at IS NOT NULL")
    assert "COMMENTS_OLD_SECRET_KEYS" in error[0]


def test_addresses_are_forgotten_in_time(office: PostOffice) -> None:
    confirmed(office)
    follow(office, "never@example.org")
    kept = []
    for days in (6, 2, 358):
        office.later(days=days)
        with office.newsroom.app.app_context(), office.newsroom.runtime.transaction() as session:
            clear(session, office.newsroom.settings, office.newsroom.runtime.clock())
        kept.append(office.newsroom.count_rows(Follow))
    assert kept == [2, 1, 0]


def test_without_a_mail_server_nothing_can_be_followed(newsroom: Newsroom) -> None:
    assert newsroom.thread()["thread"]["follow"] is False
    answer = newsroom.client.post("/api/v1/sites/news/follows", json={"url": ARTICLE, "email": READER})
    assert answer.status_code == 404
    newsroom.approved(notify=True)
    assert newsroom.count_rows(Follow) == 0


def test_what_cannot_be_followed_is_refused(office: PostOffice) -> None:
    assert office.newsroom.thread()["thread"]["follow"] is True
    wrong = follow(office, "nobody", "not a url")
    assert (wrong.status_code, {error["field"] for error in wrong.get_json()["errors"]}) == (422, {"url", "email"})
    office.newsroom.change(own_pages_only=True)
    foreign = follow(office, url="https://elsewhere.example/x")
    assert (foreign.status_code, foreign.get_json()["errors"][0]["code"]) == (422, "other_site")


def test_the_address_stands_nowhere_in_the_clear(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [follow(office), follow(office, "@leaky.example")]
    (ask,) = arrived(office)
    press(office, ask)
    office.newsroom.approved()
    office.box.refuse_recipient = "451 later"
    arrived(office)
    places = [answer.get_data(as_text=True) for answer in answers[:1]]
    places += [str(office.newsroom.run_sql("SELECT * FROM follows")), str(office.newsroom.thread())]
    places += [f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "mail.log"]
    places += office.outbox()
    assert [place for place in places if "leaky" in place or "rita" in place] == []
