"""The log of mails: each way in which a server can fail leaves a line that tells why, and at most one mail arrives."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from comments_service.notifications.mail_log import MOST_A_DAY, had_its_day
from comments_service.storage.tables import MailTry, OutboxRow
from tests.comments_service.moderation.desk_post import EPOCH, DeskPost, opened
from tests.comments_service.notifications.mail_server import Mailbox


@pytest.fixture
def post(tmp_path: Path) -> Iterator[DeskPost]:
    with opened(tmp_path) as made:
        yield made


def tries(post: DeskPost) -> list[MailTry]:
    found: list[MailTry] = post.stage.write(lambda session: session.scalars(select(MailTry).order_by(MailTry.id)).all())
    return found


def again(post: DeskPost) -> None:
    """The wait for the next try is over."""
    post.stage.write(lambda session: session.execute(update(OutboxRow).values(due_at=EPOCH)))
    post.send()


def one_mail(post: DeskPost) -> None:
    post.mails_to("mona")
    post.stage.comment()
    post.send()


def test_a_mail_that_is_taken_leaves_a_line_without_the_address(post: DeskPost) -> None:
    one_mail(post)
    (line,) = tries(post)
    assert (line.what, line.recipient, line.outcome, line.code) == ("desk_comment", "m•••@•••.example", "taken", 250)
    owner = post.stage.moderator("olga", "owner")
    page = owner.get("/moderation/mail/log").text
    assert "m•••@•••.example" in page
    assert "mona@" not in page


def test_a_greylisting_server_is_tried_again_and_the_mail_arrives_once(post: DeskPost) -> None:
    post.box.refuse_recipient = "450 4.2.0 <mona@news.example> greylisted, come back in 5 minutes"
    one_mail(post)
    post.box.refuse_recipient = ""
    again(post)
    again(post)
    assert [(line.outcome, line.code, line.number) for line in tries(post)] == [("later", 450, 1), ("taken", 250, 2)]
    assert "greylisted, come back" in tries(post)[0].answer
    assert "mona@" not in tries(post)[0].answer
    assert len(post.box.messages) == 1


def test_a_mail_that_is_refused_for_good_is_given_up_until_an_owner_tries_again(post: DeskPost) -> None:
    post.box.refuse_recipient = "550 5.1.1 no such user here"
    one_mail(post)
    (line,) = tries(post)
    assert (line.outcome, line.code) == ("parked", 550)
    assert "no such user here" in line.answer
    owner = post.stage.moderator("olga", "owner")
    page = owner.get("/moderation/mail/log").text
    assert "Given up" in page
    row = page.split('name="row" value="')[1].split('"')[0]
    post.box.refuse_recipient = ""
    owner.post("/moderation/mail/log/retry", "/moderation/mail/log", row=row)
    post.send()
    assert [one.outcome for one in tries(post)] == ["parked", "taken"]
    assert "Given up" not in owner.get("/moderation/mail/log").text
    assert "no such user here" in owner.get("/moderation/mail/log?outcome=parked").text
    assert "no such user here" not in owner.get("/moderation/mail/log?outcome=taken").text


class _Dropping(Mailbox):
    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        server.transport.close()
        return "250 OK"


def test_a_server_that_drops_the_line_or_says_nothing_is_tried_again(tmp_path: Path) -> None:
    from tests.comments_service.moderation.stage import Stage
    from tests.comments_service.notifications.mail_server import mail_server

    with mail_server(_Dropping()) as box:
        post = DeskPost(Stage(tmp_path / "drops", smtp_url=box.url, mail_from="desk@news.example"), box)
        one_mail(post)
        assert [(line.outcome, "ended the connection" in line.answer) for line in tries(post)] == [("later", True)]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        quiet = Stage(tmp_path / "hangs", smtp_url=url, mail_from="desk@news.example", task_limit_s="2")
        post = DeskPost(quiet, Mailbox())
        one_mail(post)
        assert [(line.outcome, "did not answer in time" in line.answer) for line in tries(post)] == [("later", True)]


def test_a_mail_with_nothing_to_tell_says_so(post: DeskPost) -> None:
    from comments_service.tasks.relay import tell_moderators

    post.mails_to("mona")
    comment = post.stage.comment()
    with post.stage.app.app_context():
        tell_moderators(post.stage.runtime)
    post.stage.moderator("otto").post("/moderation/decisions", ids=comment, decision="spam")
    post.send()
    assert [line.outcome for line in tries(post)] == ["nothing"]


def test_one_address_gets_so_many_mails_a_day_and_no_more(post: DeskPost) -> None:
    one_mail(post)
    (line,) = tries(post)
    vault, now = post.stage.runtime.vault, post.stage.runtime.clock()
    assert not post.stage.write(had_its_day, vault, "mona@news.example", now)
    columns = [column.name for column in MailTry.__table__.columns]
    more = {name: getattr(line, name) for name in columns if name != "id"}
    rows = [more] * (MOST_A_DAY - 1)
    post.stage.write(lambda session: session.execute(MailTry.__table__.insert(), rows))
    assert post.stage.write(had_its_day, vault, "Mona@news.example", now)
    assert not post.stage.write(had_its_day, vault, "mia@news.example", now)


def test_an_owner_of_one_site_sees_nothing_of_the_others_mails(post: DeskPost) -> None:
    one_mail(post)
    bound = post.stage.moderator("boris", "owner", "demo")
    page = bound.get("/moderation/mail/log")
    assert page.status_code == 200
    assert "m•••@" not in page.text
    for wrong in ("x", "9" * 40, "-1", "\x00"):
        assert bound.post("/moderation/mail/log/retry", "/moderation/mail/log", row=wrong).status_code == 303
        assert (
            post.stage.moderator(f"o{len(wrong)}{ord(wrong[0])}", "owner")
            .get("/moderation/mail/log", query_string={"before": wrong, "outcome": wrong})
            .status_code
            == 200
        )
