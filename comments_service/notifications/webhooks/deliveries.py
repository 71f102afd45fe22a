"""The log of deliveries: what was sent to a webhook, how each try went, and sending one again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, select, update
from sqlalchemy.orm import Session

from comments_service.notifications.webhooks.events import WEBHOOK, ask_for
from comments_service.storage.tables import Comment, OutboxRow, Webhook, WebhookAttempt, WebhookDelivery

KEPT_FOR = timedelta(days=30)
PAGE = 50
_AT_ONCE = 1000
# The outbox row that a delivery's latest sending has: see `events.ask_for`.
_KEY = cast(WebhookDelivery.id, String) + ":" + cast(WebhookDelivery.replays, String)


class NoSuchDelivery(ValueError):
    """There is no delivery of this id on these sites."""

    def __init__(self) -> None:
        super().__init__("There is no delivery of this id on your sites.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the receiver's status code (None: no answer), milliseconds, and what went wrong."""

    status: int | None
    took_ms: int
    error: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the log. `outcome`: waiting, held, delivered, failed. `number` is where the next page begins.

    `due_at` is when a waiting one is tried next.
    """

    id: str
    number: int
    event: str
    outcome: str
    comment: str | None
    created_at: datetime
    settled_at: datetime | None
    due_at: datetime | None
    attempts: tuple[Attempt, ...]


def delivery_log(
    session: Session, webhook: str, site_ids: Sequence[int], *, before: int | None = None, limit: int = PAGE
) -> list[Delivery]:
    """Up to `limit` deliveries of a webhook, newest first; `before` is the `number` of the last one seen."""
    statement = (
        select(WebhookDelivery, Comment.public_id, OutboxRow.due_at)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .outerjoin(Comment, Comment.id == WebhookDelivery.comment_id)
        .outerjoin(OutboxRow, (OutboxRow.kind == WEBHOOK) & (OutboxRow.key == _KEY) & OutboxRow.done_at.is_(None))
        .where(Webhook.public_id == webhook, Webhook.site_id.in_(site_ids))
        .order_by(WebhookDelivery.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(WebhookDelivery.id < before)
    rows = session.execute(statement).all()
    attempts = _attempts(session, [row.id for row, _, _ in rows])
    return [
        Delivery(
            row.public_id,
            row.id,
            row.event,
            row.outcome,
            comment,
            row.created_at,
            row.settled_at,
            due_at if row.outcome == "waiting" else None,
            tuple(attempts[row.id]),
        )
        for row, comment, due_at in rows
    ]


def replay(session: Session, public_id: str, site_ids: Sequence[int], now: datetime) -> None:
    """Send a delivery again, under the same id; one that waits for its next try goes now. Raises NoSuchDelivery."""
    row = session.scalar(
        select(WebhookDelivery)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(WebhookDelivery.public_id == public_id, Webhook.site_id.in_(site_ids), Webhook.removed_at.is_(None))
    )
    if row is None:
        raise NoSuchDelivery
    _ask_again(session, row, now)


def release(session: Session, webhook_id: int, now: datetime) -> int:
    """Ask for everything that was held for a webhook; how many deliveries those are."""
    held = (WebhookDelivery.webhook_id == webhook_id) & (WebhookDelivery.outcome == "held")
    rows = session.scalars(select(WebhookDelivery).where(held).order_by(WebhookDelivery.id)).all()
    for row in rows:
        _ask_again(session, row, now)
    return len(rows)


def forget_old_deliveries(session: Session, now: datetime) -> int:
    """Remove what is older than KEPT_FOR from the log; how many deliveries went. A part at a time: others write too."""
    old = list(
        session.scalars(
            select(WebhookDelivery.id)
            .where(WebhookDelivery.created_at <= now - KEPT_FOR, WebhookDelivery.outcome != "waiting")
            .limit(_AT_ONCE)
        )
    )
    session.execute(delete(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(old)))
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(old)))
    return len(old)


def _ask_again(session: Session, row: WebhookDelivery, now: datetime) -> None:
    # What is still under way is called off: its row is done, and the worker that holds it is fenced out.
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.kind == WEBHOOK, OutboxRow.key == f"{row.id}:{row.replays}", OutboxRow.done_at.is_(None))
        .values(done_at=now, lease_token=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    row.replays += 1
    row.outcome, row.settled_at = "waiting", None
    session.flush()
    ask_for(session, row.id, row.replays, now)


def _attempts(session: Session, delivery_ids: Sequence[int]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    rows = session.scalars(
        select(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(delivery_ids)).order_by(WebhookAttempt.id)
    )
    for row in rows:
        found[row.delivery_id].append(Attempt(row.status, row.took_ms, row.error, row.created_at))
    return found
