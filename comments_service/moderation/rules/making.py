"""Rules one at a time: drafted from what was typed or from a comment, added, removed, put back."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.rules.changes import By, log_change, rules_changed
from comments_service.moderation.rules.errors import NoSuchRule, RuleError
from comments_service.screening.rules.patterns import BadPattern, clean_pattern
from comments_service.storage.tables import RULE_ACTIONS, RULE_KINDS, Address, Ban, Comment, Site
from comments_service.storage.upsert import insert_row

TYPED_KINDS = ("word", "domain", "network")
FROM_COMMENT = ("address", "network_day")
TERMS: dict[str, timedelta | None] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "never": None,
}
LONGEST_NOTE = 1000  # characters


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule as somebody asks for it. `comment` is a public id: for its author, its network, or as the occasion."""

    kind: str
    typed: str = ""
    comment: str = ""
    action: str = "spam"
    term: str = "month"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule that can be tried or added: `pattern` in the form that rules are kept in, for one site."""

    site_id: int
    kind: str
    pattern: str
    action: str
    expires_at: datetime | None
    note: str
    comment_id: int | None


def draft(session: Session, site_ids: SiteIds, wanted: Wanted, now: datetime) -> Draft:
    """What `wanted` means. Raises RuleError, and NoSuchRule for a comment that is not on these sites.

    Without a comment `site_ids` has to be one site.
    """
    _check_choices(wanted)
    note, ends = wanted.note.strip(), TERMS[wanted.term]
    expires_at = now + ends if ends else None
    comment = _comment(session, site_ids, wanted.comment) if wanted.comment else None
    if comment is None and len(site_ids) != 1:
        raise RuleError("site", "site", "Choose the site that the rule is for.")
    site_id = comment.site_id if comment else site_ids[0]
    found = Draft(site_id, wanted.kind, "", wanted.action, expires_at, note, comment.id if comment else None)
    if wanted.kind in TYPED_KINDS:
        try:
            return replace(found, pattern=clean_pattern(wanted.kind, wanted.typed))
        except BadPattern as error:
            raise RuleError(error.code, "pattern", str(error)) from None
    if comment is None:
        raise RuleError("comment", "comment", "Name the comment whose author or network is meant.")
    if wanted.kind == "address":
        return replace(found, pattern=_author_of(session, comment))
    return replace(found, pattern=_network_of(comment, now), expires_at=_end_of_day(now))


@dataclass(frozen=True, slots=True)
class Added:
    """A rule that is in force now. `change_id` is None where the same one was in force before."""

    rule_id: int
    change_id: int | None


def add_rule(session: Session, new: Draft, by: By) -> Added:
    """Put a draft into force, once. Raises RuleError where there is one with another action or end."""
    _lock(session, new.site_id)
    standing = _standing(session, new, by.now)
    if standing is not None:
        # Twice the same click is no mistake; but what was asked for must not silently be something else.
        if standing.action == new.action and (standing.expires_at is None) == (new.expires_at is None):
            return Added(standing.id, None)
        raise RuleError("exists", "pattern", "There is such a rule already; remove it first to make another.")
    values: dict[str, Any] = {
        "site_id": new.site_id,
        "kind": new.kind,
        "pattern": new.pattern,
        "action": new.action,
        "note": new.note,
        "made_by": by.moderator_id,
        "comment_id": new.comment_id,
        "expires_at": new.expires_at,
        "created_at": by.now,
    }
    rule_id = insert_row(session, Ban, values)
    rules_changed(session, new.site_id)
    added = told(session.get_one(Ban, rule_id))
    return Added(rule_id, log_change(session, new.site_id, "rule", str(rule_id), None, added, by))


def remove_rule(session: Session, rule_id: int, site_ids: SiteIds, by: By) -> int:
    """Take a rule out of force; the change's id, by which it can be undone. Raises NoSuchRule."""
    rule = find_rule(session, rule_id, site_ids)
    if rule.removed_at is not None or rule.list_id is not None:
        raise NoSuchRule
    set_removed(session, rule, by.now)
    return log_change(session, rule.site_id, "rule", str(rule.id), told(rule), None, by)


def find_rule(session: Session, rule_id: int, site_ids: SiteIds) -> Ban:
    """A rule of these sites, removed ones included. Raises NoSuchRule."""
    found = session.scalar(select(Ban).where(Ban.id == rule_id, of_sites(Ban.site_id, site_ids)).with_for_update())
    if found is None:
        raise NoSuchRule
    return found


def set_removed(session: Session, rule: Ban, at: datetime | None) -> None:
    """Take a rule out of force, or (None) put it back."""
    rule.removed_at = at
    session.flush()
    rules_changed(session, rule.site_id)


def told(rule: Ban) -> dict[str, Any]:
    """A rule as the log keeps it. An address or a network is not in it."""
    shown = {"pattern": rule.pattern} if rule.kind in {"word", "domain"} else {}
    ends = rule.expires_at.isoformat() if rule.expires_at else None
    return {"kind": rule.kind, "action": rule.action, "expires_at": ends, **shown}


def _check_choices(wanted: Wanted) -> None:
    for field, value, known in (
        ("kind", wanted.kind, RULE_KINDS),
        ("action", wanted.action, RULE_ACTIONS),
        ("term", wanted.term, tuple(TERMS)),
    ):
        if value not in known:
            raise RuleError("choice", field, f"{field}: choose one of {', '.join(known)}.")
    if len(wanted.note) > LONGEST_NOTE:
        raise RuleError("note", "note", f"The note has at most {LONGEST_NOTE} characters.")


def _comment(session: Session, site_ids: SiteIds, public_id: str) -> Comment:
    found = session.scalar(select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids)))
    if found is None:
        raise NoSuchRule
    return found


def _author_of(session: Session, comment: Comment) -> str:
    index = session.scalar(select(Address.blind_index).where(Address.id == comment.address_id))
    if index is None:
        raise RuleError(
            "no_address", "comment", "The comment came without an address; ban its network, a word or link."
        )
    return index


def _network_of(comment: Comment, now: datetime) -> str:
    """Of a network only a digest is kept, under a key of the day: tomorrow it has another, which nobody can compare."""
    if comment.network_digest is None or comment.created_at.astimezone(UTC).date() != now.astimezone(UTC).date():
        raise RuleError(
            "network_gone",
            "comment",
            "Of a network only a digest of the day is kept: it can be banned on the day of the comment (UTC), until its"
            " end. Whoever knows the network bans it for longer: comments-service rule add SITE network 192.0.2.0/24",
        )
    return comment.network_digest


def _end_of_day(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def _lock(session: Session, site_id: int) -> None:
    """Two who add the same rule at once: the second sees the first's."""
    session.execute(select(Site.id).where(Site.id == site_id).with_for_update())


def _standing(session: Session, new: Draft, now: datetime) -> Ban | None:
    return session.scalar(
        select(Ban)
        .where(
            Ban.site_id == new.site_id,
            Ban.kind == new.kind,
            Ban.pattern == new.pattern,
            Ban.list_id.is_(None),
            Ban.removed_at.is_(None),
            or_(Ban.expires_at.is_(None), Ban.expires_at > now),
        )
        .limit(1)
    )
