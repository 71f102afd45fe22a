"""What `doctor` looks at: each check says whether a part of the installation works, and if not, how to mend it."""

import os
import stat
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from comments_service.cli.entry import BROKER_FAULT, entry
from comments_service.cli.examination_of_models import erased_lessons, model, site_models
from comments_service.cli.found import Found
from comments_service.notifications.deliver import DeliveryFailed, greet
from comments_service.outbox import backlog
from comments_service.outbox.errors import summary
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import Settings
from comments_service.storage import schema
from comments_service.storage.engine import open_engine
from comments_service.storage.tables import Heartbeat, Moderator, Site

OLD_BACKLOG_S = 60.0
SILENT_S = 30.0
_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


def examine(settings: Settings, only: Collection[str] = ()) -> Iterator[Found]:
    """Run all checks, or those that `only` names, in the order in which one depends on the other."""
    wanted = set(only or PARTS)
    for part, check in _OUTSIDE.items():
        if part in wanted:
            yield check(settings)
    inside = [check for part, check in _INSIDE.items() if part in wanted]
    if inside or "database" in wanted:
        yield from _look_inside(settings, inside, say_database="database" in wanted)


def _look_inside(
    settings: Settings, checks: list[Callable[[Runtime], Found]], *, say_database: bool
) -> Iterator[Found]:
    found = database(settings)
    if say_database or not found.ok:
        yield found
    if not found.ok:
        return
    runtime = open_runtime(settings)
    for check in checks:
        try:
            yield check(runtime)
        except SQLAlchemyError as error:
            yield Found("database", False, summary(error), "run doctor again; if it stays, see the database's log")


def data_folder(settings: Settings) -> Found:
    """Can everything that is kept be written?"""
    folder = settings.data_dir.absolute()
    if not folder.is_dir():
        return Found("data folder", False, f"{folder} does not exist", "run `comments-service init`")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Found(
            "data folder", False, f"{folder} is not writable", "give it to the user that runs the service (chown)"
        )
    return Found("data folder", True, str(folder))


def secret_key(settings: Settings) -> Found:
    """Can others on this machine read the key that opens the addresses?"""
    path = settings.data_dir / "secret.key"
    if not path.exists():
        return Found("secret key", True, "from COMMENTS_SECRET_KEY")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Found("secret key", False, f"{path} can be read by others (mode {mode:03o})", f"chmod 600 {path}")
    return Found("secret key", True, f"{path}, mode {mode:03o}")


def database(settings: Settings) -> Found:
    """Does it answer, and does its schema fit this release?"""
    engine = open_engine(settings.sqlalchemy_url)
    try:
        current, fits = schema.current(engine), schema.is_current(engine)
    except (SQLAlchemyError, OSError) as error:
        return Found(
            "database", False, summary(error), "check COMMENTS_DATABASE_URL, and that the database server runs"
        )
    finally:
        engine.dispose()
    if not fits:
        return Found(
            "database", False, f"schema {current or 'empty'} is not this release's", "comments-service db upgrade"
        )
    return Found("database", True, f"{engine.dialect.name}, schema {current}")


def broker(settings: Settings) -> Found:
    """Can workers be rung? Without, comments wait, but none is lost."""
    kind = urlsplit(settings.celery_broker_url).scheme
    fault = entry(BROKER_FAULT)(settings)
    if fault:
        return Found("broker", False, f"{kind}: {fault}", "check COMMENTS_BROKER_URL, and that the broker runs")
    return Found("broker", True, kind)


def public_address(settings: Settings) -> Found:
    """Do links in pages and mails lead here?"""
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if settings.allowed_hosts and host not in settings.allowed_hosts and host not in _LOCAL_HOSTS:
        return Found(
            "public address",
            False,
            f"{host} is not among COMMENTS_ALLOWED_HOSTS",
            f"add {host} to COMMENTS_ALLOWED_HOSTS",
        )
    if parts.scheme == "http" and host not in _LOCAL_HOSTS and host != settings.host:
        return Found(
            "public address",
            False,
            f"{settings.public_url} is not encrypted",
            "put a proxy with TLS in front, and write https:// in COMMENTS_BASE_URL",
        )
    return Found("public address", True, settings.public_url)


