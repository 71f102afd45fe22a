"""The mail to one moderator about one comment, with a link for each decision. Also what all their mails share.

It holds no link and no picture of the comment's author: text is text, web addresses in it are made unclickable, e-mail
addresses are hidden. A site may leave the text out (`mail_shows_text`).
"""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.content.desk_texts import Words
from comments_service.content.excerpt import excerpt
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.decide_links import address_url, decide_url, latest_decision
from comments_service.notifications.means import Means
from comments_service.notifications.titles import unlinked
from comments_service.notifications.to_reader import addressed
from comments_service.privacy.hide import find_addresses, hide_addresses
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, DecideLink, Moderator, ModeratorMail, Site, Thread

_LONGEST_TEXT = 2000  # characters of the comment
_LONGEST_TITLE = 120
_DECIDERS = ("owner", "editor", "moderator")  # a trainee's or viewer's mail has no links that decide


@dataclass(frozen=True, slots=True)
class _Told:
    """What the mail speaks of."""

    link: DecideLink
    comment: Comment
    thread: Thread
    site: Site
    moderator: Moderator
    mail: ModeratorMail


def build_one(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail. None: it has been decided or changed since, or the moderator wants or may get it no more.

    Raises UnfitForMail.
    """
    told = _told(session, payload["link"])
    if told is None or told.mail.sealed is None or not _is_due_still(session, told, means):
        return None
    return addressed(_mail(told, means), told.mail.sealed, means, key)


def stop_link(means: Means, moderator_id: int, sealed: bytes, words: Words) -> Link:
    """The link below each mail to a moderator that ends them all."""
    url = address_url(means, moderator_id, means.vault.open(sealed), "stop")
    return Link(words.gettext("No more of these mails"), url)


def desk_link(means: Means, words: Words) -> Link:
    """The way to the desk."""
    return Link(words.gettext("Open the review desk"), f"{means.settings.public_url}/moderation/")


def _told(session: Session, link_id: str) -> _Told | None:
    row = session.execute(
        select(DecideLink, Comment, Thread, Site, Moderator, ModeratorMail)
        .join(Comment, Comment.id == DecideLink.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Site, Site.id == Comment.site_id)
        .join(Moderator, Moderator.id == DecideLink.moderator_id)
        .join(ModeratorMail, ModeratorMail.moderator_id == Moderator.id)
        .where(DecideLink.public_id == link_id)
    ).one_or_none()
    return None if row is None else _Told(*row)


def _is_due_still(session: Session, told: _Told, means: Means) -> bool:
    link, moderator = told.link, told.moderator
    return (
        not moderator.disabled
        and told.mail.pace != "none"
        and moderator.site_id in {None, told.site.id}
        and link.used_at is None
        and link.expires_at > means.clock()
        and link.revision == told.comment.revision
        and link.after == latest_decision(session, told.comment.id)
    )


def _mail(told: _Told, means: Means) -> Mail:
    words = Words.of(told.moderator.language)
    assert told.mail.sealed is not None
    return Mail(
        subject=f"{_first_line(told, words)} {_site_name(told)}"[:200],
        paragraphs=(*_about(told, words, means.settings), *_small_print(told, words)),
        link=None,
        choices=(*_decisions(told, means, words), _comment_link(told, means, words)),
        stop=stop_link(means, told.moderator.id, told.mail.sealed, words),
        language=words.language,
    )


def _first_line(told: _Told, words: Words) -> str:
    _ = words.gettext
    return {
        "waiting": _("A comment waits for you:"),
        "reported": _("Readers reported a comment:"),
        "notice": _("Notice of illegal content:"),
        "mention": _("A colleague's note names you:"),
        "assigned": _("A colleague asks you to decide:"),
    }[told.link.cause]


def _about(told: _Told, words: Words, settings: Settings) -> tuple[str, ...]:
    _ = words.gettext
    name, title = _one_line(told.comment.name), _one_line(told.thread.title or told.thread.url)
    where = _("%(site)s, under “%(title)s”:", site=_site_name(told), title=title)
    if not _shows_text(told.site, settings):
        return (where, _("The text stays in the desk."))
    text = unlinked(excerpt(told.comment.source, _LONGEST_TEXT, find_hidden=find_addresses))
    return (where, _("%(name)s wrote:", name=name), text)


def _small_print(told: _Told, words: Words) -> tuple[str, ...]:
    _ = words.gettext
    if told.moderator.role not in _DECIDERS:
        return ()
    return (
        _(
            "Each link opens a page that shows the comment and asks once more. They are good for seven days and for one"
            " decision, which is logged as yours. Whoever has this mail can use them: do not pass it on."
        ),
    )


def _decisions(told: _Told, means: Means, words: Words) -> tuple[Link, ...]:
    if told.moderator.role not in _DECIDERS:
        return ()
    _ = words.gettext
    keeps = told.comment.status == "approved"
    labels = {
        "approve": _("Keep it") if keeps else _("Approve"),
        "reject": _("Reject…"),
        "spam": _("Spam"),
        "delete": _("Delete"),
    }
    return tuple(Link(label, decide_url(means, told.link.public_id, action)) for action, label in labels.items())


def _comment_link(told: _Told, means: Means, words: Words) -> Link:
    label = words.gettext("See it in the review desk")
    return Link(label, f"{means.settings.public_url}/moderation/comments/{told.comment.public_id}")


def _shows_text(site: Site, settings: Settings) -> bool:
    return bool(site.settings.get("mail_shows_text", settings.site_defaults.mail_shows_text))


def _site_name(told: _Told) -> str:
    return " ".join(told.site.name.split())


def _one_line(text: str) -> str:
    """A stranger's words on one line, without addresses and links."""
    line = unlinked(" ".join(hide_addresses(text).split()))
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"
