"""The relay: looks into the database every few seconds, and rings for what is due and in nobody's hands.

It is the guarantee that a lost bell, a killed worker or an emptied broker costs seconds. It takes no comments itself,
and releases nothing: leases expire by themselves. Any number of relays may run.
"""

import signal
import threading
from typing import Any

import structlog

from comments_service.moderation.model_watch import promise_watch, watch_promised
from comments_service.moderation.waves.beginning import any_lasts, end_quiet_waves
from comments_service.notifications import confirm_mail, news_mail
from comments_service.notifications.desk_promises import anybody_wants_mail, promise_desk_mails
from comments_service.notifications.waiting_mail import promise_waiting_mails
from comments_service.outbox import backlog
from comments_service.outbox.doorbell import Doorbell
from comments_service.outbox.errors import summary
from comments_service.outbox.kinds import KINDS
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import Settings
from comments_service.tasks.celery_app import celery_app
from comments_service.tasks.doorbell import CeleryDoorbell
from comments_service.tasks.heartbeat import Pulse
from comments_service.tasks.retention import retain

log = structlog.get_logger(__name__)


def main(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stopped = threading.Event()

    def stop(*_: Any) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runtime = open_runtime(settings)
    pulse = Pulse(runtime, "relay", lambda: None, with_parent=False)
    pulse.start()
    doorbell = CeleryDoorbell(celery_app(settings))
    log.info("relay_started", every_s=settings.relay_interval_s)
    while True:
        look(runtime, doorbell)
        if stopped.wait(settings.relay_interval_s):
            break
    pulse.stop()


def tell_moderators(runtime: Runtime) -> None:
    """Promise mails where comments became a moderator's business. Does nothing where no mail is set up."""
    settings, now = runtime.settings, runtime.clock()
    if not settings.sends_mail:
        return
    with runtime.reading() as session:
        personally = anybody_wants_mail(session)
    if not (settings.moderators_mail or personally):
        return
    with runtime.transaction() as session:
        promise_waiting_mails(session, settings, now)
        promise_desk_mails(session, settings, now)


def tell_followers(runtime: Runtime) -> None:
    """Promise the mails that followers are due. Does nothing where no mail is set up."""
    if not runtime.settings.sends_mail:
        return
    now = runtime.clock()
    with runtime.reading() as session:
        if not (confirm_mail.is_wanted(session) or news_mail.is_due(session, now)):
            return
    with runtime.transaction() as session:
        confirm_mail.promise_confirm_mails(session, now)
        news_mail.promise_news_mails(session, now)


def have_models_watched(runtime: Runtime) -> None:
    """Promise the hour's look at each site's model, once."""
    with runtime.reading() as session:
        if watch_promised(session, runtime.clock()):
            return
    with runtime.transaction() as session:
        promise_watch(session, runtime.clock())


def end_waves(runtime: Runtime) -> None:
    """End the waves to which nothing comes any more."""
    with runtime.reading() as session:
        if not any_lasts(session):
            return
    with runtime.transaction() as session:
        end_quiet_waves(session, runtime.settings.site_defaults, runtime.clock())


def look(runtime: Runtime, doorbell: Doorbell) -> None:
    """One look: ring for what is due, and clear away what is old. Never raises: the next look may succeed."""
    try:
        with runtime.reading() as session:
            kinds = backlog.takeable(session)
        for kind in kinds:
            if kind in KINDS:
                doorbell.ring(kind)
        retain(runtime)
        tell_moderators(runtime)
        tell_followers(runtime)
        end_waves(runtime)
        have_models_watched(runtime)
    except Exception as error:
        log.error("relay_cannot_look", error=summary(error), remedy="`comments-service doctor` says what is wrong")
