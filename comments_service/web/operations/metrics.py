"""What the database says about the service's work, as Prometheus gauges; requests are counted in `request_metrics`."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments_service.outbox import backlog
from comments_service.runtime import Runtime
from comments_service.storage.tables import Comment, Decision, Heartbeat
from comments_service.web.context import runtime
from comments_service.web.operations.model_figures import SiteModels, site_models
from comments_service.web.operations.remember import remembered
from comments_service.web.operations.request_metrics import REGISTRY

# Seconds. Counting a million comments takes a while, and Prometheus asks every 15 s or so, from several places.
KEPT_S = 5.0


@dataclass(frozen=True)
class Figures:
    """One look into the database."""

    waiting: dict[str, backlog.Backlog]
    parked: int
    comments: dict[tuple[str, ...], float]
    decisions: dict[tuple[str, ...], float]
    held_oldest_s: float
    processes: dict[str, int]
    models: SiteModels


class DatabaseCollector(Collector):
    """Gauges of one look; made anew for each scrape."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        f = self._figures
        yield _gauge(
            "comments_outbox_waiting",
            "Due work that is not done.",
            ["kind"],
            {(k,): b.count for k, b in f.waiting.items()},
        )
        yield _gauge(
            "comments_outbox_oldest_seconds",
            "For how long the oldest work has been due.",
            ["kind"],
            {(k,): b.oldest_s for k, b in f.waiting.items()},
        )
        yield _gauge("comments_outbox_parked", "Work given up, waiting for a person.", [], {(): f.parked})
        yield _gauge("comments_comments", "Comments by status and who acts next.", ["status", "awaits"], f.comments)
        yield _gauge("comments_decisions", "Decisions by who decided and what.", ["actor", "action"], f.decisions)
        yield _gauge(
            "comments_held_oldest_seconds",
            "For how long the oldest held comment has waited.",
            [],
            {(): f.held_oldest_s},
        )
        yield _gauge(
            "comments_processes", "Processes seen alive lately.", ["role"], {(r,): n for r, n in f.processes.items()}
        )
        yield _gauge(
            "comments_model_drift",
            "Population stability index of the last week's scores against the model's making; \"words\": share unseen.",
            ["site", "label"],
            f.models.drift,
        )
        yield _gauge(
            "comments_model_drift_alarm",
            "1 where that is beyond what chance and the usual change explain.",
            ["site", "label"],
            f.models.alarms,
        )
        yield _gauge(
            "comments_model_trouble",
            "1 where a site's own model cannot be used and the installation's stands in.",
            ["site"],
            f.models.trouble,
        )


def exposition() -> bytes:
    """All metrics in Prometheus' text format: the database's, and the requests of all processes of this server."""
    registry = CollectorRegistry()
    registry.register(DatabaseCollector(remembered("metrics", KEPT_S, _look)))
    requests = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]
    return generate_latest(registry) + generate_latest(requests)


def _look() -> Figures:
    here = runtime()
    with here.reading() as session:
        return Figures(
            waiting=backlog.waiting(session),
            parked=backlog.parked_count(session),
            comments=_counted(session, Comment.status, Comment.awaits),
            decisions=_counted(session, Decision.actor, Decision.action),
            held_oldest_s=_held_oldest_s(session, here),
            processes=_alive(session, here),
            models=site_models(session),
        )


def _counted(session: Session, first: object, second: object) -> dict[tuple[str, ...], float]:
    statement = select(first, second, func.count()).group_by(first, second)  # type: ignore[call-overload]
    return {(a, b): count for a, b, count in session.execute(statement)}


def _held_oldest_s(session: Session, here: Runtime) -> float:
    held = select(func.min(Comment.created_at)).where(Comment.status == "pending", Comment.awaits == "human")
    oldest = session.scalar(held)
    return max(0.0, (here.clock() - oldest).total_seconds()) if oldest else 0.0


def _alive(session: Session, here: Runtime) -> dict[str, int]:
    counts = {"worker": 0, "relay": 0}
    for role, seen_at in session.execute(select(Heartbeat.role, Heartbeat.seen_at)):
        if (here.clock() - seen_at).total_seconds() <= 30:
            counts[role] = counts.get(role, 0) + 1
    return counts


def _gauge(name: str, text: str, labels: list[str], values: Mapping[tuple[str, ...], float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=labels)
    for key, value in values.items():
        family.add_metric(list(key), value)
    return family
