"""Clears away what may no longer be kept, once an hour, whichever relay comes first.

The hour's run is an outbox row like any other: its unique key makes it happen once, its lease makes two relays safe.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.claims import forget_expired
from comments_service.moderation.likeness import forget_old_traits
from comments_service.moderation.rules.ended import forget_ended_rules
from comments_service.moderation.shadowing import forget_old_trials
from comments_service.notifications.ended import forget_notifiers, forget_old_follows
from comments_service.notifications.mail_log import forget_old_tries
from comments_service.notifications.webhooks.deliveries import forget_old_deliveries
from comments_service.outbox import claim
from comments_service.outbox.enqueue import enqueue
from comments_service.outbox.sweep import purge_done
from comments_service.runtime import Runtime
from comments_service.settings import Settings
from comments_service.storage.tables import (
    Comment,
    DecideLink,
    Heartbeat,
    IdempotencyKey,
    Invitation,
    LoginChallenge,
    LoginFailure,
    ModeratorSession,
    OutboxRow,
)

log = structlog.get_logger(__name__)

KIND = "retention"
LEASE_S = 120.0
IDEMPOTENCY_HOURS = 48  # twice what is promised to clients, so that no clock between us matters
FAILURE_HOURS = 24
INVITATION_DAYS = 90  # a used link can say so for that long
LINK_DAYS = 30  # so that a link that has long expired can still say what became of it


class LeaseLost(Exception):
    """Another relay took over; this one's clearing is rolled back."""


def retain(runtime: Runtime) -> dict[str, int] | None:
    """Clear away what is due, unless this hour's run is done or in other hands (None). How much went, by table."""
    now = runtime.clock()
    with runtime.reading() as session:
        if _done(session, now):
            return None
    with runtime.transaction() as session:
        enqueue(session, KIND, _hour(now), {}, now)
        rows = claim.claim(session, KIND, 1, LEASE_S)
    if not rows:
        return None
    with runtime.transaction() as session:
        cleared = clear(session, runtime.settings, now)
        if not all(claim.finish(session, row.id, row.token) for row in rows):
            raise LeaseLost("the hour's clearing was taken over by another relay")
    log.info("retention", **cleared)
    return cleared


def clear(session: Session, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete what is past its time. How many rows, by what they were."""
    return {
        "outbox": purge_done(session),
        "networks": _forget_networks(session, now - timedelta(days=settings.network_days)),
        "sessions": _count(session, delete(ModeratorSession).where(ModeratorSession.expires_at <= now)),
        "idempotency_keys": _count(
            session, delete(IdempotencyKey).where(IdempotencyKey.created_at <= now - timedelta(hours=IDEMPOTENCY_HOURS))
        ),
        "login_challenges": _count(session, delete(LoginChallenge).where(LoginChallenge.expires_at <= now)),
        "invitations": _count(
            session, delete(Invitation).where(Invitation.created_at <= now - timedelta(days=INVITATION_DAYS))
        ),
        "login_failures": _count(
            session, delete(LoginFailure).where(LoginFailure.created_at <= now - timedelta(hours=FAILURE_HOURS))
        ),
        "follows": forget_old_follows(session, now),
        "notifiers": forget_notifiers(session, now),
        "rules": forget_ended_rules(session, now),
        "webhook_deliveries": forget_old_deliveries(session, now),
        "mail_tries": forget_old_tries(session, now),
        "decide_links": _count(
            session, delete(DecideLink).where(DecideLink.created_at <= now - timedelta(days=LINK_DAYS))
        ),
        "shadow_scores": forget_old_trials(session, now),
        "sketches": forget_old_traits(session, now),
        "claims": forget_expired(session, now),
        "heartbeats": _count(session, delete(Heartbeat).where(Heartbeat.seen_at <= now - timedelta(hours=1))),
    }


def _hour(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H")


def _done(session: Session, now: datetime) -> bool:
    statement = select(OutboxRow.done_at).where(OutboxRow.kind == KIND, OutboxRow.key == _hour(now))
    return session.scalar(statement) is not None


def _forget_networks(session: Session, before: datetime) -> int:
    return _count(
        session,
        update(Comment)
        .where(Comment.network_digest.is_not(None), Comment.created_at <= before)
        .values(network_digest=None),
    )


def _count(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)
