"""When a wave begins and when it ends. Beginning marks what has come already, so that it is decided with the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, func, literal, literal_column, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from comments_service.moderation.sites import site_settings
from comments_service.moderation.waves.arriving import ALIKE, LINKS, NEWCOMERS, window
from comments_service.notifications.wave_mail import promise_wave_mails
from comments_service.settings import Settings, SiteSettings
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Address, Comment, LikenessMark, Site, Sketch, Wave
from comments_service.storage.types import to_microseconds
from comments_service.storage.upsert import insert_row

_USUAL_FOR = timedelta(days=7)  # with what went before a burst is compared
_KNOWN_AFTER = timedelta(days=3)  # a younger site has no usual rate
_TIMES_USUAL = 3
_MOST_MARKED = 5000  # comments that came before their wave was seen; more are held as they come
# Who has ended a wave by hand is not asked again about the same at once; who said it was none, not for a week.
_ENDED_FOR, _DISMISSED_FOR = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What may be a wave: its site, kind and mark as in `storage.waves`, and the domain's name."""

    site_id: int
    kind: str
    mark: int
    shows: str


def begin(session: Session, suspicion: Suspicion, settings: Settings, now: datetime) -> int | None:
    """Open the wave, if it is one and does not last already. Its id, or None."""
    site = session.get(Site, suspicion.site_id)
    if site is None or _is_settled(session, suspicion, now):
        return None
    own = site_settings(site, settings.site_defaults)
    since = now - window(own)
    arrivals = _arrivals(suspicion, since).where(*_not_answered(suspicion.site_id, now))
    arrived = session.execute(arrivals.limit(_MOST_MARKED)).all()
    if not _is_burst(session, suspicion, own, site, arrived, since):
        return None
    row = {"site_id": site.id, "kind": suspicion.kind, "mark": suspicion.mark, "shows": suspicion.shows}
    wave_id = insert_row(session, Wave, {**row, "began_at": now, "dismissed": False})
    _mark(session, [*(row.id for row in arrived), *_waiting_alike(session, suspicion)], wave_id)
    promise_wave_mails(session, settings, wave_id, now)
    return wave_id


def end_quiet_waves(session: Session, defaults: SiteSettings, now: datetime) -> int:
    """End the waves to which nothing has come for the site's quiet time, or which it does not want; how many."""
    ended = 0
    for wave, site in session.execute(select(Wave, Site).join(Site).where(Wave.ended_at.is_(None))).all():
        own = site_settings(site, defaults)
        quiet = timedelta(minutes=own.wave_quiet_minutes)
        last = select(Comment.created_at).where(Comment.wave_id == wave.id).order_by(Comment.id.desc()).limit(1)
        if not _size(wave.kind, own) or max(session.scalar(last) or wave.began_at, wave.began_at) <= now - quiet:
            wave.ended_at = now
            ended += 1
    return ended


def any_lasts(session: Session) -> bool:
    """Whether there is a wave at all: asked every few seconds."""
    return session.scalar(select(Wave.id).where(Wave.ended_at.is_(None)).limit(1)) is not None


def _is_settled(session: Session, suspicion: Suspicion, now: datetime) -> bool:
    """Whether this wave lasts already, or a person has ended it lately."""
    statement = (
        select(Wave)
        .where(Wave.site_id == suspicion.site_id, Wave.kind == suspicion.kind, Wave.mark == suspicion.mark)
        .order_by(Wave.id.desc())
        .limit(1)
    )
    last = session.scalar(statement)
    if last is None:
        return False
    if last.ended_at is None:
        return True
    pause = _DISMISSED_FOR if last.dismissed else _ENDED_FOR if last.ended_by is not None else timedelta(0)
    return now - last.ended_at < pause


