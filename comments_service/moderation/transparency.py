"""Numbers for a transparency report (Articles 15 and 24 of the Digital Services Act) about the days of a period.

What was taken back counts as never decided: the report tells what stood. Publishing it is the site's own work.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from comments_service.moderation.period import Period
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.standing import REMOVED
from comments_service.moderation.statements import ground_of
from comments_service.moderation.transitions import MACHINE, MODERATOR
from comments_service.storage.tables import Appeal, AppealStep, Comment, Decision, Notice, Report


@dataclass(frozen=True, slots=True)
class Noticed:
    """Notices of illegal content that were given in the period, and what became of them.

    `hours_to_act` is the median from a notice to a person's decision, None while there is none.
    """

    received: int
    child_abuse: int
    open: int
    removed: int
    kept: int
    hours_to_act: float | None


@dataclass(frozen=True, slots=True)
class Removals:
    """Comments that were kept from readers, by who decided and by ground (see `statements.ground_of`)."""

    by_machine: int
    by_people: int
    grounds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's decisions of the period, and how those fared that people looked at afterwards.

    `removed_then_published` and `published_then_removed` are people's corrections of what the machine had done alone;
    `removed_seen` and `published_seen` how many of each a person has decided about since.
    """

    removed: int
    removed_seen: int
    removed_then_published: int
    published: int
    published_seen: int
    published_then_removed: int
    held: int


@dataclass(frozen=True, slots=True)
class Appealed:
    """Authors' objections that were received in the period. `hours_to_answer` is a median, None while there is none."""

    received: int
    against_machine: int
    open: int
    upheld: int
    reversed: int
    reversed_against_machine: int
    dropped: int
    hours_to_answer: float | None


@dataclass(frozen=True, slots=True)
class Transparency:
    """The whole report. `reports` counts readers' flags by reason, notices among them as "illegal"."""

    comments: int
    reports: dict[str, int]
    notices: Noticed
    removals: Removals
    machine: Machine
    appeals: Appealed


def transparency(session: Session, site_ids: SiteIds, period: Period) -> Transparency:
    """The numbers of these sites."""
    return Transparency(
        comments=_comments(session, site_ids, period),
        reports=_reports(session, site_ids, period),
        notices=_notices(session, site_ids, period),
        removals=_removals(session, site_ids, period),
        machine=_machine(session, site_ids, period),
        appeals=_appeals(session, site_ids, period),
    )


def rows_of(found: Transparency) -> list[tuple[str, int | float | None]]:
    """The numbers in a line: "appeals.reversed" and 3. What cannot be told yet is None."""
    rows: list[tuple[str, int | float | None]] = []
    for name, value in asdict(found).items():
        rows += _flat(name, value)
    return rows


def _flat(name: str, value: Any) -> list[tuple[str, int | float | None]]:
    if isinstance(value, dict):
        return [row for key, inner in value.items() for row in _flat(f"{name}.{key}", inner)]
    return [(name, value)]


def _of(
    site: InstrumentedAttribute[int], at: InstrumentedAttribute[Any], site_ids: SiteIds, period: Period
) -> ColumnElement[bool]:
    condition = of_sites(site, site_ids)
    if period.begin is not None:
        condition = and_(condition, at >= period.begin)
    return condition if period.end is None else and_(condition, at < period.end)


def _comments(session: Session, site_ids: SiteIds, period: Period) -> int:
    statement = select(func.count()).where(_of(Comment.site_id, Comment.created_at, site_ids, period))
    return session.scalar(statement) or 0


def _reports(session: Session, site_ids: SiteIds, period: Period) -> dict[str, int]:
    statement = (
        select(Report.reason, func.count().label("number"))
        .join(Comment, Comment.id == Report.comment_id)
        .where(_of(Comment.site_id, Report.created_at, site_ids, period))
        .group_by(Report.reason)
        .order_by(Report.reason)
    )
    return {row.reason: row.number for row in session.execute(statement)}


def _notices(session: Session, site_ids: SiteIds, period: Period) -> Noticed:
    # What a decision settled bears its moment; an author who deleted leaves nothing to decide.
    statement = (
        select(Notice.child_abuse, Notice.created_at, Notice.settled_at, Decision.to_status)
        .join(Comment, Comment.id == Notice.comment_id)
        .outerjoin(
            Decision,
            and_(
                Decision.comment_id == Notice.comment_id,
                Decision.created_at == Notice.settled_at,
                Decision.actor == MODERATOR,
            ),
        )
        .where(_of(Comment.site_id, Notice.created_at, site_ids, period))
    )
    rows = session.execute(statement).all()
    decided = [row for row in rows if row.to_status is not None]
    return Noticed(
        received=len(rows),
        child_abuse=sum(row.child_abuse for row in rows),
        open=sum(row.settled_at is None for row in rows),
        removed=sum(row.to_status in REMOVED for row in decided),
        kept=sum(row.to_status not in REMOVED for row in decided),
        hours_to_act=_hours([(row.settled_at - row.created_at).total_seconds() for row in decided]),
    )


