"""From promises to settings: which thresholds a site would get, and what its people would then have to do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from comments_service.settings import SiteSettings
from comments_service.training_data.bounds import Rate
from comments_service.training_data.judgements import Judgements
from comments_service.training_data.promises import (
    Promise,
    Workload,
    publishing,
    rejecting,
    workload,
)


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold for publishing: what people must look at, and how often publishing would be wrong."""

    threshold: float
    human: float
    wrong: Rate


@dataclass(frozen=True, slots=True)
class Proposal:
    """`changes` are site settings; empty where neither promise can be shown to be kept."""

    published: Promise
    rejected: Promise
    changes: dict[str, float]
    now: Workload
    then: Workload
    curve: tuple[Point, ...]


def proposal(known: Judgements, settings: SiteSettings, published_wrong: float, rejected_wrong: float) -> Proposal:
    """Thresholds for the two limits. What cannot be shown keeps the setting that it has."""
    published, rejected = publishing(known, published_wrong), rejecting(known, rejected_wrong)
    changes = _changes(published, rejected)
    after = settings.model_copy(update=changes)
    return Proposal(
        published=published,
        rejected=rejected,
        changes=changes,
        now=_workload(known, settings),
        then=_workload(known, after),
        curve=tuple(_curve(known, after, published)),
    )


def _changes(published: Promise, rejected: Promise) -> dict[str, float]:
    changes: dict[str, float] = {}
    if rejected.kept is not None:
        changes |= {"spam_reject": rejected.kept.spam, "toxic_reject": rejected.kept.toxic}
    if published.kept is not None:
        changes |= {"spam_hold": published.kept.spam, "toxic_hold": published.kept.toxic}
    return changes


def _workload(known: Judgements, settings: SiteSettings) -> Workload:
    hold = (settings.spam_hold, settings.toxic_hold)
    if settings.premoderate:
        hold = (0.0, 0.0)
    reject = (settings.spam_reject, settings.toxic_reject)
    return workload(known, hold=hold, reject=reject, audit_rate=settings.audit_rate)


def _curve(known: Judgements, settings: SiteSettings, published: Promise) -> Sequence[Point]:
    reject = (settings.spam_reject, settings.toxic_reject)
    points = []
    for tried in published.tried:
        hold = (tried.spam, tried.toxic)
        work = workload(known, hold=hold, reject=reject, audit_rate=settings.audit_rate)
        if tried.decisions:
            points.append(Point(tried.spam, work.human.estimate, tried.rate))
    return points
