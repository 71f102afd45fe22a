"""A comment that is being judged, and waves: does it belong to one that lasts, or may one begin with it?

Only counting happens here, by index and up to the number that matters. Whether it is a wave, `beginning` decides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal, select, update
from sqlalchemy.orm import Session

from comments_service.outbox.enqueue import enqueue
from comments_service.scoring.marks import mark_of_host
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Address, Comment, LikenessMark, Sketch, Wave, WaveRun

KIND = "waves"  # of the outbox's work; the payload's "what" says which
BEGIN, FOLLOW = "begin", "follow"
ALIKE, LINKS, NEWCOMERS = "alike", "links", "newcomers"

_OPEN = select(Wave.id, Wave.kind, Wave.mark).where(Wave.site_id == bindparam("site"), Wave.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a wave recognises a comment by. `newcomer`: its address was first used here lately, or it has none."""

    comment_id: int
    site_id: int
    group_id: int | None
    hosts: tuple[str, ...]
    newcomer: bool


def window(settings: SiteSettings) -> timedelta:
    """Within how short a time comments count as a burst."""
    return timedelta(minutes=settings.wave_minutes)


def is_newcomer(session: Session, address_id: int | None, written: datetime, settings: SiteSettings) -> bool:
    """Whether nobody knew this author when the burst began. Without an address nobody knows anybody."""
    if address_id is None:
        return True
    first = session.scalar(select(Address.created_at).where(Address.id == address_id))
    return first is None or first > written - window(settings)


def wave_of(session: Session, arrival: Arrival) -> int | None:
    """The wave that lasts and that the comment belongs to; the one that tells most, if several."""
    rows = session.connection().execute(_OPEN, {"site": arrival.site_id}).all()
    marks = {mark_of_host(host) for host in arrival.hosts} if rows else set()
    fits = {
        row.kind: row.id
        for row in rows
        if (row.kind == ALIKE and row.mark == arrival.group_id)
        or (row.kind == LINKS and row.mark in marks)
        or (row.kind == NEWCOMERS and arrival.newcomer)
    }
    return next((fits[kind] for kind in (ALIKE, LINKS, NEWCOMERS) if kind in fits), None)


def put_into_wave(session: Session, comment_id: int, wave_id: int | None) -> None:
    """Keep which wave a comment belongs to."""
    session.execute(
        update(Comment)
        .where(Comment.id == comment_id)
        .values(wave_id=wave_id)
        .execution_options(synchronize_session=False)
    )


def promise_beginnings(session: Session, arrival: Arrival, settings: SiteSettings, now: datetime) -> None:
    """Promise a closer look where as many have come within the window as make a wave."""
    since = now - window(settings)
    if settings.wave_size and arrival.group_id is not None:
        alike = (Sketch.group_id == arrival.group_id, Sketch.created_at > since)
        if _reaches(session, settings.wave_size, Sketch, *alike):
            _promise(session, arrival.site_id, ALIKE, arrival.group_id, "", now)
    for host in arrival.hosts if settings.wave_size else ():
        mark = mark_of_host(host)
        linking = (LikenessMark.site_id == arrival.site_id, LikenessMark.mark == mark, LikenessMark.created_at > since)
        if _reaches(session, settings.wave_size, LikenessMark, *linking):
            _promise(session, arrival.site_id, LINKS, mark, host, now)
    if settings.wave_newcomers and arrival.newcomer:
        new = (Address.site_id == arrival.site_id, Address.created_at > since)
        if _reaches(session, settings.wave_newcomers, Address, *new):
            _promise(session, arrival.site_id, NEWCOMERS, 0, "", now)


def promise_following(session: Session, comment_id: int, wave_id: int, now: datetime) -> None:
    """A comment of a wave was held: what was decided about the wave and what follows is promised for it."""
    latest = select(WaveRun.id, WaveRun.follows, WaveRun.undo_at).where(WaveRun.wave_id == wave_id)
    run = session.execute(latest.order_by(WaveRun.id.desc()).limit(1)).one_or_none()
    if run is not None and run.follows and run.undo_at is None:
        payload = {"what": FOLLOW, "run": run.id, "comment": comment_id}
        enqueue(session, KIND, f"{FOLLOW}:{run.id}:{comment_id}", payload, now)


def _reaches(session: Session, size: int, table: Any, *conditions: Any) -> bool:
    met = select(literal(1)).select_from(table).where(*conditions).limit(size).subquery()
    return session.scalar(select(func.count()).select_from(met)) == size


def _promise(session: Session, site_id: int, kind: str, mark: int, shows: str, now: datetime) -> None:
    # One look a minute is enough, however many arrive in it.
    key = f"{BEGIN}:{site_id}:{kind}:{mark}:{now:%Y%m%d%H%M}"
    payload = {"what": BEGIN, "site": site_id, "kind": kind, "mark": mark, "shows": shows}
    enqueue(session, KIND, key, payload, now)