def _removals(session: Session, site_ids: SiteIds, period: Period) -> Removals:
    statement = (
        select(Decision.actor, Decision.action, Decision.reason, func.count())
        .where(
            _of(Decision.site_id, Decision.created_at, site_ids, period),
            Decision.actor.in_((MACHINE, MODERATOR)),
            Decision.action != "undo",
            Decision.to_status.in_(REMOVED),
            # Removing once more what is removed tells nothing new.
            Decision.from_status.not_in(REMOVED),
            ~_taken_back(Decision),
        )
        .group_by(Decision.actor, Decision.action, Decision.reason)
    )
    grounds, actors = Counter[str](), Counter[str]()
    for actor, action, reason, count in session.execute(statement):
        grounds[ground_of(actor, action, reason)] += count
        actors[actor] += count
    return Removals(actors[MACHINE], actors[MODERATOR], dict(sorted(grounds.items())))


def _machine(session: Session, site_ids: SiteIds, period: Period) -> Machine:
    # Counted outside: PostgreSQL groups by no subquery that looks at the grouped row.
    each = (
        select(Decision.action, _decided_since(Decision).label("later"))
        .where(_of(Decision.site_id, Decision.created_at, site_ids, period), Decision.actor == MACHINE)
        .subquery()
    )
    statement = select(each.c.action, each.c.later, func.count()).group_by(each.c.action, each.c.later)
    counts = Counter[tuple[str, str]]()
    for action, later, count in session.execute(statement):
        did = "removed" if action in {"reject", "spam"} else "published" if action == "approve" else "held"
        counts[did, "" if later is None else "removed" if later in REMOVED else "published"] += count

    def all_of(did: str) -> int:
        return sum(count for (what, _), count in counts.items() if what == did)

    return Machine(
        removed=all_of("removed"),
        removed_seen=all_of("removed") - counts["removed", ""],
        removed_then_published=counts["removed", "published"],
        published=all_of("published"),
        published_seen=all_of("published") - counts["published", ""],
        published_then_removed=counts["published", "removed"],
        held=all_of("held"),
    )


def _appeals(session: Session, site_ids: SiteIds, period: Period) -> Appealed:
    step = aliased(AppealStep)
    last = select(func.max(step.id)).where(step.appeal_id == Appeal.id).scalar_subquery()
    statement = (
        select(Appeal.created_at, Appeal.settled_at, Decision.actor, AppealStep.outcome)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(AppealStep, and_(AppealStep.id == last, Appeal.settled_at.is_not(None)))
        .where(_of(Appeal.site_id, Appeal.created_at, site_ids, period))
    )
    rows = session.execute(statement).all()
    outcomes = Counter(row.outcome for row in rows if row.settled_at is not None)
    answered = [row for row in rows if row.outcome in {"upheld", "reversed"}]
    return Appealed(
        received=len(rows),
        against_machine=sum(row.actor == MACHINE for row in rows),
        open=sum(row.settled_at is None for row in rows),
        upheld=outcomes["upheld"],
        reversed=outcomes["reversed"],
        reversed_against_machine=sum(row.actor == MACHINE and row.outcome == "reversed" for row in rows),
        dropped=outcomes["dropped"],
        hours_to_answer=_hours([(row.settled_at - row.created_at).total_seconds() for row in answered]),
    )


def _taken_back(decision: Any) -> ColumnElement[bool]:
    back = aliased(Decision)
    return select(back.id).where(back.undo_of == decision.id).exists()


def _decided_since(decision: Any) -> Any:
    """How the comment stood after a person's latest word since `decision`; None where nobody said one."""
    later, back = aliased(Decision), aliased(Decision)
    return (
        select(later.to_status)
        .where(
            later.comment_id == decision.comment_id,
            later.id > decision.id,
            later.actor == MODERATOR,
            later.action != "undo",
            ~select(back.id).where(back.undo_of == later.id).exists(),
        )
        .order_by(later.id.desc())
        .limit(1)
        .correlate(decision)
        .scalar_subquery()
    )


def _hours(seconds: Sequence[float]) -> float | None:
    return round(median(seconds) / 3600, 2) if seconds else None
