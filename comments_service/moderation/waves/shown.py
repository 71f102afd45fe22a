"""What the desk tells of waves: what each is recognised by, how much has come, what was decided and how far that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, literal, literal_column, or_, select
from sqlalchemy.orm import Session

from comments_service.content.excerpt import excerpt
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.privacy.hide import find_addresses
from comments_service.storage.tables import Comment, Moderator, Site, Thread, Wave, WaveRun, WaveStep

_LOOKED_BACK = 30  # waves of these sites; of older ones nothing waits, or it has waited for long enough
_SAMPLE = 12
_EXCERPT = 280  # characters


@dataclass(frozen=True, slots=True)
class RunView:
    """One decision about a wave: `done` of `total` comments. `state` is running, finished, undoing or undone."""

    id: int
    action: str
    reason: str
    by: str
    follows: bool
    state: str
    done: int
    total: int
    left_alone: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WaveView:
    """A wave in figures. Authors and networks are counted, never named. `run` is the latest decision about it."""

    id: int
    site_key: str
    site_name: str
    kind: str
    shows: str
    began_at: datetime
    ended_at: datetime | None
    ended_by: str
    dismissed: bool
    total: int
    waiting: int
    published: int
    authors: int
    networks: int
    sample: str
    run: RunView | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One comment of a wave."""

    public_id: str
    name: str
    status: str
    excerpt: str
    thread_title: str
    created_at: datetime


def waves_in_queue(session: Session, site_ids: SiteIds) -> list[WaveView]:
    """The waves that stand above the queue of these sites, the latest first."""
    waits = select(literal(1)).where(Comment.wave_id == Wave.id, Comment.status == literal_column("'pending'"))
    busy = select(literal(1)).where(
        WaveRun.wave_id == Wave.id,
        or_(
            and_(WaveRun.undo_at.is_(None), WaveRun.finished_at.is_(None)),
            and_(WaveRun.undo_at.is_not(None), WaveRun.undone_at.is_(None)),
        ),
    )
    stands = or_(Wave.ended_at.is_(None), waits.correlate(Wave).exists(), busy.correlate(Wave).exists())
    of_these = (of_sites(Wave.site_id, site_ids), Wave.dismissed.is_(False), stands)
    statement = _waves().where(*of_these).order_by(Wave.id.desc()).limit(_LOOKED_BACK)
    return _views(session, session.execute(statement).all())


def latest_waves(session: Session, site_ids: SiteIds) -> list[WaveView]:
    """The latest waves of these sites, the latest first."""
    statement = _waves().where(of_sites(Wave.site_id, site_ids)).order_by(Wave.id.desc()).limit(_LOOKED_BACK)
    return _views(session, session.execute(statement).all())


def find_wave(session: Session, wave_id: int, site_ids: SiteIds) -> WaveView | None:
    """One wave, or None where there is none of this number on these sites."""
    statement = _waves().where(Wave.id == wave_id, of_sites(Wave.site_id, site_ids))
    return next(iter(_views(session, session.execute(statement).all())), None)


def sample_of(session: Session, wave_id: int) -> list[Sample]:
    """The latest comments of a wave."""
    statement = (
        select(Comment, Thread.title)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Comment.wave_id == wave_id)
        .order_by(Comment.id.desc())
        .limit(_SAMPLE)
    )
    return [
        Sample(row.public_id, row.name, row.status, _excerpt(row.source), title, row.created_at)
        for row, title in session.execute(statement)
    ]


def _waves() -> Any:
    return (
        select(Wave, Site.key, Site.name, Moderator.name.label("ended_by"))
        .join(Site, Site.id == Wave.site_id)
        .outerjoin(Moderator, Moderator.id == Wave.ended_by)
    )


def _views(session: Session, rows: Sequence[Any]) -> list[WaveView]:
    ids = [row.Wave.id for row in rows]
    counts, runs = _counts(session, ids), _runs(session, ids)
    return [
        WaveView(
            id=row.Wave.id,
            site_key=row.key,
            site_name=row.name,
            kind=row.Wave.kind,
            shows=row.Wave.shows,
            began_at=row.Wave.began_at,
            ended_at=row.Wave.ended_at,
            ended_by=row.ended_by or "",
            dismissed=row.Wave.dismissed,
            sample=_first(session, row.Wave.id),
            run=runs.get(row.Wave.id),
            **counts.get(row.Wave.id, dict.fromkeys(("total", "waiting", "published", "authors", "networks"), 0)),
        )
        for row in rows
    ]


def _counts(session: Session, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    statement = (
        select(
            Comment.wave_id,
            func.count().label("total"),
            _of_status("pending").label("waiting"),
            _of_status("approved").label("published"),
            func.count(Comment.address_id.distinct()).label("authors"),
            func.count(Comment.network_digest.distinct()).label("networks"),
        )
        .where(Comment.wave_id.in_(ids))
        .group_by(Comment.wave_id)
    )
    names = ("total", "waiting", "published", "authors", "networks")
    return {row.wave_id: {name: int(row._mapping[name]) for name in names} for row in session.execute(statement)}


def _of_status(status: str) -> Any:
    return func.sum(case((Comment.status == status, 1), else_=0))


def _runs(session: Session, ids: Sequence[int]) -> dict[int, RunView]:
    latest = select(func.max(WaveRun.id)).where(WaveRun.wave_id.in_(ids)).group_by(WaveRun.wave_id)
    done = select(func.count()).where(WaveStep.run_id == WaveRun.id).correlate(WaveRun).scalar_subquery()
    statement = (
        select(WaveRun, Moderator.name, done)
        .join(Moderator, Moderator.id == WaveRun.moderator_id)
        .where(WaveRun.id.in_(latest))
    )
    return {run.wave_id: _run(run, by, many) for run, by, many in session.execute(statement)}


def _run(run: WaveRun, by: str, done: int) -> RunView:
    if run.undo_at is not None:
        state = "undone" if run.undone_at else "undoing"
    else:
        state = "finished" if run.finished_at else "running"
    return RunView(
        run.id, run.action, run.reason, by, run.follows, state, done, run.total, run.left_alone, run.created_at
    )


def _first(session: Session, wave_id: int) -> str:
    statement = select(Comment.source).where(Comment.wave_id == wave_id, Comment.source != "").order_by(Comment.id)
    return _excerpt(session.scalar(statement.limit(1)) or "")


def _excerpt(source: str) -> str:
    return excerpt(source, _EXCERPT, find_hidden=find_addresses)
