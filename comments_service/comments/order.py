"""The orders that comments are read in: what comes after a place and what before it, and the cursors of places."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, tuple_

from comments_service.comments.cursors import Cursor, encode
from comments_service.storage.tables import Comment

SORTS = ("oldest", "newest", "top")


@dataclass(frozen=True, slots=True)
class Order:
    """One of SORTS: by time or by votes, and by id where these are equal, so that no two comments share a place."""

    sort: str

    @property
    def key(self) -> Any:
        """The column that is ordered by, before the id."""
        return Comment.rank if self.sort == "top" else Comment.created_at

    def after(self, place: Cursor) -> ColumnElement[bool]:
        """The comments on the side of a place that its cursor means: after it, or before it going backwards."""
        # Compared as pairs: an index finds the place at once, however deep in the thread it is.
        here: Any = tuple_(self.key, Comment.id)
        there = tuple_(literal(place.key, self.key.type), literal(place.row_id))
        beyond: ColumnElement[bool] = here > there if self._rising(place.backwards) else here < there
        return beyond

    def sorted(self, statement: "Select[Any]", *, backwards: bool) -> "Select[Any]":
        """Rows in this order, or from its end on."""
        if self._rising(backwards):
            return statement.order_by(self.key, Comment.id)
        return statement.order_by(self.key.desc(), Comment.id.desc())

    def cursor(self, row: Any, *, backwards: bool) -> str:
        """The cursor after a row that has its `order_key`, or before it."""
        return encode(self.sort, row.order_key, row.id, backwards=backwards)

    def turned(self, place: Cursor) -> str:
        """The cursor that leads back from a place where nothing follows, with the comment at the place itself."""
        step = 1 if self._rising(place.backwards) else -1
        return encode(self.sort, place.key, place.row_id + step, backwards=not place.backwards)

    def _rising(self, backwards: bool) -> bool:
        return (self.sort == "oldest") != backwards
