"""How sending is done: mails and webhooks. Loads no model (tests/architecture/test_lean_web.py)."""

from functools import partial

from comments_service.notifications.send import send_mails
from comments_service.notifications.webhooks.send import send_webhooks
from comments_service.outbox.backoff import PATIENT_TRIES, patient
from comments_service.outbox.handlers import Handler
from comments_service.runtime import Runtime
from comments_service.tasks.equipment import Equipment


def equip(runtime: Runtime) -> Equipment:
    """One at a time: what a slow server keeps waiting is one mail or event, and one try."""
    return Equipment(
        {
            "mail": Handler(partial(send_mails, runtime), batch=1, tries=PATIENT_TRIES, wait=patient),
            "webhook": Handler(partial(send_webhooks, runtime), batch=1, tries=PATIENT_TRIES, wait=patient),
        }
    )
