"""A newsroom that sends mail: to a real server on loopback, by what a worker does, with a clock that can be put on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

from comments_service.notifications.deliver import DeliveryFailed
from comments_service.notifications.send import send_mails
from comments_service.outbox.claim import claim, fail
from comments_service.outbox.errors import summary
from comments_service.web.context import RUNTIME
from tests.comments_service.notifications.mail_server import Mailbox, mail_server
from tests.comments_service.web.newsroom import BASE_URL, Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

SENDER = "desk@news.example"


class PostOffice:
    """One newsroom and the mailbox that all its mail goes to."""

    def __init__(self, newsroom: Newsroom, box: Mailbox) -> None:
        self.newsroom, self.box = newsroom, box

    def later(self, **span: float) -> None:
        """Put the service's clock on."""
        old = self.newsroom.runtime
        there = timedelta(**span)
        self.newsroom.runtime = replace(old, clock=lambda: old.clock() + there)
        self.newsroom.app.extensions[RUNTIME] = self.newsroom.runtime

    def send(self) -> list[EmailMessage]:
        """Send what has been promised, as a worker does; the mails that arrived."""
        before = len(self.box.messages)
        runtime = self.newsroom.runtime
        with self.newsroom.app.app_context():
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

    def outbox(self) -> list[str]:
        """Everything that the outbox's mails say, row by row."""
        rows = self.newsroom.run_sql("SELECT key, payload, last_error FROM outbox WHERE kind = 'mail' ORDER BY id")
        return [repr(tuple(row)) for row in rows]


@contextmanager
def opened(make_newsroom: MakeNewsroom, kind: str = "sqlite") -> Iterator[PostOffice]:
    """A post office with a newsroom of its own on `kind` of database."""
    with mail_server(Mailbox()) as box:
        yield PostOffice(make_newsroom(kind, {"smtp_url": box.url, "mail_from": SENDER}), box)


def text_of(mail: EmailMessage) -> str:
    """What the mail's plain part says."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def links_of(mail: EmailMessage) -> list[str]:
    """Paths with query of the links in the mail's plain part; each leads to the service."""
    found = [urlsplit(url) for url in re.findall(r"https?://\S+", text_of(mail))]
    assert {f"{url.scheme}://{url.netloc}" for url in found} <= {BASE_URL}
    return [f"{url.path}?{url.query}" for url in found]
