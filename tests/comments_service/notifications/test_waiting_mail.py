"""When are moderators told that comments wait, how often, and what?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from comments_service.notifications.deliver import DeliveryFailed
from comments_service.notifications.send import send_mails
from comments_service.notifications.waiting_mail import MAIL, promise_waiting_mails
from comments_service.outbox.claim import Claimed, claim, fail
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, OutboxRow
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import as_file, comment, end, header, step, thread
from tests.comments_service.notifications.mail_server import Mailbox, mail_server

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def mailing(installation: Installation, **changes: str) -> Settings:
    own = {
        "smtp_url": "smtp://127.0.0.1:25",
        "mail_from": "desk@news.example",
        "moderators_mail": "vera@news.example, otto@news.example",
        "base_url": "https://comments.example",
    }
    return installation.settings.model_copy(update=own | changes)


def with_waiting(installation: Installation, *names: str) -> None:
    """Comments that the machine held, so that they wait for a person since 00:05."""
    held = [step("machine", "hold", "pending", "pending")]
    lines = [
        header(),
        thread(),
        *(
            comment(n, status="pending", source="Hidden words.", decided_at=held[0]["created_at"], decisions=held)
            for n in names
        ),
    ]
    done = installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
    assert done.returncode == 0, done.stderr.decode()


def promised(installation: Installation, settings: Settings, now: datetime) -> int:
    with installation.runtime.transaction() as session:
        return promise_waiting_mails(session, settings, now)


def outbox(installation: Installation) -> list[OutboxRow]:
    with installation.runtime.reading() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == MAIL).order_by(OutboxRow.id)))


def work(installation: Installation, settings: Settings) -> int:
    """What a worker does: claim what is due, one by one, and send it; how many rows it took."""
    means = replace(installation.runtime, settings=settings, clock=lambda: NOW)
    taken = 0
    while rows := _claimed(installation):
        taken += 1
        try:
            send_mails(means, rows)
        except DeliveryFailed as error:
            with means.transaction() as session:
                fail(session, rows[0].id, rows[0].token, str(error), max_tries=3, retry_s=3600)
    return taken


def _claimed(installation: Installation) -> list[Claimed]:
    with installation.runtime.transaction() as session:
        return claim(session, MAIL, 1, 15.0)


def test_moderators_are_told_how_many_wait_and_where_but_not_what(installation: Installation) -> None:
    installation.add_site()
    with_waiting(installation, "one", "two")
    with mail_server(Mailbox()) as box:
        settings = mailing(installation, smtp_url=box.url)
        assert promised(installation, settings, NOW) == 2
        assert work(installation, settings) == 2
        rows = outbox(installation)
    assert [mail["To"] for mail in box.messages] == ["vera@news.example", "otto@news.example"]
    first = box.messages[0]
    assert first["Subject"] == "2 comments wait for review: Harbour News"
    whole = first.as_string()
    assert "https://comments.example/moderation/" in whole
    assert "Hidden words" not in whole
    assert "Ada" not in whole
    assert all("@" not in row.key + str(row.payload) for row in rows)
    assert all(row.done_at is not None for row in rows)


def test_at_most_one_mail_an_hour_and_only_for_something_new(installation: Installation) -> None:
    installation.add_site()
    settings = mailing(installation, moderators_mail="vera@news.example")
    assert promised(installation, settings, NOW) == 0
    with_waiting(installation, "one")
    assert promised(installation, settings, NOW) == 1
    assert promised(installation, settings, NOW) == 0
    with_waiting(installation, "two")
    with installation.runtime.transaction() as session:
        session.execute(update(Comment).where(Comment.public_id == "c-two").values(decided_at=NOW + HOUR / 4))
    assert promised(installation, settings, NOW + HOUR / 2) == 0
    assert promised(installation, settings, NOW + HOUR) == 1
    assert promised(installation, settings, NOW + 3 * HOUR) == 0
    assert len(outbox(installation)) == 2


def test_nothing_is_sent_when_all_is_decided_or_the_recipient_is_gone(installation: Installation) -> None:
    installation.add_site()
    with_waiting(installation, "one")
    with mail_server(Mailbox()) as box:
        settings = mailing(installation, smtp_url=box.url, moderators_mail="vera@news.example")
        promised(installation, settings, NOW)
        assert work(installation, mailing(installation, smtp_url=box.url, moderators_mail="new@news.example")) == 1
        with_waiting(installation, "two")
        with installation.runtime.transaction() as session:
            session.execute(update(Comment).where(Comment.public_id == "c-two").values(decided_at=NOW + HOUR / 4))
        assert promised(installation, settings, NOW + HOUR) == 1
        with installation.runtime.transaction() as session:
            session.execute(update(Comment).values(status="approved", awaits="nobody"))
        assert work(installation, settings) == 1
    assert box.messages == []
    assert all(row.done_at is not None for row in outbox(installation))


def test_a_failing_server_is_tried_again_and_a_final_no_is_parked(installation: Installation) -> None:
    installation.add_site()
    with_waiting(installation, "one")
    with mail_server(Mailbox(refuse_recipient="451 later")) as box:
        settings = mailing(installation, smtp_url=box.url, moderators_mail="vera@news.example")
        promised(installation, settings, NOW)
        assert work(installation, settings) == 1
        (row,) = outbox(installation)
        assert (row.done_at, row.parked_at) == (None, None)
        assert "refused the recipient (451)" in (row.last_error or "")
        box.refuse_recipient = "550 no such mailbox"
        due_now(installation)
        assert work(installation, settings) == 1
    (row,) = outbox(installation)
    assert row.parked_at is not None
    assert "refused the recipient (550)" in (row.last_error or "")
    assert "@" not in (row.last_error or "")


def test_a_mail_whose_worker_died_while_sending_is_not_sent_twice(installation: Installation) -> None:
    installation.add_site()
    with_waiting(installation, "one")
    killed = Killed()
    with mail_server(killed) as box:
        settings = mailing(installation, smtp_url=box.url, moderators_mail="vera@news.example")
        promised(installation, settings, NOW)
        killed.installation = installation
        (row,) = _claimed(installation)
        send_mails(replace(installation.runtime, settings=settings, clock=lambda: NOW), [row])
        # The lease ran out while the server took its time; the mark says that somebody had begun to send.
        assert work(installation, settings) == 1
    assert len(box.messages) == 1
    assert outbox(installation)[0].done_at is not None


class Killed(Mailbox):
    """Takes the mail, and meanwhile the sender's lease ends, as when its worker is killed before it can finish."""

    installation: Installation

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.installation.runtime.transaction() as lost:
            lost.execute(update(OutboxRow).values(lease_token="lost", lease_until=EPOCH))
        return await super().handle_DATA(server, session, envelope)


def due_now(installation: Installation) -> None:
    with installation.runtime.transaction() as session:
        session.execute(update(OutboxRow).values(due_at=EPOCH))


@pytest.mark.parametrize("missing", ["smtp_url", "mail_from", "moderators_mail"])
def test_without_a_server_a_sender_or_a_recipient_nothing_is_promised(installation: Installation, missing: str) -> None:
    installation.add_site()
    with_waiting(installation, "one")
    assert promised(installation, mailing(installation, **{missing: ""}), NOW) == 0
    assert outbox(installation) == []


def test_comments_that_wait_for_the_machine_are_not_the_moderators_business(installation: Installation) -> None:
    installation.add_site()
    lines = [header(), thread(), comment("new", status="pending"), comment("shown")]
    installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
    assert promised(installation, mailing(installation), NOW) == 0
