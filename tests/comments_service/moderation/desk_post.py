"""A desk that sends mail to a real server on loopback, and what a relay and a mail worker do, by hand."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select, update

from comments_service.moderation.moderators import credentials
from comments_service.notifications.deliver import DeliveryFailed
from comments_service.notifications.mail_choice import ABOUT, ask_address, choose, confirm_address
from comments_service.notifications.send import send_mails
from comments_service.outbox.claim import claim, fail
from comments_service.outbox.errors import summary
from comments_service.storage.tables import Moderator, OutboxRow
from comments_service.tasks.relay import tell_moderators
from tests.comments_service.moderation.stage import Stage
from tests.comments_service.notifications.mail_server import Mailbox, mail_server

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class DeskPost:
    """A stage and the mailbox that all its mails go to."""

    def __init__(self, stage: Stage, box: Mailbox) -> None:
        self.stage, self.box = stage, box

    def later(self, **span: float) -> None:
        """Put the service's clock on."""
        self.stage.at(self.stage.runtime.clock() + timedelta(**span))

    def mails_to(self, login: str, pace: str = "now", *, role: str = "moderator", site: str | None = None) -> int:
        """A moderator whose confirmed address wants mails, from a moment ago on; their id."""
        self.stage.account(login, role, site)
        runtime = self.stage.runtime
        before = runtime.clock() - timedelta(hours=1)
        moderator_id = self.id_of(login)
        self.stage.write(ask_address, moderator_id, f"{login}@news.example", runtime.vault, before)
        self.stage.write(confirm_address, moderator_id, before)
        self.choose(login, pace)
        self.stage.write(lambda session: session.execute(update(OutboxRow).values(done_at=before)))
        return moderator_id

    def choose(self, login: str, pace: str, hour: int = 7, about: tuple[str, ...] | None = None) -> None:
        kinds = ABOUT if about is None else about
        moderator_id, before = self.id_of(login), self.stage.runtime.clock() - timedelta(hours=1)
        self.stage.write(choose, moderator_id, pace=pace, hour=hour, about=kinds, now=before)

    def id_of(self, login: str) -> int:
        known = self.stage.write(credentials, login)
        assert known is not None
        found: int = known.id
        return found

    def speak(self, login: str, language: str) -> None:
        self.stage.write(
            lambda s: s.execute(update(Moderator).where(Moderator.login == login).values(language=language))
        )

    def send(self) -> list[EmailMessage]:
        """Promise what is due and send it, as relay and worker do; the mails that arrived."""
        before, runtime = len(self.box.messages), self.stage.runtime
        with self.stage.app.app_context():
            tell_moderators(runtime)
            self.stage.write(lambda s: s.execute(update(OutboxRow).where(OutboxRow.tries == 0).values(due_at=EPOCH)))
            while True:
                with runtime.transaction() as session:
                    rows = claim(session, "mail", 1, 15.0)
                if not rows:
                    return self.box.messages[before:]
                try:
                    send_mails(runtime, rows)
                except DeliveryFailed as error:
                    with runtime.transaction() as session:
                        fail(session, rows[0].id, rows[0].token, summary(error), max_tries=3, retry_s=3600)

    def outbox(self) -> str:
        """Everything that the outbox's mails say."""
        with self.stage.app.app_context(), self.stage.runtime.reading() as session:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail"))
            return "\n".join(f"{row.key} {row.payload} {row.last_error}" for row in rows)


@contextmanager
def opened(folder: Path, **settings: str) -> Iterator[DeskPost]:
    """A desk of its own, whose mails go to a server that takes them."""
    with mail_server(Mailbox()) as box:
        yield DeskPost(Stage(folder, smtp_url=box.url, mail_from="desk@news.example", **settings), box)


def text_of(mail: EmailMessage) -> str:
    """What the mail's plain part says."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def links_of(mail: EmailMessage) -> list[str]:
    """Paths with query of the links in the mail's plain part; each leads to the service."""
    found = [urlsplit(url) for url in re.findall(r"https?://\S+", text_of(mail))]
    assert {url.netloc for url in found} <= {"127.0.0.1:8080"}
    return [f"{url.path}?{url.query}" if url.query else url.path for url in found]


def link(mail: EmailMessage, action: str) -> str:
    """The mail's link for one action: approve, reject, spam, delete; stop."""
    (found,) = [path for path in links_of(mail) if f"/{action}" in path.partition("?")[0]]
    return found
