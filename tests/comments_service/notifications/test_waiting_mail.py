"""When are moderators told that comments wait, how often, and what?"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from comments_service.notifications.deliver import deliver
from comments_service.notifications.waiting_mail import MAIL, deliver_waiting, promise_waiting_mails
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, OutboxRow
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import as_file, comment, end, header, step, thread
from tests.comments_service.notifications.mail_server import Mailbox, mail_server

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


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
        *(comment(n, status="pending", source="Hidden words.", decided_at=held[0]["created_at"], decisions=held) for n in names),
    ]
    done = installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
    assert done.returncode == 0, done.stderr.decode()


def promised(installation: Installation, settings: Settings, now: datetime) -> int:
    with installation.runtime.transaction() as session:
        return promise_waiting_mails(session, settings, now)


def outbox(installation: Installation) -> list[OutboxRow]:
    with installation.runtime.reading() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == MAIL).order_by(OutboxRow.id)))


def delivered(installation: Installation, settings: Settings, row: OutboxRow) -> bool:
    with installation.runtime.reading() as session:
        return deliver_waiting(
            session,
            row.payload,
            settings=settings,
            key=row.key,
            now=NOW,
            send=lambda message: deliver(message, settings.smtp_url),
        )


def test_moderators_are_told_how_many_wait_and_where_but_not_what(installation: Installation) -> None:
    installation.add_site()
    with_waiting(installation, "one", "two")
    with mail_server(Mailbox()) as box:
        settings = mailing(installation, smtp_url=box.url)
        assert promised(installation, settings, NOW) == 2
        rows = outbox(installation)
        assert [delivered(installation, settings, row) for row in rows] == [True, True]
    assert [mail["To"] for mail in box.messages] == ["vera@news.example", "otto@news.example"]
    first = box.messages[0]
    assert first["Subject"] == "2 comments wait for review: Harbour News"
    whole = first.as_string()
    assert "https://comments.example/moderation/" in whole
    assert "Hidden words" not in whole
    assert "Ada" not in whole
    assert all("@" not in row.key + str(row.payload) for row in rows)


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
        (row,) = outbox(installation)
        elsewhere = mailing(installation, smtp_url=box.url, moderators_mail="new@news.example")
        assert delivered(installation, elsewhere, row) is False
        with installation.runtime.transaction() as session:
            session.execute(update(Comment).values(status="approved", awaits="nobody"))
        assert delivered(installation, settings, row) is False
    assert box.messages == []


@pytest.mark.parametrize("missing", ["smtp_url", "mail_from", "moderators_mail"])
def test_without_a_server_a_sender_or_a_recipient_nothing_is_promised(
    installation: Installation, missing: str
) -> None:
    installation.add_site()
    with_waiting(installation, "one")
    assert promised(installation, mailing(installation, **{missing: ""}), NOW) == 0
    assert outbox(installation) == []


def test_comments_that_wait_for_the_machine_are_not_the_moderators_business(installation: Installation) -> None:
    installation.add_site()
    lines = [header(), thread(), comment("new", status="pending"), comment("shown")]
    installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
    assert promised(installation, mailing(installation), NOW) == 0
