"""The worker's handler for deliveries: build, sign, post, write down how it went, settle.

At least once: a worker that ends between the receiver's answer and our writing it down sends again, under the same id.
A receiver that fails is tried for about a day; then the webhook is paused, and what follows is held until a person
lets it go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from comments_service.notifications.means import Means
from comments_service.notifications.webhooks.body import delivery_body
from comments_service.notifications.webhooks.post import Undelivered, Unreachable, post
from comments_service.notifications.webhooks.signature import signed_headers
from comments_service.outbox.backoff import PATIENT_TRIES
from comments_service.outbox.claim import Claimed, finish
from comments_service.storage.tables import Webhook, WebhookAttempt, WebhookDelivery

_GONE = 410  # the receiver says that it will never want any again


class NotTaken(Exception):
    """The receiver did not take the delivery this time."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A delivery as it goes out. `body` None: it does not, and has this `outcome`."""

    url: str = ""
    body: bytes | None = None
    headers: dict[str, str] | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class _Try:
    """How a try went: the status code, or why there was none."""

    status: int | None
    took_ms: int
    error: str

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def why_not(self) -> str:
        return self.error or f"it answered {self.status}"


def send_webhooks(means: Means, rows: Sequence[Claimed]) -> None:
    """Send what `rows` ask for and finish them. Raises NotTaken for what is to be tried again.

    Meant for one row at a time: a receiver that hangs keeps only its own delivery waiting.
    """
    for row in rows:
        delivery_id = int(row.key.partition(":")[0])
        letter = _letter(means, delivery_id)
        if letter.body is None:
            _settle(means, row, delivery_id, letter.outcome)
        else:
            _sent(means, row, delivery_id, _post(means, letter, letter.body))


def _letter(means: Means, delivery_id: int) -> _Letter:
    with means.reading() as session:
        delivery = session.get_one(WebhookDelivery, delivery_id)
        webhook = session.get_one(Webhook, delivery.webhook_id)
        if webhook.removed_at is not None:
            return _Letter(outcome="failed")
        if webhook.paused_at is not None:
            return _Letter(outcome="held")
        body = delivery_body(session, means, delivery, webhook)
        return _Letter(webhook.url, body, _headers(means, webhook, delivery.public_id, body))


def _headers(means: Means, webhook: Webhook, public_id: str, body: bytes) -> dict[str, str]:
    now = means.clock()
    secrets = [means.vault.open(webhook.sealed)]
    if webhook.former_sealed is not None and webhook.former_until is not None and now < webhook.former_until:
        secrets.append(means.vault.open(webhook.former_sealed))
    signed = signed_headers(public_id, body, int(now.timestamp()), secrets)
    return {"Content-Type": "application/json", "User-Agent": "comments-service", **signed}


def _post(means: Means, letter: _Letter, body: bytes) -> _Try:
    try:
        answer = post(letter.url, body, letter.headers or {}, private=means.settings.webhook_private_networks)
    except (Undelivered, Unreachable) as error:
        return _Try(None, 0, str(error))
    return _Try(answer.status, answer.took_ms, "")


def _sent(means: Means, row: Claimed, delivery_id: int, how: _Try) -> None:
    if how.taken:
        _settle(means, row, delivery_id, "delivered", how)
    elif how.status == _GONE:
        _settle(means, row, delivery_id, "failed", how, pause="The receiver says that it is gone (410).")
    elif row.tries >= PATIENT_TRIES:
        why = f"The receiver has taken nothing for a day: {how.why_not}."
        _settle(means, row, delivery_id, "failed", how, pause=why)
    else:
        with means.transaction() as session:
            _write_down(session, means, delivery_id, how)
        raise NotTaken(how.why_not)


def _settle(
    means: Means, row: Claimed, delivery_id: int, outcome: str, how: _Try | None = None, *, pause: str = ""
) -> None:
    with means.transaction() as session:
        if not finish(session, row.id, row.token):
            return  # fenced out: another worker has the row, and writes down how its own try went
        if how is not None:
            _write_down(session, means, delivery_id, how)
        now = means.clock()
        session.execute(
            update(WebhookDelivery).where(WebhookDelivery.id == delivery_id).values(outcome=outcome, settled_at=now)
        )
        if pause:
            its_webhook = select(WebhookDelivery.webhook_id).where(WebhookDelivery.id == delivery_id)
            session.execute(
                update(Webhook)
                .where(Webhook.id.in_(its_webhook), Webhook.paused_at.is_(None))
                .values(paused_at=now, paused_why=pause)
                .execution_options(synchronize_session=False)
            )


def _write_down(session: Session, means: Means, delivery_id: int, how: _Try) -> None:
    values = {"status": how.status, "took_ms": how.took_ms, "error": how.error, "created_at": means.clock()}
    session.execute(insert(WebhookAttempt).values(delivery_id=delivery_id, **values))
