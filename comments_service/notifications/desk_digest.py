"""The mail that tells one moderator how much waits, and where; what the comments say stays in the desk."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.content.desk_texts import Words
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.desk_mail import desk_link, stop_link
from comments_service.notifications.desk_promises import MOST_AN_HOUR
from comments_service.notifications.means import Means
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import Waiting, waiting_on
from comments_service.storage.tables import Assignment, Comment, Mention, Moderator, ModeratorMail, Report, Site


def build_digest(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The promised mail, from how things stand now. None: nothing waits any more, or they want no mails any more.

    Raises UnfitForMail.
    """
    row = session.execute(
        select(ModeratorMail, Moderator)
        .join(Moderator, Moderator.id == ModeratorMail.moderator_id)
        .where(Moderator.id == payload["moderator"], ~Moderator.disabled)
    ).one_or_none()
    if row is None or row.ModeratorMail.sealed is None or row.ModeratorMail.pace == "none":
        return None
    mail, moderator = row
    words, about = Words.of(moderator.language), mail.about.split()
    lines = (
        *_waits(waiting_on(session, moderator.site_id), about, means, words),
        *(_reported(session, moderator.site_id, words) if "reported" in about else ()),
        *(_of_colleagues(session, moderator.id, words) if "colleagues" in about else ()),
    )
    if not lines:
        return None
    stop = stop_link(means, moderator.id, row.ModeratorMail.sealed, words)
    told = _mail(lines, stop, means, words, over=bool(payload["over"]))
    return addressed(told, row.ModeratorMail.sealed, means, key)


def _mail(lines: tuple[str, ...], stop: Link, means: Means, words: Words, *, over: bool) -> Mail:
    _ = words.gettext
    why = _(
        "You asked for each comment at once. There were more than %(most)s in an hour,"
        " so the rest come as this one mail.",
        most=MOST_AN_HOUR,
    )
    return Mail(
        subject=_("What waits at the review desk"),
        paragraphs=(*((why,) if over else ()), *lines),
        link=desk_link(means, words),
        stop=stop,
        language=words.language,
    )


def _waits(found: list[Waiting], about: list[str], means: Means, words: Words) -> tuple[str, ...]:
    lines = []
    for waiting in found:
        name = " ".join(waiting.site_name.split())
        undecided = waiting.count - waiting.noticed - waiting.appealed
        if "waiting" in about and undecided:
            many = words.ngettext(
                "%(num)s comment waits on %(site)s", "%(num)s comments wait on %(site)s", undecided, site=name
            )
            oldest = words.gettext("the oldest for %(span)s", span=_span(means.clock() - waiting.oldest, words))
            lines.append(f"{many}, {oldest}.")
        if "notices" in about and waiting.noticed:
            lines.append(
                words.ngettext(
                    "%(num)s comment on %(site)s has a notice of illegal content.",
                    "%(num)s comments on %(site)s have a notice of illegal content.",
                    waiting.noticed,
                    site=name,
                )
            )
        if "notices" in about and waiting.appealed:
            lines.append(
                words.ngettext(
                    "%(num)s author on %(site)s objects to a decision.",
                    "%(num)s authors on %(site)s object to a decision.",
                    waiting.appealed,
                    site=name,
                )
            )
    return tuple(lines)


def _reported(session: Session, site_id: int | None, words: Words) -> tuple[str, ...]:
    statement = (
        select(Site.name, func.count(Comment.id.distinct()))
        .join(Comment, Comment.site_id == Site.id)
        .join(Report, Report.comment_id == Comment.id)
        .where(Report.settled_at.is_(None), Comment.status == "approved")
        .group_by(Site.id, Site.name)
        .order_by(Site.id)
    )
    if site_id is not None:
        statement = statement.where(Site.id == site_id)
    return tuple(
        words.ngettext(
            "Readers reported %(num)s comment on %(site)s.",
            "Readers reported %(num)s comments on %(site)s.",
            count,
            site=" ".join(name.split()),
        )
        for name, count in session.execute(statement)
    )


def _of_colleagues(session: Session, moderator_id: int, words: Words) -> tuple[str, ...]:
    given = select(func.count()).where(
        Assignment.moderator_id == moderator_id,
        Assignment.assigned_by != moderator_id,
        Assignment.settled_at.is_(None),
    )
    named = select(func.count()).where(Mention.moderator_id == moderator_id, Mention.read_at.is_(None))
    gave, names = session.scalar(given) or 0, session.scalar(named) or 0
    return (
        *(
            [words.ngettext("Colleagues gave you %(num)s comment.", "Colleagues gave you %(num)s comments.", gave)]
            if gave
            else []
        ),
        *([words.ngettext("%(num)s note names you.", "%(num)s notes name you.", names)] if names else []),
    )


def _span(span: timedelta, words: Words) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return words.ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 2880:
        return words.ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return words.ngettext("%(num)s day", "%(num)s days", minutes // 1440)
