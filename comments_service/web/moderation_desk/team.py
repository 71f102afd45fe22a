"""What colleagues have said about the comments of a page, gathered for its templates in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from comments_service.moderation.activity import unread
from comments_service.moderation.assigning import Assigned, assigned_at, colleagues
from comments_service.moderation.context import Item
from comments_service.moderation.notes import NoteLine, notes_at
from comments_service.moderation.opinions import OpenOpinion, open_opinions
from comments_service.moderation.permissions import SiteIds, sites_of
from comments_service.web.access import identity
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.moderation_desk.meanwhile import watched_by


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one comment from colleagues."""

    opinions: tuple[OpenOpinion, ...]
    notes: tuple[NoteLine, ...]
    assigned: Assigned | None
    watched: str


def beside(session: Session, items: Sequence[Item], site_ids: SiteIds) -> dict[str, Beside]:
    """What colleagues have said about each item, by its public id."""
    if not items:
        return {}
    ids = [item.public_id for item in items]
    opinions, notes = open_opinions(session, ids, eyes()), notes_at(session, ids)
    assigned, watched = assigned_at(session, ids), watched_by(session, ids, site_ids)
    return {
        public_id: Beside(
            tuple(opinions.get(public_id, ())),
            tuple(notes.get(public_id, ())),
            assigned.get(public_id),
            watched.get(public_id, ""),
        )
        for public_id in ids
    }


def to_assign(session: Session) -> dict[str, Any]:
    """What the assigning menus need: colleagues of all sites that this moderator sees, and those sites' ids by key."""
    person = identity()
    if not person.may("trainee"):
        return {"colleagues": (), "site_numbers": {}}
    sites = sites_of(session, person.site_id)
    return {
        "colleagues": colleagues(session, [site.id for site in sites]),
        "site_numbers": {site.key: site.id for site in sites},
    }


def unread_count() -> int:
    """How much in the activity list concerns whoever asks, and has not been read."""
    with runtime().reading() as session:
        return unread(session, identity().moderator_id)
