"""What a recipe says. Every number that shapes a model is here, with the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from classifier.prediction import LABELS
from classifier.training.sources import SOURCES

# Calibrated probabilities need a base rate; the sets' own are accidents of their making (1 % to 83 % toxic). These
# are for a comment section that nobody moderated yet, on the side of showing a person too much rather than too little;
# a site's own decisions will replace them.
ASSUMED_RATES: dict[str, float] = {
    "spam": 0.2, "toxic": 0.12, "severe_toxic": 0.025, "obscene": 0.06, "threat": 0.015, "insult": 0.08,
    "identity_hate": 0.04, "sexual_explicit": 0.015,
}  # fmt: skip


# C of each label's logistic regression, and the power of the log-count ratio by which grams are told apart. Spam's
# words differ from source to source: leaning on those that tell its sources apart costs a new site more than it wins.
STRENGTH: dict[str, float] = dict.fromkeys(LABELS, 1.0) | {"spam": 2.0}
TELLING: dict[str, float] = dict.fromkeys(LABELS, 1.0) | {"spam": 0.0}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one training. Equal recipes on equal data give equal weights."""

    name: str
    sources: tuple[str, ...]
    with_written: bool = True
    buckets: int = 1 << 19  # 8 MiB of half-precision weights for eight labels
    strength: dict[str, float] = field(default_factory=lambda: dict(STRENGTH))
    telling: dict[str, float] = field(default_factory=lambda: dict(TELLING))
    signal_width: float = 0.3  # of a signal's prior beside a gram's; wider, and spam's signals are learned by heart
    rows_at_most: int = 40_000  # of one source; all of most
    spam_rows_at_most: int = 8_000  # of one source of spam labels: they are of few brands, and crowd the others out
    characters_at_most: int = 1000  # of one training text; e-mails would otherwise be most of the matrix
    presumed_ham: int = 1200  # rows of each ham source that are presumed not to be spam
    presumed_weight: float = 0.5  # of such a row, beside an annotated one
    implied_weight: float = 0.5  # of "not toxic, hence none of its kinds"
    one_sided_weight: float = 0.3  # of a source in which only one side of a label was annotated
    far_weight: float = 0.3  # of e-mail and telephone texts
    iterations: int = 80
    seed: int = 20200914
    assumed_rates: dict[str, float] = field(default_factory=lambda: dict(ASSUMED_RATES))


SHIPPED_SOURCES = tuple(source.name for source in SOURCES if source.ship)

RECIPES = {
    "shipped": Recipe("shipped", SHIPPED_SOURCES),
    "all": Recipe("all", tuple(source.name for source in SOURCES)),
}
