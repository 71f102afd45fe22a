"""Deciding from a mail: what a link of `notifications.decide_links` is worth now, using it once, taking it back.

Looking changes nothing. A link is used up by one decision; undoing that decision gives it back. Everything is looked
at again under the lock of the comment's thread, so that of two clicks at once one decides.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.context import Item, put_into_context
from comments_service.moderation.decide import Conflict, decide, undo
from comments_service.moderation.last_decisions import LastDecision, last_decisions
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.sites import site_settings
from comments_service.moderation.transitions import LIVE, MODERATOR
from comments_service.notifications.decide_links import Verdict, decide_token, latest_decision
from comments_service.privacy.addresses import AddressVault
from comments_service.privacy.keys import Keys
from comments_service.settings import SiteSettings
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Comment, DecideLink, Moderator, Site

NOTE = "by mail"  # beside the decision in the log
_MAY_DECIDE = ("owner", "editor", "moderator")

State = Literal["good", "login", "forged", "expired", "used", "barred", "edited", "decided"]


class NoReason(ValueError):
    """A rejection needs one of REJECTION_REASONS."""


@dataclass(frozen=True, slots=True)
class ByMail:
    """What a link is worth. Without the comment where it is worth nothing: `item` is then None.

    used: it has decided, and `can_undo` says whether that is still the latest word. decided: somebody was quicker, see
    `last`. barred: its moderator may not decide about this comment any more. login: the site wants a login first.
    """

    state: State
    moderator: str = ""
    item: Item | None = None
    last: LastDecision | None = None
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    link: DecideLink
    comment: Comment
    moderator: Moderator
    site: Site


@dataclass(frozen=True, slots=True)
class Asked:
    """One click: which link and action, by which token, judged by which keys at which moment.

    `defaults` are the installation's settings of sites.
    """

    link_id: str
    action: str
    token: str
    keys: Keys
    now: datetime
    defaults: SiteSettings

    @property
    def verdict(self) -> Verdict:
        return decide_token(self.keys, self.link_id, self.action, self.token, self.now)


def look(session: Session, asked: Asked, vault: AddressVault) -> ByMail:
    """What the link is worth now, with the comment to be shown. Changes nothing."""
    if asked.verdict == "forged":
        return ByMail("forged")
    found = _find(session, asked.link_id)
    if found is None:
        return ByMail("expired")
    return _seen(session, found, _state(session, found, asked), asked, vault)


def decide_by_mail(session: Session, asked: Asked, vault: AddressVault, *, reason: str = "") -> ByMail:
    """Carry out the link's action, once, as its moderator's decision; what the link is worth afterwards.

    Where it is worth nothing any more, nothing is done. `reason` is one of REJECTION_REASONS for a rejection; raises
    NoReason.
    """
    found = _locked(session, asked)
    state = "forged" if found is None else _state(session, found, asked)
    if found is None or state != "good":
        return look(session, asked, vault)
    if asked.action == "reject" and reason not in REJECTION_REASONS:
        raise NoReason
    try:
        done = decide(
            session,
            found.comment.id,
            actor=MODERATOR,
            action=asked.action,
            now=asked.now,
            revision=found.link.revision,
            moderator_id=found.moderator.id,
            reason=reason if asked.action == "reject" else "",
            note=NOTE,
        )
    except Conflict:  # its author changed it a moment ago
        return look(session, asked, vault)
    found.link.used_at, found.link.decision_id = asked.now, done.decision_id
    session.flush()
    return _seen(session, found, "used", asked, vault)


def undo_by_mail(session: Session, asked: Asked, vault: AddressVault) -> ByMail:
    """Take back what the link decided, while nobody has decided since; the link is good again. Else nothing is done."""
    found = _locked(session, asked)
    if found is None or not _can_undo(session, found, asked):
        return look(session, asked, vault)
    assert found.link.decision_id is not None
    try:
        undone = undo(
            session, found.link.decision_id, moderator_id=found.moderator.id, now=asked.now, note=NOTE
        ).decision_id
    except Conflict:
        return look(session, asked, vault)
    found.link.used_at, found.link.decision_id, found.link.after = None, None, undone
    session.flush()
    return _seen(session, found, "good", asked, vault)


def _find(session: Session, link_id: str) -> _Found | None:
    row = session.execute(
        select(DecideLink, Comment, Moderator, Site)
        .join(Comment, Comment.id == DecideLink.comment_id)
        .join(Moderator, Moderator.id == DecideLink.moderator_id)
        .join(Site, Site.id == Comment.site_id)
        .where(DecideLink.public_id == link_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return None if row is None else _Found(*row)


def _locked(session: Session, asked: Asked) -> _Found | None:
    """The link's rows as they are once nobody else can decide about its comment."""
    if asked.verdict != "good":
        return None
    comment_id = session.scalar(select(DecideLink.comment_id).where(DecideLink.public_id == asked.link_id))
    if comment_id is None:
        return None
    lock_threads(session, Comment.id == comment_id)
    return _find(session, asked.link_id)


def _state(session: Session, found: _Found, asked: Asked) -> State:
    link = found.link
    if _is_barred(found):
        return "barred"
    if link.used_at is not None:
        return "used"
    if asked.verdict == "expired" or link.expires_at <= asked.now:
        return "expired"
    if link.revision != found.comment.revision:
        return "edited"
    if link.after != latest_decision(session, link.comment_id) or found.comment.status not in LIVE:
        return "decided"
    return "good" if site_settings(found.site, asked.defaults).mail_decides else "login"


def _is_barred(found: _Found) -> bool:
    moderator = found.moderator
    return (
        moderator.disabled
        or moderator.role not in _MAY_DECIDE
        or moderator.site_id not in {None, found.comment.site_id}
    )


def _can_undo(session: Session, found: _Found, asked: Asked) -> bool:
    link = found.link
    return (
        not _is_barred(found)
        and asked.verdict == "good"
        and link.expires_at > asked.now
        and link.used_at is not None
        and link.decision_id == latest_decision(session, link.comment_id)
    )


def _seen(session: Session, found: _Found, state: State, asked: Asked, vault: AddressVault) -> ByMail:
    """The comment is shown for a link that is good or was used; whoever holds another learns nothing about it."""
    shows = state in {"good", "used"} and asked.verdict == "good" and found.link.expires_at > asked.now
    return ByMail(
        state,
        moderator=found.moderator.name,
        item=put_into_context(session, [found.comment], vault)[0] if shows else None,
        last=last_decisions(session, [found.comment.id]).get(found.comment.id) if state != "barred" else None,
        can_undo=shows and state == "used" and _can_undo(session, found, asked),
    )
