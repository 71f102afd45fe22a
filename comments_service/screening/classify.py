"""The checks after storing: the model's scores for a micro-batch, the language, whether the address takes mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from comments_service.privacy.addresses import deliverable
from comments_service.scoring import Scored, Scorer, ScorerUnavailable, Text
from comments_service.screening.evidence import FAILED, HOLD, PASS, Finding

_DNS_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class Classified:
    """One text's scores, or None and a `failed` finding where no model could be asked."""

    scored: Scored | None
    finding: Finding


def classify(scorer: Scorer, texts: Sequence[Text]) -> list[Classified]:
    """Scores of all `texts` in one call, in their order. A missing model holds comments; it loses none."""
    try:
        scored = scorer.score(texts)
    except ScorerUnavailable as error:
        return [Classified(None, Finding("model", FAILED, f"No model could be asked: {error}")) for _ in texts]
    return [Classified(one, Finding("model", PASS, f"Scored by model {one.model[:12]}.")) for one in scored]


def check_language(scored: Scored | None) -> list[Finding]:
    """A language whose words the model has not learned: its scores are guesses there, and a person decides."""
    if scored is None or "toxic" not in scored.unsure:
        return []
    return [
        Finding(
            "language", HOLD, f"The model has not learned what abuse looks like in this language ({scored.language})."
        )
    ]


def check_deliverable(address: str) -> Finding:
    """Asks DNS; blocks up to two seconds, so only a worker calls it. No answer is not a no: a person looks."""
    answer = deliverable(address, _DNS_TIMEOUT_S)
    if answer is None:
        return Finding("deliverability", FAILED, "DNS did not answer whether the address takes mail.")
    if answer:
        return Finding("deliverability", PASS, "The address's domain takes mail.")
    return Finding("deliverability", HOLD, "The address's domain does not take mail.")
