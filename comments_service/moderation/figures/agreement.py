"""What people's decisions show: pace, agreement with the machine and with one another, rules, models. Pure."""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from comments_service.moderation.figures.verdicts import Verdict
from comments_service.screening.outcome import TOXIC_LABELS

WORST = 10
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, with a 95 % interval (Wilson 1927): how far so few cases can be relied on."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """0..1 where there are no cases."""
        if not self.whole:
            return 0.0, 1.0
        n, share = self.whole, self.part / self.whole
        middle, spread = share + _Z**2 / (2 * n), _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        return max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n))


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from a comment's arrival to a person's decision about what waited: half and nine tenths took at most."""

    decisions: int
    half_s: float | None
    most_s: float | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A comment about which machine and person differ most: `score` is what the machine gave the highest label."""

    comment: str
    label: str
    score: float
    action: str
    moderator: str


@dataclass(frozen=True, slots=True)
class Person:
    """One moderator's decisions: how many, which part removed, taken back by anybody, as the machine would have."""

    moderator_id: int
    name: str
    removed: Share
    undone: Share
    with_machine: Share
    with_colleagues: Share


def standing(found: Iterable[Verdict]) -> list[Verdict]:
    """People's last word about each text: of what nobody took back, the newest."""
    last: dict[tuple[str, int], Verdict] = {}
    for one in sorted(found, key=lambda verdict: verdict.decision_id):
        if not one.undone:
            last[one.comment, one.revision] = one
    return list(last.values())


def pace(found: Iterable[Verdict]) -> Pace:
    """How long what waited has waited."""
    waited = sorted((one.decided_at - one.written_at).total_seconds() for one in found if one.from_status == "pending")
    if not waited:
        return Pace(0, None, None)
    tenths = quantiles(waited, n=10, method="inclusive") if len(waited) > 1 else waited * 9
    return Pace(len(waited), median(waited), tenths[8])


def machine_removes(one: Verdict, limit: float = 0.5) -> bool | None:
    """Whether the scores alone spoke for removing; None where no model was asked."""
    worst = highest(one.scores)
    return None if worst is None else worst[1] >= limit


def highest(scores: dict[str, float] | None) -> tuple[str, float] | None:
    """The label with the highest score, and that."""
    if not scores:
        return None
    return max(((label, scores.get(label, 0.0)) for label in ("spam", *TOXIC_LABELS)), key=lambda pair: pair[1])


def with_machine(found: Iterable[Verdict]) -> Share:
    """How often a person decided as the scores alone would have."""
    pairs = [(machine_removes(one), one.removed) for one in found]
    return Share(sum(said == did for said, did in pairs), sum(said is not None for said, _ in pairs))


def audit(found: Iterable[Verdict]) -> Share:
    """How often people found the machine wrong, among what was drawn at random of what it decided alone."""
    drawn = [one for one in found if one.stream == "audit"]
    return Share(sum(one.removed == (one.machine_action == "approve") for one in drawn), len(drawn))


def among_colleagues(found: Iterable[Verdict]) -> Share:
    """How often two people who decided about the same text wanted the same: keep it, or remove it."""
    pairs = list(_pairs(found))
    return Share(sum(one.removed == other.removed for one, other in pairs), len(pairs))


def by_rule(found: Iterable[Verdict]) -> dict[str, Share]:
    """For each reason of the machine's: how much of what people looked at they removed."""
    return _removed_by(found, lambda one: one.machine_reason)


def by_model(found: Sequence[Verdict]) -> dict[str, Share]:
    """For each model: how often people decided as its scores alone would have."""
    models = dict.fromkeys(one.model for one in found if one.model)
    return {model: with_machine(one for one in found if one.model == model) for model in models}


def worst(found: Iterable[Verdict]) -> list[Disagreement]:
    """Where machine and person differ most, the farthest first."""
    apart = []
    for one in found:
        top = highest(one.scores)
        if top is not None:
            apart.append((abs(float(one.removed) - top[1]), one, top))
    apart.sort(key=lambda entry: (-entry[0], entry[1].comment))
    return [
        Disagreement(one.comment, label, score, one.action, one.moderator)
        for distance, one, (label, score) in apart[:WORST]
        if distance > 0.5
    ]


def people(found: Sequence[Verdict]) -> list[Person]:
    """Each moderator's decisions, who took most first."""
    pairs: dict[int, list[bool]] = defaultdict(list)
    for one, other in _pairs(found):
        for moderator in (one.moderator_id, other.moderator_id):
            pairs[moderator].append(one.removed == other.removed)
    own: dict[int, list[Verdict]] = defaultdict(list)
    for one in found:
        own[one.moderator_id].append(one)
    rows = [
        Person(
            moderator,
            taken[0].moderator,
            Share(sum(one.removed for one in taken), len(taken)),
            Share(sum(one.undone for one in taken), len(taken)),
            with_machine(one for one in taken if not one.undone),
            Share(sum(pairs[moderator]), len(pairs[moderator])),
        )
        for moderator, taken in own.items()
    ]
    return sorted(rows, key=lambda person: (-person.removed.whole, person.name))


def _pairs(found: Iterable[Verdict]) -> Iterable[tuple[Verdict, Verdict]]:
    """Decisions of two different people about one text that followed each other."""
    texts: dict[Hashable, list[Verdict]] = defaultdict(list)
    for one in sorted(found, key=lambda verdict: verdict.decision_id):
        texts[one.comment, one.revision].append(one)
    for decided in texts.values():
        for one, other in pairwise(decided):
            if one.moderator_id != other.moderator_id:
                yield one, other


def _removed_by(found: Iterable[Verdict], key: Callable[[Verdict], str]) -> dict[str, Share]:
    removed: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        if key(one):
            removed[key(one)].append(one.removed)
    return {name: Share(sum(rows), len(rows)) for name, rows in removed.items()}
