"""Moderators' own mails, and deciding from one: there the link is the right, whoever is logged in or not."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from sqlalchemy import select

from comments_service.moderation.moderators import credentials
from comments_service.notifications.decide_links import address_url, decide_url, new_link
from comments_service.notifications.mail_choice import ask_address
from comments_service.storage.tables import Comment
from comments_service.web.context import RUNTIME
from tests.comments_service.moderation.access_rows.row import ALLOWED, Row
from tests.comments_service.moderation.stage import Stage


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def _decide(stage: Stage, comment: str) -> dict[str, str]:
    """Links of a mail to iris about the comment."""
    stage.account("iris")
    iris = stage.write(credentials, "iris")
    comment_id = stage.write(lambda session: session.scalar(select(Comment.id).where(Comment.public_id == comment)))
    link = stage.write(
        new_link, moderator_id=iris.id, comment_id=comment_id, revision=1, cause="waiting", now=stage.runtime.clock()
    )
    path = _path(decide_url(stage.runtime, link, "spam"))
    return {"link": path, "undo": path.replace("/spam?", "/spam/undo?")}


def _address(stage: Stage, _comment: str) -> dict[str, str]:
    """The link of the mail that asks iris whether an address is hers."""
    stage.account("iris")
    iris, runtime = stage.write(credentials, "iris"), stage.runtime
    stage.write(ask_address, iris.id, "iris@news.example", runtime.vault, runtime.clock())
    return {"link": _path(address_url(runtime, iris.id, "iris@news.example", "confirm"))}


def _mail_server(stage: Stage, _comment: str) -> dict[str, str]:
    """The settings of a service that sends mail."""
    settings = stage.runtime.settings.model_copy(
        update={"smtp_url": "smtp://127.0.0.1:9", "mail_from": "a@news.example"}
    )
    stage.app.extensions[RUNTIME] = replace(stage.runtime, settings=settings)
    return {}


def _by_link(method: str, place: str, makes: Callable[[Stage, str], dict[str, str]]) -> Row:
    return Row(method, place, "viewer", ALLOWED, stranger=ALLOWED, makes=makes)


ROWS = {
    "moderation_desk.mail": Row("GET", "/moderation/mail", "viewer", ALLOWED),
    "moderation_desk.choose_mail": Row(
        "POST", "/moderation/mail", "viewer", ALLOWED, fields=(("pace", "daily"), ("hour", "6"), ("about", "waiting"))
    ),
    "moderation_desk.mail_address": Row(
        "POST",
        "/moderation/mail/address",
        "viewer",
        ALLOWED,
        fields=(("address", "iris@news.example"),),
        makes=_mail_server,
    ),
    "moderation_desk.forget_mail_address": Row("POST", "/moderation/mail/forget", "viewer", ALLOWED),
    "moderation_desk.mail_log": Row("GET", "/moderation/mail/log", "owner", ALLOWED),
    "moderation_desk.retry_mail": Row("POST", "/moderation/mail/log/retry", "owner", ALLOWED, fields=(("row", "1"),)),
    "moderation_desk.mail_check": Row("GET", "/moderation/mail/check", "owner", ALLOWED),
    "moderation_desk.run_mail_check": Row("POST", "/moderation/mail/check", "owner", ALLOWED),
    "moderation_desk.by_mail": _by_link("GET", "{link}", _decide),
    "moderation_desk.decide_from_mail": _by_link("POST", "{link}", _decide),
    "moderation_desk.undo_from_mail": _by_link("POST", "{undo}", _decide),
    "moderation_desk.own_address": _by_link("GET", "{link}", _address),
    "moderation_desk.confirm_own_address": _by_link("POST", "{link}", _address),
}
