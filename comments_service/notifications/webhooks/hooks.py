"""The webhooks of sites: added, listed, paused, given a new secret, removed. What they were sent: `deliveries`."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from comments_service.notifications.webhooks.deliveries import release
from comments_service.notifications.webhooks.events import EVENTS, PING, promise_delivery
from comments_service.notifications.webhooks.post import Unreachable, check_receiver
from comments_service.notifications.webhooks.signature import new_secret
from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Site, Webhook

MOST = 20  # webhooks of one site
FORMER_GOOD_FOR = timedelta(hours=24)


class WebhookError(ValueError):
    """What was asked of a webhook cannot be done. The message names the field and the remedy, in one line."""


class NoSuchWebhook(WebhookError):
    """There is no webhook of this id on these sites; the answer for another's is the same."""

    def __init__(self) -> None:
        super().__init__("There is no webhook of this id on your sites.")


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as lists show it; its secret is told once, when it is made."""

    id: str
    site: str
    url: str
    events: tuple[str, ...]
    created_at: datetime
    paused_at: datetime | None
    paused_why: str
    former_until: datetime | None


def add_webhook(
    session: Session, vault: AddressVault, site_id: int, *, url: str, events: Sequence[str], now: datetime
) -> tuple[str, str]:
    """Make a webhook: its public id, and its secret, which is told this once. Raises WebhookError."""
    try:
        check_receiver(url)
    except Unreachable as error:
        raise WebhookError(str(error)) from None
    chosen = _checked(events)
    if session.scalar(select(func.count()).where(Webhook.site_id == site_id, Webhook.removed_at.is_(None))) == MOST:
        raise WebhookError(f"site: it has {MOST} webhooks already; remove one first")
    secret, public_id = new_secret(), f"wh_{secrets.token_hex(8)}"
    row = Webhook(
        public_id=public_id, site_id=site_id, url=url, events=chosen, sealed=vault.seal(secret), created_at=now
    )
    session.add(row)
    session.flush()
    return public_id, secret


def list_webhooks(session: Session, site_ids: Sequence[int]) -> list[Hook]:
    """The webhooks of these sites, by site and age."""
    rows = session.execute(
        select(Webhook, Site.key)
        .join(Site, Site.id == Webhook.site_id)
        .where(Webhook.site_id.in_(site_ids), Webhook.removed_at.is_(None))
        .order_by(Site.key, Webhook.id)
    )
    return [_hook(webhook, site) for webhook, site in rows]


def find_webhook(session: Session, public_id: str, site_ids: Sequence[int]) -> Hook:
    """One webhook. Raises NoSuchWebhook."""
    row = _row(session, public_id, site_ids)
    return _hook(row, str(session.scalar(select(Site.key).where(Site.id == row.site_id))))


def ping(session: Session, public_id: str, site_ids: Sequence[int], now: datetime) -> str:
    """Promise a test delivery; its id. Raises NoSuchWebhook."""
    return promise_delivery(session, _row(session, public_id, site_ids).id, PING, now)


def renew_secret(session: Session, vault: AddressVault, public_id: str, site_ids: Sequence[int], now: datetime) -> str:
    """A new secret, told this once; for a day deliveries are signed with the former one too. Raises NoSuchWebhook."""
    row, secret = _row(session, public_id, site_ids), new_secret()
    row.former_sealed, row.former_until = row.sealed, now + FORMER_GOOD_FOR
    row.sealed = vault.seal(secret)
    return secret


def pause(session: Session, public_id: str, site_ids: Sequence[int], now: datetime) -> None:
    """Hold what happens from now on. Raises NoSuchWebhook."""
    row = _row(session, public_id, site_ids)
    row.paused_at, row.paused_why = row.paused_at or now, row.paused_why


def resume(session: Session, public_id: str, site_ids: Sequence[int], now: datetime) -> int:
    """Let it go on, with what was held; how many deliveries those are. Raises NoSuchWebhook."""
    row = _row(session, public_id, site_ids)
    row.paused_at, row.paused_why = None, ""
    session.flush()
    return release(session, row.id, now)


def remove(session: Session, public_id: str, site_ids: Sequence[int], now: datetime) -> None:
    """Send it nothing more; its secret is forgotten, its log goes when it is old. Raises NoSuchWebhook."""
    row = _row(session, public_id, site_ids)
    session.execute(update(Webhook).where(Webhook.id == row.id).values(removed_at=now, sealed=b"", former_sealed=None))


def _row(session: Session, public_id: str, site_ids: Sequence[int]) -> Webhook:
    row = session.scalar(
        select(Webhook).where(
            Webhook.public_id == public_id, Webhook.site_id.in_(site_ids), Webhook.removed_at.is_(None)
        )
    )
    if row is None:
        raise NoSuchWebhook
    return row


def _checked(events: Sequence[str]) -> list[str]:
    unknown = next((event for event in events if event not in EVENTS), None)
    if unknown is not None:
        raise WebhookError(f"events: {unknown[:40]!r} is none; choose among {', '.join(EVENTS)}")
    if not events:
        raise WebhookError(f"events: choose at least one of {', '.join(EVENTS)}")
    return [event for event in EVENTS if event in events]


def _hook(row: Webhook, site: str) -> Hook:
    return Hook(
        row.public_id,
        site,
        row.url,
        tuple(row.events),
        row.created_at,
        row.paused_at,
        row.paused_why,
        row.former_until,
    )
