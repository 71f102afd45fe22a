"""An author changes, withdraws or brings back a comment within the site's edit window. What comes is judged again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from comments_service.comments.submit import JUDGE, judge_key, keep_findings, keep_revision, rendered
from comments_service.content.render import RENDERER_VERSION
from comments_service.outbox.enqueue import enqueue
from comments_service.screening.checks.duplicates import check_duplicate, text_digest
from comments_service.screening.evidence import HOLD, Finding, Refused
from comments_service.screening.intake import Source, check_content
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Address, Comment, Evidence, Revision, Thread

# Carries out one transition; handed in, since deciding lives beside this package and not below it.
Decide = Callable[..., object]


@dataclass(frozen=True)
class Rights:
    """What an author may still do with a comment."""

    may_edit: bool
    may_withdraw: bool
    may_restore: bool


def own_comment(session: Session, site_id: int, public_id: str) -> Comment | None:
    """A site's comment by its public id; the edit token has been checked by the caller."""
    return session.scalar(select(Comment).where(Comment.public_id == public_id, Comment.site_id == site_id))


def rights(comment: Comment, settings: SiteSettings, now: datetime) -> Rights:
    """All need the window. What is edited must not be removed, what is brought back must have words left.

    Whether it was the author who removed it, the transition table tells (`moderation.transitions`).
    """
    within = now - comment.created_at <= timedelta(seconds=settings.edit_window_s)
    return Rights(
        may_edit=within and comment.status in {"pending", "approved"},
        may_withdraw=within and comment.status != "deleted",
        may_restore=within and comment.status == "deleted" and comment.source != "",
    )


def edit(
    session: Session,
    comment: Comment,
    body: str,
    settings: SiteSettings,
    *,
    network: str,
    now: datetime,
    decide: Decide,
) -> None:
    """Replace the text by `body` (checked for length already). Raises Refused when it may not be edited any more,
    or when its author has said the new text in this thread already.
    """
    if not rights(comment, settings, now).may_edit:
        raise Refused("closed", "The time for editing this comment is over.")
    if body == comment.source:
        return
    _new_revision(session, comment, "edit", body, settings, network=network, now=now, decide=decide)
    touch_thread(session, comment.thread_id)


def restore(
    session: Session, comment: Comment, settings: SiteSettings, *, network: str, now: datetime, decide: Decide
) -> None:
    """Take the author's deletion back: the comment is checked and judged as if it came anew, at a new revision.

    Raises Refused after the edit window, or when its author has said the same in this thread again; and what `decide`
    raises where it was not the author who deleted it. One that is not deleted stays as it is.
    """
    if comment.status != "deleted":
        return
    if not rights(comment, settings, now).may_restore:
        raise Refused("closed", "The time for bringing this comment back is over. You can write it anew.")
    _new_revision(session, comment, "restore", comment.source, settings, network=network, now=now, decide=decide)


def _new_revision(
    session: Session,
    comment: Comment,
    action: str,
    body: str,
    settings: SiteSettings,
    *,
    network: str,
    now: datetime,
    decide: Decide,
) -> None:
    decide(session, comment.id, actor="author", action=action, revision=comment.revision, now=now)
    revision = comment.revision + 1
    found = [
        *_of_the_sender(session, comment),
        *_after_a_moderator(session, comment),
        *_checked_again(session, comment, body, settings, network, now),
    ]
    session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(
            source=body,
            html=rendered(body),
            html_version=RENDERER_VERSION,
            text_digest=text_digest(body),
            revision=revision,
            edited_at=now if body != comment.source else comment.edited_at,
        )
        .execution_options(synchronize_session=False)
    )
    keep_revision(session, comment.id, revision, comment.name, comment.website, body, "author", now)
    keep_findings(session, comment.id, revision, found, now)
    enqueue(session, JUDGE, judge_key(comment.id, revision), {}, now)
    session.expire(comment)


def withdraw(session: Session, comment: Comment, settings: SiteSettings, *, now: datetime, decide: Decide) -> None:
    """Delete on the author's wish. Raises Refused after the edit window; deleting twice is not an error."""
    if comment.status == "deleted":
        return
    if not rights(comment, settings, now).may_withdraw:
        raise Refused("closed", "The time for deleting this comment is over. Ask the site's moderators instead.")
    decide(session, comment.id, actor="author", action="delete", revision=comment.revision, now=now)
    touch_thread(session, comment.thread_id)


def _checked_again(
    session: Session, comment: Comment, body: str, settings: SiteSettings, network: str, now: datetime
) -> list[Finding]:
    """All checks of a text, for one that takes the place of another."""
    repetition = check_duplicate(
        session,
        site_id=comment.site_id,
        thread_id=comment.thread_id,
        digest=text_digest(body),
        address_id=comment.address_id,
        network_digest=comment.network_digest,
        since=timedelta(seconds=settings.duplicate_window_s),
        most=settings.max_repetitions,
        now=now,
        besides=comment.id,
    )
    blind_index = _blind_index(session, comment.address_id)
    source = Source(network, comment.network_digest, blind_index, comment.address_id)
    checked = check_content(session, comment.site_id, settings, source, comment.name, comment.website, body, now)
    return [repetition, *checked]


def _of_the_sender(session: Session, comment: Comment) -> list[Finding]:
    """What was found about who sent it: true of every later text, so that no edit washes off a filled trap."""
    statement = select(Evidence.check_name, Evidence.weight, Evidence.detail).where(
        Evidence.comment_id == comment.id,
        Evidence.revision == comment.revision,
        Evidence.check_name.in_(("honeypot", "form_token")),
    )
    return [Finding(*row) for row in session.execute(statement.order_by(Evidence.id))]


def _after_a_moderator(session: Session, comment: Comment) -> list[Finding]:
    """Where a moderator has taken something out, the author may not put it back past them."""
    masked = select(Revision.id).where(Revision.comment_id == comment.id, Revision.written_by == "moderator")
    if session.scalar(masked.limit(1)) is None:
        return []
    return [Finding("moderated_text", HOLD, "A moderator had taken a passage out; the author has written anew.")]


def touch_thread(session: Session, thread_id: int) -> None:
    """Tell every cache that the thread's public answer may have changed."""
    session.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values(version=Thread.version + 1)
        .execution_options(synchronize_session=False)
    )


def _blind_index(session: Session, address_id: int | None) -> str:
    if address_id is None:
        return ""
    return session.scalar(select(Address.blind_index).where(Address.id == address_id)) or ""
