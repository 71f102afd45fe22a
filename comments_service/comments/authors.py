"""Authors' addresses: sealed on the way in, found again by blind index, never part of a comment's public face."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Address
from comments_service.storage.upsert import insert_new

_FIND = select(Address.id).where(Address.site_id == bindparam("site"), Address.blind_index == bindparam("blind_index"))


def address_id_of(session: Session, site_id: int, blind_index: str) -> int | None:
    """The row of an address that was used on this site before."""
    found: int | None = session.connection().execute(_FIND, {"site": site_id, "blind_index": blind_index}).scalar()
    return found


def keep_address(session: Session, site_id: int, blind_index: str, sealed: bytes, now: datetime) -> int:
    """The address's row id, made if it is new on this site."""
    values = {"site_id": site_id, "blind_index": blind_index, "sealed": sealed, "created_at": now}
    new_id = insert_new(session, Address, values, ["site_id", "blind_index"])
    known = new_id if new_id is not None else address_id_of(session, site_id, blind_index)
    assert known is not None, "it was inserted by us or by somebody else just now"
    return known