def _arrivals(suspicion: Suspicion, since: datetime) -> Any:
    columns: Any = select(Comment.id, Comment.address_id, Comment.network_digest)
    statement = columns.where(Comment.wave_id.is_(None))
    if suspicion.kind == ALIKE:
        joined = statement.join(Sketch, Sketch.comment_id == Comment.id)
        return joined.where(Sketch.group_id == suspicion.mark, Sketch.created_at > since)
    if suspicion.kind == LINKS:
        joined = statement.join(LikenessMark, LikenessMark.comment_id == Comment.id)
        return joined.where(
            LikenessMark.site_id == suspicion.site_id,
            LikenessMark.mark == suspicion.mark,
            LikenessMark.created_at > since,
        )
    new = (Address.site_id == suspicion.site_id, Address.created_at > since)
    return statement.join(Address, Address.id == Comment.address_id).where(*new)


def _not_answered(site_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the comment is not of a wave that a person has ended lately, by whatever it was recognised."""
    by_hand = and_(Wave.ended_by.is_not(None), Wave.ended_at > now - _ENDED_FOR)
    answered = or_(by_hand, and_(Wave.dismissed, Wave.ended_at > now - _DISMISSED_FOR))
    marks = select(Wave.mark).where(Wave.site_id == site_id, answered)
    groups = marks.where(Wave.kind == ALIKE)
    linked = select(literal(1)).where(
        LikenessMark.comment_id == Comment.id, LikenessMark.mark.in_(marks.where(Wave.kind == LINKS))
    )
    return or_(Comment.group_id.is_(None), Comment.group_id.not_in(groups)), ~linked.correlate(Comment).exists()


def _is_burst(
    session: Session,
    suspicion: Suspicion,
    own: SiteSettings,
    site: Site,
    arrived: Sequence[Any],
    since: datetime,
) -> bool:
    size = _size(suspicion.kind, own)
    # Whoever says the same on twelve pages is one person; floods and repetitions have limits of their own.
    sources = {row.address_id or row.network_digest or row.id for row in arrived}
    if not size or len(arrived) < size or len(sources) < max(3, size // 2):
        return False
    if suspicion.kind == NEWCOMERS:
        new = (Address.site_id == site.id,)
        usual = _busiest(session, Address.created_at, since, own, *new)
        return site.created_at <= since - _KNOWN_AFTER and len(sources) > _TIMES_USUAL * usual
    if suspicion.kind == LINKS:
        linking = (LikenessMark.site_id == site.id, LikenessMark.mark == suspicion.mark)
        return len(arrived) > _TIMES_USUAL * _busiest(session, LikenessMark.created_at, since, own, *linking)
    return True


def _size(kind: str, own: SiteSettings) -> int:
    """How many comments make a wave of this kind on the site; 0 for none ever."""
    return own.wave_newcomers if kind == NEWCOMERS else own.wave_size


def _busiest(session: Session, moment: Any, since: datetime, own: SiteSettings, *conditions: Any) -> int:
    """How many came in the busiest such stretch of the week before."""
    stretch = int(window(own).total_seconds()) * 1_000_000
    # The databases' own division of whole numbers: SQLAlchemy's would give fractions.
    number = (to_microseconds(since) - type_coerce(moment, BigInteger)).op("/")(literal(stretch, BigInteger))
    counts = (
        select(func.count().label("many"))
        .where(*conditions, moment > since - _USUAL_FOR, moment <= since)
        .group_by(number)
        .subquery()
    )
    return session.scalar(select(func.max(counts.c.many))) or 0


def _waiting_alike(session: Session, suspicion: Suspicion) -> Sequence[int]:
    """What came before the burst, is like it and still waits."""
    if suspicion.kind != ALIKE:
        return ()
    waits = (Comment.group_id == suspicion.mark, Comment.status == literal_column("'pending'"))
    return session.scalars(select(Comment.id).where(*waits, Comment.wave_id.is_(None)).limit(_MOST_MARKED)).all()


def _mark(session: Session, ids: Sequence[int], wave_id: int) -> None:
    lock_threads(session, Comment.id.in_(ids))
    session.execute(
        update(Comment).where(Comment.id.in_(ids)).values(wave_id=wave_id).execution_options(synchronize_session=False)
    )
