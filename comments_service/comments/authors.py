"""Authors' addresses: sealed on the way in, found again by blind index, never part of a comment's public face."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Address
from comments_service.storage.upsert import insert_new

_FIND = select(Address.id).where(Address.site_id == bindparam("site"), Address.blind_index == bindparam("blind_index"))
# Whoever is being erased at this moment is waited for (PostgreSQL): the row that a comment is to refer to may go.
_HOLD = _FIND.with_for_update(read=True, key_share=True)


def address_id_of(session: Session, site_id: int, blind_index: str) -> int | None:
    """The row of an address that was used on this site before."""
    found: int | None = session.connection().execute(_FIND, {"site": site_id, "blind_index": blind_index}).scalar()
    return found


def keep_address(session: Session, site_id: int, blind_index: str, sealed: bytes, now: datetime) -> int:
    """The address's row id, made if it is new on this site."""
    values = {"site_id": site_id, "blind_index": blind_index, "sealed": sealed, "created_at": now}
    while True:
        new_id = insert_new(session, Address, values, ["site_id", "blind_index"])
        if new_id is not None:
            return new_id
        held: int | None = session.connection().execute(_HOLD, {"site": site_id, "blind_index": blind_index}).scalar()
        if held is not None:
            return held
