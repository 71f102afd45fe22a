"""The figures of moderation: how much comes in, who decides, how long it takes, how far people and machine agree."""

from dataclasses import dataclass
from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments_service.moderation.figures import agreement, verdicts, volume
from comments_service.moderation.permissions import sites_of
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.charts import Chart, stacked
from comments_service.web.moderation_desk.queue_page import covered

PERIODS = (7, 30, 90)  # days
# From the bottom of a bar to its top.
_STATUSES = ("approved", "pending", "rejected", "spam", "deleted")


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the machine did for one reason, and how much of what people looked at they removed."""

    action: str
    reason: str
    count: int
    removed: agreement.Share


@blueprint.get("/figures")
@access(LOOK)
def figures() -> ResponseReturnValue:
    site = request.args.get("site", "")[:64]
    period = next((days for days in PERIODS if str(days) == request.args.get("days")), 30)
    here = runtime()
    now = here.clock()
    begin = (now - timedelta(days=period - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    with here.reading() as session:
        covers = covered(session, site)
        days = volume.days(session, covers, begin, now)
        waiting = volume.waiting_now(session, covers, now)
        machine = volume.machine_rows(session, covers, begin)
        found = verdicts.verdicts(session, covers, begin)
        sites = sites_of(session, identity().site_id)
    standing = agreement.standing(found)
    everyone = agreement.people(found) if found else []
    return render_template(
        "desk/figures.html",
        site=site,
        sites=sites,
        period=period,
        periods=PERIODS,
        days=days,
        statuses=_STATUSES,
        volume=_volume_chart(days),
        deciders=_deciders_chart(days),
        waiting=waiting,
        ages=volume.AGES,
        pace=agreement.pace(found),
        with_machine=agreement.with_machine(standing),
        audit=agreement.audit(standing),
        among_colleagues=agreement.among_colleagues(found),
        rules=_rules(machine, standing),
        models=_models(machine, standing),
        worst=agreement.worst(standing),
        # Numbers about a colleague are for those who lead, and for oneself.
        people=[one for one in everyone if identity().may("editor") or one.moderator_id == identity().moderator_id],
        cut=len(found) == verdicts.MOST,
        most=verdicts.MOST,
    )


def _volume_chart(days: list[volume.Day]) -> Chart:
    return stacked(
        [f"{day.day:%m-%d}" for day in days],
        [[day.by_status.get(status, 0) for status in _STATUSES] for day in days],
    )


def _deciders_chart(days: list[volume.Day]) -> Chart:
    return stacked([f"{day.day:%m-%d}" for day in days], [[day.by_machine, day.by_people] for day in days])


def _rules(machine: list[volume.MachineRow], standing: list[verdicts.Verdict]) -> list[_Rule]:
    removed = agreement.by_rule(standing)
    counts: dict[tuple[str, str], int] = {}
    for row in machine:
        counts[row.action, row.reason] = counts.get((row.action, row.reason), 0) + row.count
    none = agreement.Share(0, 0)
    return [_Rule(action, reason, count, removed.get(reason, none)) for (action, reason), count in counts.items()]


def _models(
    machine: list[volume.MachineRow], standing: list[verdicts.Verdict]
) -> list[tuple[str, int, agreement.Share]]:
    agreed = agreement.by_model(standing)
    counts: dict[str, int] = {}
    for row in machine:
        if row.model:
            counts[row.model] = counts.get(row.model, 0) + row.count
    return [(model, count, agreed.get(model, agreement.Share(0, 0))) for model, count in counts.items()]
