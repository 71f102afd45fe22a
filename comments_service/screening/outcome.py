"""One place decides: findings, scores and a site's settings in, one action with its reason out. Pure.

Also here: which of these decisions a person gets to see. Drawing the random number is the caller's work.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from comments_service.screening.evidence import FAILED, HOLD, REJECT, SPAM, Finding
from comments_service.settings import SiteSettings

SCORED_REASONS = frozenset({"below_thresholds", "spam_score", "toxic_score"})
TOXIC_LABELS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate", "sexual_explicit")


@dataclass(frozen=True)
class Outcome:
    """`action` is approve, hold, spam or reject; `reason` the code of the check or band that decided."""

    action: str
    reason: str


@dataclass(frozen=True)
class Showing:
    """How a person gets to see a decision of the machine, and how likely that was before the draw.

    `stream`: queue (held for a person), audit (drawn at random among those that scores decided), or empty.
    """

    stream: str
    probability: float


@dataclass(frozen=True)
class Circumstances:
    """What else the policy asks. `first_time`: no approved comment of a verified address stands on this site; `wave`:
    it belongs to a wave that lasts.
    """

    first_time: bool
    wave: bool = False


def outcome(
    findings: Iterable[Finding],
    scores: dict[str, float] | None,
    settings: SiteSettings,
    circumstances: Circumstances,
) -> Outcome:
    """The action for one revision. `scores` None means that no model could be asked: then a person decides."""
    by_weight: dict[str, str] = {}
    for finding in findings:
        by_weight.setdefault(finding.weight, finding.check)
    for weight, action in ((SPAM, "spam"), (REJECT, "reject")):
        if weight in by_weight:
            return Outcome(action, by_weight[weight])
    if scores is None:
        return Outcome("hold", "not_scored")
    spam, toxic = scores.get("spam", 0.0), max(scores.get(label, 0.0) for label in TOXIC_LABELS)
    certain = _certain(spam, toxic, settings)
    if certain is not None:
        return certain
    for weight in (FAILED, HOLD):
        if weight in by_weight:
            return Outcome("hold", by_weight[weight])
    return _by_bands(spam, toxic, settings, circumstances)


def showing(decided: Outcome, settings: SiteSettings, draw: float) -> Showing:
    """Whether a person is to see the decision; `draw` is uniform in [0, 1).

    What a rule decided alone (a filled trap, a blocked domain) is not drawn: it says nothing about the scores.
    """
    if decided.action == "hold":
        return Showing("queue", 1.0)
    if decided.reason not in SCORED_REASONS:
        return Showing("", 0.0)
    return Showing("audit" if draw < settings.audit_rate else "", settings.audit_rate)


def _certain(spam: float, toxic: float, settings: SiteSettings) -> Outcome | None:
    # 1.0 as a threshold means never: a calibrated score can round up to it.
    if settings.spam_reject < 1 and spam >= settings.spam_reject:
        return Outcome("spam", "spam_score")
    if settings.toxic_reject < 1 and toxic >= settings.toxic_reject:
        return Outcome("reject", "toxic_score")
    return None


def _by_bands(spam: float, toxic: float, settings: SiteSettings, circumstances: Circumstances) -> Outcome:
    if spam >= settings.spam_hold:
        return Outcome("hold", "spam_score")
    if toxic >= settings.toxic_hold:
        return Outcome("hold", "toxic_score")
    if circumstances.wave:
        return Outcome("hold", "wave")
    if settings.premoderate:
        return Outcome("hold", "premoderate")
    if settings.hold_first_time and circumstances.first_time:
        return Outcome("hold", "first_time")
    return Outcome("approve", "below_thresholds")
