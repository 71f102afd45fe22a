"""How many appeals wait, for the desk's bar: on every page, so that no author is forgotten."""

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from comments_service.moderation.appeals_listed import count_open
from comments_service.moderation.permissions import chosen_sites
from comments_service.web.access import identity
from comments_service.web.context import runtime


def appeals_waiting() -> int:
    """The open appeals on the sites of whoever looks at this page."""
    if "comments_appeals_waiting" not in g:
        g.comments_appeals_waiting = _count()
    return int(g.comments_appeals_waiting)


def _count() -> int:
    try:
        with runtime().reading() as session:
            return count_open(session, chosen_sites(session, identity().site_id, None))
    except SQLAlchemyError:
        return 0  # the page itself tells that the database is lost
