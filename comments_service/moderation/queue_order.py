"""In which order the queue shows comments: the keys of each order, and what comes behind a cursor.

Each order's keys are whole numbers that an index holds ready, behind site and status; the comment's own number, always
the last, tells equals apart. What a key is made of does not change when somebody decides, so that pages that are
turned meanwhile neither skip nor repeat a comment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, func, or_, type_coerce

from comments_service.moderation.cursors import read_cursor, write_cursor
from comments_service.storage.tables import Comment

Keys = tuple[int, ...]
_NUMBER: ColumnElement[Any] = type_coerce(Comment.id, BigInteger)
_WRITTEN: ColumnElement[Any] = type_coerce(Comment.created_at, BigInteger)  # microseconds
_LOOK_AT: ColumnElement[Any] = type_coerce(func.coalesce(Comment.look_at, Comment.created_at), BigInteger)


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `moment` is its second but last key; `before_it` a key that many comments share, the smallest first.

    `newest` turns moment and number round.
    """

    name: str
    moment: ColumnElement[Any] = _WRITTEN
    before_it: ColumnElement[Any] | None = None
    newest: bool = False

    @property
    def keys(self) -> list[ColumnElement[Any]]:
        """What it sorts by, the comment's number last."""
        shared = [] if self.before_it is None else [self.before_it]
        return [*shared, self.moment, _NUMBER]

    def put(self, statement: Select[Any]) -> Select[Any]:
        """`statement` in this order."""
        return statement.order_by(*(key.desc() if self.newest else key for key in self.keys))

    def sort(self, rows: Sequence[Keys]) -> list[Keys]:
        """Rows of keys in this order."""
        return sorted(rows, reverse=self.newest)

    def read(self, cursor: str | None) -> Keys | None:
        """The keys that a cursor holds. Raises InvalidCursor."""
        return read_cursor(cursor, self.name, len(self.keys)) if cursor else None

    def write(self, keys: Keys) -> str:
        """The cursor behind a comment with these keys."""
        return write_cursor(self.name, keys)

    def behind(self, keys: Keys | None) -> list[ColumnElement[bool] | None]:
        """Conditions that together hold for what comes behind `keys`, each a stretch of the order's index.

        One each for equal and later shared keys: as a single condition the database would read on from the first of
        all equals, which may be every comment there is. None holds for everything.
        """
        if keys is None:
            return [None]
        *shared, moment, number = keys
        stretch = self._behind_moment(moment, number)
        if self.before_it is None:
            return [stretch]
        return [and_(self.before_it == shared[0], stretch), self.before_it > shared[0]]

    def _behind_moment(self, moment: int, number: int) -> ColumnElement[bool]:
        # The bound on the moment comes first and alone, so that an index can begin there.
        if self.newest:
            return and_(self.moment <= moment, or_(self.moment < moment, Comment.id < number))
        return and_(self.moment >= moment, or_(self.moment > moment, Comment.id > number))


ORDERS: dict[str, Order] = {
    order.name: order
    for order in (
        Order("first", moment=_LOOK_AT),
        Order("oldest"),
        Order("newest", newest=True),
        Order("urgent", before_it=-Comment.reports),
        Order("uncertain", before_it=-Comment.uncertainty),
        Order("read", before_it=-Comment.thread_published),
    )
}
SORTS = tuple(ORDERS)
