"""What the log is made of: one source for each table that is only added to, each a query whose rows become entries.

A new table of that kind needs one source here and nothing else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from comments_service.exporters.log.entry import LogEntry
from comments_service.moderation.transitions import MODERATOR, SYSTEM
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import (
    Appeal,
    AppealStep,
    Comment,
    Decision,
    Moderator,
    Notice,
    Report,
    RuleChange,
    Site,
)


@dataclass(frozen=True, slots=True)
class LogSource:
    """`rows` is the query for all of it, `id`, `at` and `site_id` the columns to walk and to choose by."""

    name: str
    rows: "Select[*tuple[Any, ...]]"
    id: InstrumentedAttribute[int]
    at: InstrumentedAttribute[Any]
    site_id: InstrumentedAttribute[int]
    entry: "Callable[[Row[*tuple[Any, ...]]], LogEntry]"


def _decision(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    decision, site, comment, name = row
    return LogEntry(
        at=decision.created_at,
        site=site,
        kind="decision",
        id=decision.id,
        action=decision.action,
        by=decision.actor,
        name=hide_addresses(name or ""),
        comment=comment,
        was=decision.from_status,
        became=decision.to_status,
        reason=decision.reason,
        model=decision.model or "",
        undoes=str(decision.undo_of or ""),
        note=hide_addresses(decision.note),
    )


def _appeal(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    appeal, site, comment = row
    return LogEntry(
        at=appeal.created_at,
        site=site,
        kind="appeal",
        id=appeal.id,
        action="object",
        by="author",
        comment=comment,
        reference=appeal.reference,
        reason=f"decision {appeal.decision_id}",
    )


def _step(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    step, reference, site, comment, name = row
    return LogEntry(
        at=step.created_at,
        site=site,
        kind="appeal_step",
        id=step.id,
        action=step.outcome,
        by=MODERATOR if step.moderator_id is not None else "author",
        name=hide_addresses(name or ""),
        comment=comment,
        reference=reference,
        reason=f"decision {step.decision_id}" if step.decision_id is not None else "",
        alone=step.alone,
        note=hide_addresses(step.answer),
    )


def _notice(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    notice, site, comment = row
    return LogEntry(
        at=notice.created_at,
        site=site,
        kind="notice",
        id=notice.id,
        action="give notice",
        by="reader",
        comment=comment,
        reference=notice.reference,
        reason="child_abuse" if notice.child_abuse else "illegal",
    )


def _report(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    report, site, comment = row
    return LogEntry(
        at=report.created_at,
        site=site,
        kind="report",
        id=report.id,
        action="report",
        by="reader",
        comment=comment,
        reason=report.reason,
    )


def _of_comments(table: type[Notice | Report]) -> "Select[*tuple[Any, ...]]":
    rows = select(table, Site.key, Comment.public_id).join(Comment, Comment.id == table.comment_id)
    return rows.join(Site, Site.id == Comment.site_id)


def _rule_change(row: "Row[*tuple[Any, ...]]") -> LogEntry:
    change, site, name = row
    return LogEntry(
        at=change.created_at,
        site=site,
        kind="rule_change",
        id=change.id,
        action=f"change {change.what}",
        by=MODERATOR if change.moderator_id is not None else SYSTEM,
        name=hide_addresses(name or ""),
        reference=hide_addresses(change.subject),
        was=_plain(change.was),
        became=_plain(change.became),
        undoes=str(change.undo_of or ""),
        note=hide_addresses(change.note),
    )


def _plain(value: Any) -> str:
    return "" if value is None else hide_addresses(json.dumps(value, ensure_ascii=False, sort_keys=True))


_DECISIONS = (
    select(Decision, Site.key, Comment.public_id, Moderator.name)
    .join(Site, Site.id == Decision.site_id)
    .join(Comment, Comment.id == Decision.comment_id)
    .outerjoin(Moderator, Moderator.id == Decision.moderator_id)
)
_APPEALS = (
    select(Appeal, Site.key, Comment.public_id)
    .join(Site, Site.id == Appeal.site_id)
    .join(Comment, Comment.id == Appeal.comment_id)
)
_STEPS = (
    select(AppealStep, Appeal.reference, Site.key, Comment.public_id, Moderator.name)
    .join(Appeal, Appeal.id == AppealStep.appeal_id)
    .join(Site, Site.id == Appeal.site_id)
    .join(Comment, Comment.id == Appeal.comment_id)
    .outerjoin(Moderator, Moderator.id == AppealStep.moderator_id)
)
_RULE_CHANGES = (
    select(RuleChange, Site.key, Moderator.name)
    .join(Site, Site.id == RuleChange.site_id)
    .outerjoin(Moderator, Moderator.id == RuleChange.moderator_id)
)

SOURCES: tuple[LogSource, ...] = (
    LogSource("decision", _DECISIONS, Decision.id, Decision.created_at, Decision.site_id, _decision),
    LogSource("appeal", _APPEALS, Appeal.id, Appeal.created_at, Appeal.site_id, _appeal),
    LogSource("appeal_step", _STEPS, AppealStep.id, AppealStep.created_at, Appeal.site_id, _step),
    # Reports are counted with notices as well; a notice's own row says more.
    LogSource("notice", _of_comments(Notice), Notice.id, Notice.created_at, Comment.site_id, _notice),
    LogSource("report", _of_comments(Report), Report.id, Report.created_at, Comment.site_id, _report),
    LogSource("rule_change", _RULE_CHANGES, RuleChange.id, RuleChange.created_at, RuleChange.site_id, _rule_change),
)
