"""Does a mail arrive, and what is told when it does not?"""

import socket
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from comments_service.notifications.compose import Mail, compose
from comments_service.notifications.deliver import DeliveryFailed, MailServer, deliver, parse_smtp_url
from tests.comments_service.notifications.mail_server import (
    PASSWORD,
    USER,
    Mailbox,
    certificate,
    mail_server,
    with_login,
)


def message() -> EmailMessage:
    return compose(
        Mail("Grüße", ("Text",)),
        sender="desk@example.com",
        recipient="ada@example.com",
        public_url="https://comments.example",
        now=datetime(2026, 3, 1, tzinfo=UTC),
        key="k",
    )


def logged_in(url: str, password: str = PASSWORD) -> str:
    return url.replace("://", f"://{USER}:{quote(password, safe='')}@")


def failure(url: str, timeout_s: float = 5.0) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as raised:
        deliver(message(), url, timeout_s=timeout_s)
    told = str(raised.value)
    assert "ada@example.com" not in told
    assert PASSWORD not in told
    return raised.value


def test_a_mail_arrives_as_it_was_composed() -> None:
    with mail_server(Mailbox()) as box:
        deliver(message(), box.url)
    (arrived,) = box.messages
    assert (arrived["To"], arrived["Subject"]) == ("ada@example.com", "Grüße")


def test_user_and_password_are_given_where_the_server_wants_them() -> None:
    with mail_server(Mailbox(), **with_login()) as box:
        deliver(message(), logged_in(box.url))
        wrong = failure(logged_in(box.url, "wrong"))
    assert len(box.messages) == 1
    assert "refused user and password of COMMENTS_SMTP_URL" in str(wrong)


def test_starttls_is_used_where_it_is_offered(tmp_path: Path) -> None:
    server, trusted = certificate(tmp_path)
    with mail_server(Mailbox(), tls_context=server, require_starttls=True) as box:
        deliver(message(), box.url, trusted=trusted)
        untrusted = failure(box.url)
    assert box.encrypted == [True]
    assert "certificate cannot be trusted" in str(untrusted)


def test_smtps_speaks_tls_from_the_start(tmp_path: Path) -> None:
    server, trusted = certificate(tmp_path)
    with mail_server(Mailbox(), ssl_context=server) as box:
        deliver(message(), box.url.replace("smtp://", "smtps://"), trusted=trusted)
        mixed_up = failure(box.url, timeout_s=2)
    assert len(box.messages) == 1
    assert "may be mixed up" in str(mixed_up) or "did not answer in time" in str(mixed_up)


@pytest.mark.parametrize(
    ("answer", "for_good"), [("451 later", False), ("550 no such mailbox", True), ("452 greylisted", False)]
)
def test_no_for_now_and_no_for_ever_are_told_apart(answer: str, for_good: bool) -> None:
    with mail_server(Mailbox(refuse_recipient=answer)) as box:
        refused = failure(box.url)
    assert refused.for_good is for_good
    assert answer[:3] in str(refused)
    with mail_server(Mailbox(refuse_data=answer)) as box:
        refused = failure(box.url)
    assert refused.for_good is for_good


def test_a_silent_server_costs_only_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        told = failure(f"smtp://127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.3)
    assert time.monotonic() - began < 5
    assert "did not answer in time" in str(told)
    assert not told.for_good


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert f"port {port}: nothing listens there" in str(failure(f"smtp://127.0.0.1:{port}"))


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:25",
        "http://mail.example",
        "smtp://",
        "smtp://h:port",
        "smtp://u@h",
        "smtp://u:a/b@h:25",
        "smtp://h/?x",
    ],
)
def test_a_wrong_setting_is_named_and_never_tried_again(url: str) -> None:
    told = failure(url)
    assert str(told).startswith("COMMENTS_SMTP_URL: ")
    assert told.for_good


def test_a_url_is_read_whole() -> None:
    server = parse_smtp_url("smtps://a%40b:p%2Fw@mail.example")
    assert server == MailServer("mail.example", 465, True, "a@b", "p/w")
    assert "p/w" not in repr(server)
    assert parse_smtp_url("smtp://mail.example").port == 587
