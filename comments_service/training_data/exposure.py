"""How a person came to see a comment, and for how many others it speaks: inverse probability weights.

Moderators see all of what the machine holds, a random share of what it decides alone (the audit), all that readers
report, and what they happen to look at. Weighing each decision by the inverse of the probability that a person saw the
comment undoes that choice (Horvitz, Thompson 1952). Pure.
"""

from dataclasses import dataclass

# One decision speaks for ten comments at most. A cap trades a little bias for much less noise (Ionides 2008).
HEAVIEST = 10.0
QUEUE, AUDIT, CONTESTED = "queue", "audit", "contested"


@dataclass(frozen=True, slots=True)
class Exposure:
    """`stream`: queue (held by the machine), audit (drawn at random) or contested.

    Contested: a reader reported it, two moderators decided differently, or a person looked at it unasked after the
    machine had decided. `weight` is for learning; `probability` is that a person saw it, None where nobody can know.
    """

    stream: str
    weight: float
    probability: float | None


def exposure(
    stream: str | None, shown_probability: float | None, judged: str | None, *, reported: bool, disputed: bool
) -> Exposure:
    """Of a comment that a person decided about. `judged` is the machine's action on the same text, None where it had
    not looked yet; `stream` and `shown_probability` are what its decision recorded, None on rows from before that.
    """
    probability = _probability(stream, shown_probability, judged, reported)
    weight = 1.0 if not probability else min(HEAVIEST, 1.0 / probability)
    if reported or disputed or probability is None:
        return Exposure(CONTESTED, weight, probability)
    return Exposure(AUDIT if stream == AUDIT else QUEUE, weight, probability)


def _probability(
    stream: str | None, shown_probability: float | None, judged: str | None, reported: bool
) -> float | None:
    if reported or judged in (None, "hold"):
        return 1.0
    return shown_probability if stream == AUDIT else None
