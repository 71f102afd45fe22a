"""What a recipe says. Every number that shapes a model is here, with the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from classifier.training.sources import SOURCES

# Calibrated probabilities need a base rate; the sets' own are accidents of their making (1 % to 83 % toxic). These
# are for a comment section that nobody moderated yet; a site's own decisions will replace them.
ASSUMED_RATES: dict[str, float] = {
    "spam": 0.2, "toxic": 0.1, "severe_toxic": 0.02, "obscene": 0.05, "threat": 0.01, "insult": 0.06,
    "identity_hate": 0.03, "sexual_explicit": 0.01,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one training. Equal recipes on equal data give equal weights."""

    name: str
    sources: tuple[str, ...]
    with_written: bool = True
    buckets: int = 1 << 19  # 8 MiB of half-precision weights for eight labels
    strength: float = 2.0  # C of the logistic regression: the larger, the closer to the data
    rows_at_most: int = 4_000  # of one source; more of the same teaches little and costs minutes
    characters_at_most: int = 1000  # of one training text; e-mails would otherwise be most of the matrix
    presumed_ham: int = 1200  # rows of each ham source that are presumed not to be spam
    presumed_weight: float = 0.5  # of such a row, beside an annotated one
    implied_weight: float = 0.5  # of "not toxic, hence none of its kinds"
    one_sided_weight: float = 0.3  # of a source in which only one side of a label was annotated
    far_weight: float = 0.3  # of e-mail and telephone texts
    iterations: int = 50
    folds: int = 2
    seed: int = 20200914
    assumed_rates: dict[str, float] = field(default_factory=lambda: dict(ASSUMED_RATES))


SHIPPED_SOURCES = tuple(source.name for source in SOURCES if source.ship)

RECIPES = {
    "shipped": Recipe("shipped", SHIPPED_SOURCES),
    "all": Recipe("all", tuple(source.name for source in SOURCES)),
}
