"""Perspective's attributes: which of them mean a label of this model, which are its own alone, which are unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comments_service.scoring.perspective_scale import LABELS
from comments_service.web.compat.perspective.errors import invalid

_TRIED_FIRST = ("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT")
# Its names for what is the same attribute in another version.
OFFERED = LABELS | {f"{name}_EXPERIMENTAL": LABELS[name] for name in _TRIED_FIRST}

# Perspective has these; nothing here can score them, and no label is passed off as one.
_EXPERIMENTS = """
AFFINITY COMPASSION CURIOSITY NUANCE PERSONAL_STORY REASONING RESPECT
ALIENATION FEARMONGERING GENERALIZATION MORAL_OUTRAGE POWER_APPEAL SCAPEGOATING
"""
_OTHERS = """
ATTACK_ON_AUTHOR ATTACK_ON_COMMENTER FLIRTATION INCOHERENT INFLAMMATORY LIKELY_TO_REJECT UNSUBSTANTIAL TOXICITY_FAST
"""
NOT_HERE = frozenset(_OTHERS.split()) | {f"{name}_EXPERIMENTAL" for name in _EXPERIMENTS.split()}
_SHOWN = 100  # characters of a name that are told back


@dataclass(frozen=True, slots=True)
class Wanted:
    """One requested attribute; `label` is None for one that is not offered. `threshold` None: tell every score."""

    name: str
    label: str | None
    threshold: float | None


def wanted(requested: Mapping[str, Any]) -> Iterator[Wanted]:
    """The requested attributes in their order. Raises GoogleError for unknown names and score types."""
    if not requested:
        raise invalid("NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes")
    for name, parameters in requested.items():
        kind = parameters.get("scoreType", "PROBABILITY")
        label = label_of(name)
        if kind not in ("PROBABILITY", "SCORE_TYPE_UNSPECIFIED"):
            raise invalid("INVALID_REQUEST", f"Requested score type {kind} is not supported by attribute {name}")
        yield Wanted(name, label, parameters.get("scoreThreshold"))


def label_of(name: str) -> str | None:
    """The label that an attribute means; None for one that is Perspective's alone. Raises GoogleError if unknown."""
    if name not in OFFERED and name not in NOT_HERE:
        raise invalid("INVALID_REQUEST", f"Unknown requested attribute: {name[:_SHOWN]}")
    return OFFERED.get(name)
