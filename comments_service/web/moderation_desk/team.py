"""What colleagues have said about the comments of a page, gathered for its templates in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from comments_service.moderation.context import Item
from comments_service.moderation.opinions import OpenOpinion, open_opinions
from comments_service.web.eyes import eyes


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one comment from colleagues."""

    opinions: tuple[OpenOpinion, ...]


def beside(session: Session, items: Sequence[Item]) -> dict[str, Beside]:
    """What colleagues have said about each item, by its public id."""
    ids = [item.public_id for item in items]
    opinions = open_opinions(session, ids, eyes()) if ids else {}
    return {public_id: Beside(tuple(opinions.get(public_id, ()))) for public_id in ids}