def mail(settings: Settings) -> Found:
    """Is the mail server there, if one is set?"""
    if not settings.smtp_url:
        return Found("mail", True, "not set: no mail is sent, and readers can follow comments by feed only")
    if not settings.mail_from:
        return Found("mail", False, "COMMENTS_SMTP_URL is set without COMMENTS_MAIL_FROM", "set COMMENTS_MAIL_FROM")
    try:
        greet(settings.smtp_url, settings.mail_from, timeout_s=3)
    except DeliveryFailed as error:
        remedy = "look at COMMENTS_SMTP_URL; `comments-service mail check` says more"
        return Found("mail", False, str(error), remedy)
    return Found("mail", True, f"{urlsplit(settings.smtp_url).hostname}; `comments-service mail check` looks closer")


def workers(runtime: Runtime) -> Found:
    """Is anybody deciding?"""
    return _alive(runtime, "worker", "comments wait undecided", "start `comments-service worker` (or `run`)")


def senders(runtime: Runtime) -> Found:
    """Is anybody sending, where there is mail to send?"""
    if not runtime.settings.sends_mail:
        return Found("sender", True, "no mail is set up")
    return _alive(runtime, "sender", "mails wait", "start `comments-service worker --kinds sending` (or `run`)")


def relays(runtime: Runtime) -> Found:
    """Is anybody looking for work that got lost?"""
    return _alive(runtime, "relay", "nobody looks for lost work", "start `comments-service relay` (or `run`)")


def _alive(runtime: Runtime, role: str, consequence: str, remedy: str) -> Found:
    since = runtime.clock() - timedelta(seconds=SILENT_S)
    with runtime.reading() as session:
        alive = session.scalar(select(func.count()).where(Heartbeat.role == role, Heartbeat.seen_at >= since)) or 0
        without_model = session.scalar(
            select(func.count()).where(Heartbeat.role == role, Heartbeat.seen_at >= since, Heartbeat.model.is_(None))
        )
    if not alive:
        return Found(role, False, f"none seen for {SILENT_S:.0f} s: {consequence}", remedy)
    if role == "worker" and without_model:
        return Found(role, False, f"{without_model} of {alive} without a model: comments are held", "see `model`")
    return Found(role, True, f"{alive} alive")


def waiting_work(runtime: Runtime) -> Found:
    """Does work pile up?"""
    with runtime.reading() as session:
        waiting = backlog.waiting(session)
    told = ", ".join(f"{kind}: {b.count}, oldest {b.oldest_s:.0f} s" for kind, b in waiting.items()) or "none"
    if any(b.oldest_s > OLD_BACKLOG_S for b in waiting.values()):
        return Found("waiting work", False, told, "see `worker`; raise COMMENTS_WORKER_PROCESSES if workers are busy")
    return Found("waiting work", True, told)


def parked_work(runtime: Runtime) -> Found:
    """Was anything given up?"""
    with runtime.reading() as session:
        count, rows = backlog.parked_count(session), backlog.parked(session, limit=3)
    if not count:
        return Found("parked work", True, "none")
    told = "; ".join(f"{row.kind} {row.key}: {row.error}" for row in rows)
    return Found(
        "parked work",
        False,
        f"{count}: {told}",
        "mend the cause, then `comments-service outbox retry ID` (`list` shows)",
    )


def sites(runtime: Runtime) -> Found:
    """Is there a site to comment on?"""
    with runtime.reading() as session:
        keys = list(session.scalars(select(Site.key).order_by(Site.key)))
    if not keys:
        return Found("sites", False, "none", "comments-service site add my-blog --name 'My blog' --origin https://…")
    return Found("sites", True, ", ".join(keys))


def moderators(runtime: Runtime) -> Found:
    """Can anybody decide about what is held?"""
    with runtime.reading() as session:
        count = session.scalar(select(func.count()).where(Moderator.disabled.is_(False))) or 0
    if not count:
        return Found("moderators", False, "none", "comments-service moderator add LOGIN")
    return Found("moderators", True, str(count))


_OUTSIDE: dict[str, Callable[[Settings], Found]] = {
    "data folder": data_folder,
    "secret key": secret_key,
    "broker": broker,
    "model": model,
    "public address": public_address,
    "mail": mail,
}
_INSIDE: dict[str, Callable[[Runtime], Found]] = {
    "worker": workers,
    "sender": senders,
    "relay": relays,
    "waiting work": waiting_work,
    "parked work": parked_work,
    "sites": sites,
    "site models": site_models,
    "erased lessons": erased_lessons,
    "moderators": moderators,
}
PARTS = (*_OUTSIDE, "database", *_INSIDE)
