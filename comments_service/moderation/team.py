"""The people of the desk as an owner sees them, and which of them an owner may do something about.

An owner of one site sees and manages the people of that site alone; for them the others do not exist.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Moderator, Passkey, Site


class NoSuchColleague(Exception):
    """There is nobody of this login, or nobody whom this owner may manage: it is not said which."""

    def __init__(self) -> None:
        super().__init__("There is nobody of this login among your people.")


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person. `site` is the key of their only site, None for all; `seen_at` None: never logged in."""

    id: int
    login: str
    name: str
    role: str
    site: str | None
    must_change: bool
    disabled: bool
    seen_at: datetime | None
    second_factor: bool


def colleagues(session: Session, bound_to: int | None) -> list[Colleague]:
    """The people of one site, or (None) all, by login."""
    has_passkey = select(Passkey.id).where(Passkey.moderator_id == Moderator.id).exists()
    statement = (
        select(
            Moderator.id,
            Moderator.login,
            Moderator.name,
            Moderator.role,
            Site.key,
            Moderator.must_change,
            Moderator.disabled,
            Moderator.seen_at,
            or_(Moderator.totp_sealed.is_not(None), has_passkey),
        )
        .outerjoin(Site, Site.id == Moderator.site_id)
        .order_by(Moderator.login)
    )
    if bound_to is not None:
        statement = statement.where(Moderator.site_id == bound_to)
    return [Colleague(*row) for row in session.execute(statement)]


def managed(session: Session, moderator_id: int, bound_to: int | None) -> str:
    """The login of a colleague whom an owner may manage. Raises NoSuchColleague."""
    row = session.execute(select(Moderator.login, Moderator.site_id).where(Moderator.id == moderator_id)).first()
    if row is None or bound_to not in {None, row.site_id}:
        raise NoSuchColleague
    return str(row.login)
