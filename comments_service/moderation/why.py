"""Why the machine did what it did with a comment, and what it would have done without the rule that decided. Pure.

The site's settings are those in force now: a limit that was moved since is told as it is today.
"""

from dataclasses import dataclass
from typing import Any

from comments_service.moderation.context import Item
from comments_service.moderation.transitions import MACHINE
from comments_service.screening.evidence import Finding
from comments_service.screening.outcome import TOXIC_LABELS, Circumstances, Outcome, outcome
from comments_service.settings import SiteSettings

_NEVER = 2.0  # no score reaches it
# What takes a rule out of the settings, by the reason that a decision bears.
_WITHOUT: dict[str, dict[str, Any]] = {
    "spam_score": {"spam_hold": _NEVER, "spam_reject": _NEVER},
    "toxic_score": {"toxic_hold": _NEVER, "toxic_reject": _NEVER},
    "premoderate": {"premoderate": False},
    "first_time": {"hold_first_time": False},
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A score beside the site's limit for it, both 0..1. `label` is the label that scored highest of its kind."""

    label: str
    score: float
    limit: float


@dataclass(frozen=True, slots=True)
class Why:
    """The machine's last word about a comment: `action` because of `rule`, a code of `screening.outcome`.

    `bars` are the scores that count for that rule; `otherwise` is what the rest of the rules say, None where there is
    nothing to leave out. `shown_first`: readers see comments of this site before the machine has looked.
    """

    action: str
    rule: str
    bars: tuple[Bar, ...]
    otherwise: Outcome | None
    shown_first: bool


def why(item: Item, settings: SiteSettings) -> Why | None:
    """What to say about the machine's decision; None where the last word is somebody else's."""
    last = item.decision
    if last is None or last.actor != MACHINE or not last.reason:
        return None
    return Why(
        action=last.action,
        rule=last.reason,
        bars=_bars(item, last.action, last.reason, settings),
        otherwise=_otherwise(item, last.reason, settings),
        shown_first=settings.publish_first,
    )


def _bars(item: Item, action: str, rule: str, settings: SiteSettings) -> tuple[Bar, ...]:
    if item.scores is None:
        return ()
    values, held = item.scores.values, action in {"hold", "approve"}
    worst = max(TOXIC_LABELS, key=lambda label: values.get(label, 0.0))
    spam = Bar("spam", values.get("spam", 0.0), settings.spam_hold if held else settings.spam_reject)
    toxic = Bar(worst, values.get(worst, 0.0), settings.toxic_hold if held else settings.toxic_reject)
    return {"spam_score": (spam,), "toxic_score": (toxic,), "below_thresholds": (spam, toxic)}.get(rule, ())


def _otherwise(item: Item, rule: str, settings: SiteSettings) -> Outcome | None:
    if rule in {"below_thresholds", "not_scored", "judging_failed"}:
        return None
    rest = [Finding(check.check, check.weight) for check in item.checks if check.check != rule]
    without = settings.model_copy(update=_WITHOUT.get(rule, {}))
    known = item.verified and item.author_history.get("approved", 0) > 0
    scores = item.scores.values if item.scores else None
    return outcome(rest, scores, without, Circumstances(first_time=not known))
