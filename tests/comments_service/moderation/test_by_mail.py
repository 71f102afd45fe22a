"""Deciding from a mail: one click, once, by whoever may; and nothing at all by looking."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from comments_service.moderation.moderators import set_disabled, set_role
from comments_service.moderation.sites import change_settings
from comments_service.settings import SiteSettings
from comments_service.storage.base import Base
from comments_service.storage.tables import Comment, Decision
from tests.comments_service.moderation.desk_post import DeskPost, link, links_of, opened, text_of
from tests.comments_service.moderation.stage import TOKEN, Visitor
from tests.stacks.servers import new_postgres_database


@pytest.fixture
def post(tmp_path: Path) -> Iterator[DeskPost]:
    with opened(tmp_path) as made:
        yield made


def click(visitor: Visitor, path: str, *, undo: bool = False, **fields: str) -> TestResponse:
    """Open a mail's link and press the page's button."""
    token = TOKEN.search(visitor.get(path).text)
    assert token is not None
    way, _, query = path.partition("?")
    where = f"{way}/undo?{query}" if undo else path
    return visitor.client.post(where, data={**fields, "csrf_token": token[1]}, follow_redirects=True)


def decisions(post: DeskPost, comment: str) -> list[Any]:
    statement = select(Decision.actor, Decision.action, Decision.moderator_id, Decision.note, Decision.reason)
    of_it = statement.join(Comment, Comment.id == Decision.comment_id).where(Comment.public_id == comment)
    found: list[Any] = post.stage.write(lambda session: session.execute(of_it.order_by(Decision.id)).all())
    return [tuple(row) for row in found if row.actor == "moderator"]


def everything(post: DeskPost) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with post.stage.app.app_context(), post.stage.runtime.reading() as session:
        return {
            name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
            for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [
        ("approve", {}, "approved"),
        ("reject", {"reject_reason": "insult"}, "rejected"),
        ("spam", {}, "spam"),
        ("delete", {}, "deleted"),
    ],
)
def test_one_click_decides_as_that_moderator(post: DeskPost, action: str, fields: dict[str, str], status: str) -> None:
    mona = post.mails_to("mona")
    comment = post.stage.comment("Are the herons *back*?", name="Ada")
    (mail,) = post.send()
    assert "Are the herons back?" in text_of(mail)
    page = click(post.stage.visitor(), link(mail, action), **fields)
    assert page.status_code == 200
    assert "You decided by this link" in page.text
    assert post.stage.status(comment) == status
    assert decisions(post, comment) == [("moderator", action, mona, "by mail", fields.get("reject_reason", ""))]


def test_the_page_shows_what_the_desk_shows_and_asks_for_one_click(post: DeskPost) -> None:
    post.mails_to("mona")
    post.stage.comment("Write to me: eva@home.example <b>now</b>", address="ada@mail.example")
    (mail,) = post.send()
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert answer.status_code == 200
    assert "Approve this comment?" in answer.text
    assert "a•••@•••.example" in answer.text
    assert "eva@home.example" not in answer.text + mail.as_string()
    assert "ada@mail.example" not in answer.text + mail.as_string()
    drawn = mail.get_body(("html",))
    assert drawn is not None
    assert "<b>now</b>" not in answer.text + drawn.get_content()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_fetches_every_link_changes_nothing(post: DeskPost) -> None:
    """Mail scanners, link previews, and browsers that fetch ahead with the moderator's own cookies."""
    post.mails_to("mona")
    post.mails_to("olga", "hourly")
    post.stage.comment()
    post.stage.comment(site="demo", machine="approve", reports=[("spam", "")])
    reader = post.stage.moderator("nina")
    reader.post("/moderation/mail/address", "/moderation/mail", address="nina@news.example")
    mails = post.send()
    assert len(mails) == 4
    visitors = [post.stage.visitor(), post.stage.moderator("vera"), reader]
    for visitor in visitors:
        visitor.get("/moderation/mail")
    before = everything(post)
    for visitor in visitors:
        for mail in mails:
            for path in links_of(mail):
                assert visitor.get(path).status_code in {200, 302}
                assert visitor.client.head(path).status_code in {200, 302}
    assert everything(post) == before


