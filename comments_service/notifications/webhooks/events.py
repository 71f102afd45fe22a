"""Promises events to a site's webhooks, in the transaction in which they happen. Sending them: `send`."""

import secrets
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from comments_service.outbox.enqueue import enqueue
from comments_service.storage.tables import Comment, Webhook, WebhookDelivery
from comments_service.storage.upsert import insert_row

WEBHOOK = "webhook"  # the kind of work in the outbox

PING = "ping"
REPORTED, NOTICED = "comment.reported", "notice.received"
_BY_STATUS = {
    "approved": "comment.approved",
    "pending": "comment.held",
    "rejected": "comment.rejected",
    "spam": "comment.spam",
    "deleted": "comment.deleted",
}
CHANGED = "comment.changed"
EVENTS = (*_BY_STATUS.values(), CHANGED, REPORTED, NOTICED)  # what a webhook may ask for; a ping comes by hand

_webhooks = cast(Table, Webhook.__table__).c
_HOOKS = select(_webhooks.id, _webhooks.events, _webhooks.paused_at).where(
    _webhooks.site_id == bindparam("site"), _webhooks.removed_at.is_(None)
)


def announce_decision(
    session: Session,
    comment: Comment,
    decision_id: int,
    *,
    actor: str,
    action: str,
    before: str,
    after: str,
    now: datetime,
) -> None:
    """Tell of a step in a comment's life, where it is one that readers or moderators notice."""
    event = _event(actor, action, before, after)
    if event:
        _promise(session, comment.site_id, event, comment.id, decision_id, now)


def announce(session: Session, comment: Comment, event: str, now: datetime) -> None:
    """Tell of something about a comment that is no decision: REPORTED or NOTICED."""
    _promise(session, comment.site_id, event, comment.id, None, now)


def promise_delivery(
    session: Session,
    webhook_id: int,
    event: str,
    now: datetime,
    *,
    comment_id: int | None = None,
    decision_id: int | None = None,
    held: bool = False,
) -> str:
    """Write down one delivery, and ask for it unless it is to be held. Its public id."""
    public_id = f"wd_{secrets.token_hex(12)}"
    values = {
        "public_id": public_id,
        "webhook_id": webhook_id,
        "event": event,
        "comment_id": comment_id,
        "decision_id": decision_id,
        "outcome": "held" if held else "waiting",
        "replays": 0,
        "created_at": now,
    }
    delivery_id = insert_row(session, WebhookDelivery, values)
    if not held:
        ask_for(session, delivery_id, 0, now)
    return public_id


def ask_for(session: Session, delivery_id: int, replay: int, now: datetime) -> None:
    """Ask the worker to send a delivery, for the first time (replay 0) or anew."""
    enqueue(session, WEBHOOK, f"{delivery_id}:{replay}", {}, now)


def _event(actor: str, action: str, before: str, after: str) -> str:
    if action == "edit":
        return CHANGED
    if before != after:
        return _BY_STATUS[after]
    # The one step that leaves the status as it is and still is news: the machine wants a person to look.
    return _BY_STATUS["pending"] if (actor, action) == ("machine", "hold") else ""


def _promise(
    session: Session, site_id: int, event: str, comment_id: int, decision_id: int | None, now: datetime
) -> None:
    for webhook_id, events, paused_at in session.connection().execute(_HOOKS, {"site": site_id}).all():
        if event in events:
            promise_delivery(
                session,
                webhook_id,
                event,
                now,
                comment_id=comment_id,
                decision_id=decision_id,
                held=paused_at is not None,
            )
