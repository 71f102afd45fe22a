"""What happened to the comments of a page since it was made: who looks at them, what colleagues decided, in words."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from comments_service.moderation.chosen import Seen
from comments_service.moderation.claims import changed_since, watchers
from comments_service.moderation.last_decisions import LastDecision
from comments_service.moderation.permissions import SiteIds
from comments_service.web.access import identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.times import ago
from comments_service.web.wording import gettext as _
from comments_service.web.wording import ngettext

_MOST_ASKED = 100  # comments in one question; their address must stay one that servers take


def seen_on_page(values: Sequence[str]) -> dict[str, Seen]:
    """`ID:REVISION:STATUS` of each comment on the page, as it was when the page was made."""
    parts = (value.split(":") for value in values)
    return {part[0]: Seen(int(part[1]), part[2]) for part in parts if len(part) == 3 and is_number(part[1])}


def is_number(text: str) -> bool:
    """Whether this is a whole number that a database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 19


def news(session: Session, seen: Mapping[str, Seen], site_ids: SiteIds) -> dict[str, dict[str, str]]:
    """By public id, a sentence each: who looks at it (`watched`), and who decided about it since (`changed`)."""
    asked = {public_id: seen[public_id] for public_id in list(seen)[:_MOST_ASKED] if "\0" not in public_id}
    if not asked:
        return {"watched": {}, "changed": {}}
    changed = changed_since(session, asked, site_ids=site_ids)
    return {
        "watched": watched_by(session, list(asked), site_ids),
        "changed": {public_id: told(last) for public_id, last in changed.items()},
    }


def watched_by(session: Session, public_ids: Sequence[str], site_ids: SiteIds) -> dict[str, str]:
    """Who looks at each of these comments, apart from whoever asks: "Mona is looking at this"."""
    me, now = identity().moderator_id, runtime().clock()
    found = watchers(session, public_ids, but=me, site_ids=site_ids, now=now)
    return {
        public_id: ngettext(
            "%(names)s is looking at this", "%(names)s are looking at this", len(names), names=", ".join(names)
        )
        for public_id, names in found.items()
    }


def told(last: LastDecision) -> str:
    """A decision that somebody else was quicker with, kindly: "Mona approved this just now"."""
    who = last.by or {"author": _("The author"), "machine": _("The machine")}.get(last.actor, _("The service"))
    values = {"who": who, "when": ago(last.created_at, runtime().clock())}
    sentences = {
        "approve": _("%(who)s approved this %(when)s", **values),
        "hold": _("%(who)s held this for a person %(when)s", **values),
        "reject": _("%(who)s rejected this %(when)s", **values),
        "spam": _("%(who)s called this spam %(when)s", **values),
        "delete": _("%(who)s deleted this %(when)s", **values),
        "undo": _("%(who)s put this back %(when)s", **values),
        "edit": _("%(who)s changed this text %(when)s", **values),
    }
    return sentences.get(last.action) or _("%(who)s decided about this %(when)s", **values)
