"""Takes a logged change back. The log keeps both lines; what was changed again since is left alone, and it is said."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.rules.changes import By, log_change
from comments_service.moderation.rules.errors import NoSuchRule, RuleError
from comments_service.moderation.rules.importing import put_list_back
from comments_service.moderation.rules.making import find_rule, set_removed
from comments_service.storage.tables import RuleChange


def undo_change(session: Session, change_id: int, site_ids: SiteIds, by: By) -> int:
    """Put back what the change changed; the new line's id. Raises NoSuchRule, and RuleError where it cannot be."""
    found = session.scalar(
        select(RuleChange)
        .where(RuleChange.id == change_id, of_sites(RuleChange.site_id, site_ids))
        .with_for_update(key_share=True)
    )
    if found is None:
        raise NoSuchRule
    if session.scalar(select(RuleChange.id).where(RuleChange.undo_of == found.id)) is not None:
        raise changed_since()
    _UNDO[found.what](session, found, by)
    return log_change(session, found.site_id, found.what, found.subject, found.became, found.was, by, undo_of=found.id)


def own_change(session: Session, change_id: int, moderator_id: int) -> bool:
    """Whether a moderator made this change."""
    found = select(RuleChange.id).where(RuleChange.id == change_id, RuleChange.moderator_id == moderator_id)
    return session.scalar(found) is not None


def changed_since() -> RuleError:
    return RuleError("changed_since", "change", "It was changed again or taken back since, so nothing was done.")


def _undo_rule(session: Session, change: RuleChange, by: By) -> None:
    try:
        rule = find_rule(session, int(change.subject), [change.site_id])
    except NoSuchRule:
        raise changed_since() from None
    adding = change.was is None
    if (rule.removed_at is None) != adding:
        raise changed_since()
    set_removed(session, rule, by.now if adding else None)


def _undo_list(session: Session, change: RuleChange, by: By) -> None:
    """The latest change of a list, and no other: what came later stands on it."""
    later = select(RuleChange.id).where(
        RuleChange.site_id == change.site_id,
        RuleChange.what == "list",
        RuleChange.subject == change.subject,
        RuleChange.id > change.id,
    )
    if session.scalar(later.limit(1)) is not None:
        raise changed_since()
    removed, first = change.became is None, change.was is None
    put_list_back(session, int(change.subject), change.created_at, removed=removed, first=first, by=by)


_UNDO = {"rule": _undo_rule, "list": _undo_list}
