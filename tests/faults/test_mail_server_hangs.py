"""A mail server that takes connections and then says nothing: mails wait for it, comments do not."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comments_service.notifications.waiting_mail import MAIL, WAITING, short_digest
from comments_service.outbox.enqueue import enqueue
from comments_service.runtime import open_runtime
from tests.faults.conftest import QUICK
from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack, installed
from tests.stacks.waiting import until

BEGUN = "SELECT count(*) FROM outbox WHERE kind = 'mail' AND tries > 0"
MAILS = 20  # each keeps a process busy for a second and more
QUICK_ENOUGH_S = 3.0  # for a comment's decision, on a busy machine


@contextmanager
def silent_server() -> Iterator[str]:
    """The URL of a server that never greets."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def mailing(tmp_path: Path) -> Iterator[Stack]:
    with silent_server() as url:
        changes = {**QUICK, "task_limit_s": "6", "smtp_url": url, "mail_from": "desk@news.example"}
        with installed("sqlite", tmp_path, moderators_mail="vera@news.example", **changes) as stack:
            yield stack


def test_comments_are_decided_while_every_mail_hangs(mailing: Stack) -> None:
    runtime = open_runtime(mailing.settings)
    site = mailing.rows("SELECT id FROM sites")[0][0]
    mailing.start("web", "worker", "relay")
    mailing.wait_ready()
    reader = Reader(mailing.base_url)
    expect_each_decided_once(mailing, [reader.post().json()["id"]])
    mailing.write("UPDATE comments SET status = 'pending', awaits = 'human'")
    with runtime.transaction() as session:
        for number in range(MAILS):
            payload = {"what": WAITING, "site_id": site, "recipient": short_digest("vera@news.example")}
            enqueue(session, MAIL, f"hang:{number}", payload, datetime.now(UTC))
    until(lambda: mailing.rows(BEGUN)[0][0] > 0, "a mail is under way", 20)
    for _ in range(4):
        began = time.monotonic()
        posted = reader.post().json()["id"]
        until(lambda one=posted: _is_decided(mailing, one), "decided", 30)
        assert time.monotonic() - began < QUICK_ENOUGH_S
    assert mailing.rows("SELECT count(*) FROM outbox WHERE kind = 'mail' AND done_at IS NOT NULL")[0][0] == 0


def _is_decided(stack: Stack, public_id: str) -> bool:
    return stack.rows("SELECT awaits FROM comments WHERE public_id = :id", id=public_id)[0][0] != "machine"
