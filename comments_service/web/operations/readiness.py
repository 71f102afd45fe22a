"""Whether everything that a comment needs on its road is there. `doctor` tells the details."""

from datetime import timedelta

import structlog
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from comments_service import migrations
from comments_service.outbox.doorbell import Doorbell
from comments_service.outbox.errors import summary
from comments_service.runtime import Runtime
from comments_service.storage.tables import Heartbeat
from comments_service.web.context import runtime
from comments_service.web.operations.remember import remembered
from comments_service.web.submissions import DOORBELL

log = structlog.get_logger(__name__)

SILENT_S = 30.0


def readiness() -> dict[str, str]:
    """Each part's state: "ok", or what is wrong in words that anybody may read."""
    return remembered("readiness", 1.0, _look)


def _look() -> dict[str, str]:
    here = runtime()
    return {**_stored(here), "broker": _broker()}


def _stored(here: Runtime) -> dict[str, str]:
    try:
        with here.reading() as session:
            fits = migrations.current(session.connection()) == migrations.newest()
            if not fits:
                return {"database": "ok", "schema": "not this release's", "worker": "unknown", "model": "unknown"}
            return {"database": "ok", "schema": "ok", **_workers(session, here)}
    except SQLAlchemyError as error:
        log.warning("not_ready", part="database", error=summary(error))
        return {"database": "unreachable", "schema": "unknown", "worker": "unknown", "model": "unknown"}


def _workers(session: Session, here: Runtime) -> dict[str, str]:
    since = here.clock() - timedelta(seconds=SILENT_S)
    statement = select(Heartbeat.model).where(Heartbeat.role == "worker", Heartbeat.seen_at >= since)
    models = list(session.scalars(statement))
    if not models:
        return {"worker": "none seen lately", "model": "unknown"}
    return {"worker": "ok", "model": "ok" if all(models) else "a worker has none"}


def _broker() -> str:
    ring = current_app.extensions[DOORBELL]
    bell = getattr(ring, "__self__", ring)
    # Whoever mounted the service with a function of their own to ring by watches their own broker.
    fault = bell.fault() if isinstance(bell, Doorbell) else None
    if fault is None:
        return "ok"
    log.warning("not_ready", part="broker", error=fault)
    return "unreachable"
