"""What keeps comments out of a list: a condition, and where an index knows them, the few that meet it.

Views (`queue_views`) and filters (`queue_filters`) are made of these; finding pages by them is `queue_walk`'s work.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`holds` is asked of comments at hand, by their number; `few` gives the ids of all that meet it, by an index.

    `few` is None where no index leads to them.
    """

    holds: ColumnElement[bool]
    few: Select[Any] | None = None
