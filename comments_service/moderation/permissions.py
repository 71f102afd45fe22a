"""Which sites a moderator's view covers. What a role may do is declared at each route (`web.access`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from comments_service.storage.tables import Site

SiteIds = Sequence[int]


class NoSuchSite(Exception):
    """There is no site of this key, or it is not this moderator's: the answer is the same, so that none is betrayed."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no site {key!r} for you.")


@dataclass(frozen=True)
class SiteChoice:
    """A site that a moderator may look at."""

    id: int
    key: str
    name: str


def sites_of(session: Session, bound_to: int | None) -> list[SiteChoice]:
    """The sites of a moderator who is bound to one site, or (None) to none in particular."""
    statement = select(Site.id, Site.key, Site.name).order_by(Site.name, Site.id)
    if bound_to is not None:
        statement = statement.where(Site.id == bound_to)
    return [SiteChoice(*row) for row in session.execute(statement)]


def chosen_sites(session: Session, bound_to: int | None, wanted: str | None) -> SiteIds:
    """The ids that a view covers when the site of key `wanted` is asked for (None or empty: all that one may see).

    Raises NoSuchSite.
    """
    if not wanted:
        # Named one by one even where it is all of them: the queue's index begins with the site.
        return [site.id for site in sites_of(session, bound_to)]
    found = None if "\x00" in wanted else session.scalar(select(Site.id).where(Site.key == wanted))
    if found is None or bound_to not in {None, found}:
        raise NoSuchSite(wanted)
    return [found]


def of_sites(column: InstrumentedAttribute[int], site_ids: SiteIds) -> ColumnElement[bool]:
    """The condition that `column` is one of `site_ids`."""
    return column.in_(site_ids)