def test_a_form_that_was_not_shown_decides_nothing(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    for action in ("approve", "spam", "delete"):
        assert post.stage.app.test_client().post(link(mail, action)).status_code == 403
    assert post.stage.status(comment) == "pending"


def test_a_used_link_says_so_and_offers_the_way_back(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    phone = post.stage.visitor()
    click(phone, link(mail, "spam"))
    again = phone.get(link(mail, "approve"))
    assert "You decided by this link" in again.text
    assert 'formaction="approve"' not in again.text
    page = click(phone, link(mail, "spam"), undo=True)
    assert "Is this comment spam?" in page.text
    assert post.stage.status(comment) == "pending"
    click(phone, link(mail, "approve"))
    assert [row[1] for row in decisions(post, comment)] == ["spam", "undo", "approve"]
    assert post.stage.published() == [comment]


def test_a_used_link_decides_no_second_time(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    phone = post.stage.visitor()
    token = TOKEN.search(phone.get(link(mail, "approve")).text)
    assert token is not None
    for action in ("approve", "delete", "spam"):
        phone.client.post(link(mail, action), data={"csrf_token": token[1]})
    assert [row[1] for row in decisions(post, comment)] == ["approve"]


def test_after_seven_days_the_link_says_that_it_has_expired(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    post.later(days=7, minutes=1)
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert answer.status_code == 410
    assert "expired" in answer.text
    assert comment not in answer.text, "an old mail betrays nothing"


@pytest.mark.parametrize("part", ["token", "action", "link", "former secret"])
def test_a_forged_link_is_worth_nothing(post: DeskPost, tmp_path: Path, part: str) -> None:
    post.mails_to("mona")
    post.stage.comment()
    (mail,) = post.send()
    good = link(mail, "approve")
    forged = {
        "token": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "action": good.replace("/approve", "/delete"),
        "link": good.replace("/by-mail/", "/by-mail/%00x"),
        "former secret": good[: good.index("token=")] + "token=" + "0" * 12 + "." + "A" * 43,
    }[part]
    answer = post.stage.visitor().get(forged)
    assert answer.status_code == 404
    assert "damaged" in answer.text


def test_a_comment_that_changed_since_is_not_decided_unread(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    post.stage.write(lambda session: session.execute(update(Comment).values(revision=2, source="Buy pills.")))
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert (answer.status_code, "The comment has changed" in answer.text) == (409, True)
    assert "Buy pills" not in answer.text
    assert post.stage.status(comment) == "pending"


def test_a_colleague_who_was_quicker_is_named(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    post.stage.moderator("otto").post("/moderation/decisions", ids=comment, decision="spam")
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert answer.status_code == 409
    assert "Somebody was quicker" in answer.text
    assert "Otto" in answer.text
    assert post.stage.status(comment) == "spam"


@pytest.mark.parametrize("change", ["shut out", "trainee", "other site", "forgot the address"])
def test_who_may_not_decide_any_more_decides_by_no_old_mail(post: DeskPost, change: str) -> None:
    post.stage.add_site("other")
    mona = post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    other = post.stage.site_ids["other"]
    if change == "shut out":
        post.stage.write(set_disabled, "mona", disabled=True)
    elif change == "trainee":
        post.stage.write(set_role, "mona", role="trainee", site_id=None)
    elif change == "other site":
        post.stage.write(set_role, "mona", role="owner", site_id=other)
    else:
        from comments_service.notifications.mail_choice import forget_address

        post.stage.write(forget_address, mona, post.stage.runtime.clock())
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert answer.status_code == (410 if change == "forgot the address" else 403)
    assert post.stage.status(comment) == "pending"
    assert 'name="csrf_token"' not in answer.text


def test_trainees_and_viewers_get_no_links_that_decide(post: DeskPost) -> None:
    post.mails_to("tina", role="trainee")
    post.mails_to("vera", role="viewer")
    post.stage.comment()
    mails = post.send()
    assert len(mails) == 2
    assert not [path for mail in mails for path in links_of(mail) if "by-mail" in path]


def test_a_rejection_needs_a_reason_that_the_author_can_read(post: DeskPost) -> None:
    post.mails_to("mona")
    comment = post.stage.comment()
    (mail,) = post.send()
    page = click(post.stage.visitor(), link(mail, "reject"), reject_reason="because")
    assert page.status_code == 422
    assert "Choose a reason" in page.text
    assert post.stage.status(comment) == "pending"


def test_a_site_may_ask_for_a_login_and_keep_texts_out_of_mails(post: DeskPost) -> None:
    post.mails_to("mona")
    changes = {"mail_decides": "false", "mail_shows_text": "false"}
    post.stage.write(change_settings, "demo", changes, SiteSettings())
    comment = post.stage.comment("Nothing for other eyes.", name="Rosalind")
    (mail,) = post.send()
    assert "other eyes" not in mail.as_string()
    assert "Rosalind" not in mail.as_string()
    answer = post.stage.visitor().get(link(mail, "approve"))
    assert "Log in to decide" in answer.text
    assert "other eyes" not in answer.text
    token = post.stage.visitor().token("/moderation/login")
    post.stage.app.test_client().post(link(mail, "approve"), data={"csrf_token": token})
    assert post.stage.status(comment) == "pending"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_two_clicks_at_once_one_decides(tmp_path: Path, kind: str) -> None:
    url = new_postgres_database() if kind == "postgresql" else ""
    with opened(tmp_path, database_url=url) as post:
        post.mails_to("mona")
        post.mails_to("otto")
        comment = post.stage.comment()
        mails = post.send()
        assert len(mails) == 2
        ways = [(mail, action) for mail in mails for action in ("approve", "delete")]
        phones = [(post.stage.visitor(), link(mail, action)) for mail, action in ways]
        with ThreadPoolExecutor(len(phones)) as pool:
            list(pool.map(lambda pair: click(*pair), phones))
        assert len(decisions(post, comment)) == 1
        number = post.stage.write(lambda session: session.scalar(select(func.count()).select_from(Decision)))
        assert number == 2, "the machine's and one moderator's"
