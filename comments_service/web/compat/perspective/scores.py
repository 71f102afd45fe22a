"""From a request to its scores: the model asked, languages that it has not learned refused, the answer put together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from comments_service.scoring import Scored
from comments_service.scoring.gathered import Gathered
from comments_service.scoring.perspective_scale import Scale
from comments_service.web.compat.perspective.attributes import Wanted, wanted
from comments_service.web.compat.perspective.errors import language_not_supported
from comments_service.web.compat.perspective.spans import Span, parts, whole
from comments_service.web.compat.perspective.texts import sent

UNDETERMINED = "und"

Told = Callable[[str, float], float]  # label and score → the score as it is told


def analysis(request: Mapping[str, Any], site: str, model: Gathered, scale: Scale | None) -> dict[str, Any]:
    """The answer to an AnalyzeCommentRequest; without a `scale` scores are told as the model gives them.

    Raises GoogleError, ScorerUnavailable.
    """
    asked = list(wanted(request.get("requestedAttributes", {})))
    text = sent(request, site)
    in_parts = request.get("spanAnnotations", False)
    scored = model.explain(text.text) if in_parts else model.score([text.text])[0]
    detected = UNDETERMINED if scored.language == "unknown" else scored.language
    languages = request.get("languages") or [detected]
    offered = _offered(
        asked,
        languages,
        model.learned(site),
        detected=[] if request.get("languages") else [detected],
        drop=request.get("dropUnsupportedAttributes", False),
    )
    labels = [label for _, label in offered]
    spans = parts(text, labels, scored, model) if in_parts else {label: whole(text, label, scored) for label in labels}
    answer = {
        "attributeScores": _attribute_scores(offered, scored, spans, scale.told if scale else _own),
        "languages": languages,
        "detectedLanguages": [detected],
    }
    return answer | ({"clientToken": request["clientToken"]} if "clientToken" in request else {})


def _offered(
    asked: Iterable[Wanted],
    languages: Sequence[str],
    learned: Mapping[str, frozenset[str]],
    *,
    detected: Sequence[str],
    drop: bool,
) -> list[tuple[Wanted, str]]:
    """The attributes that can be told, with their labels."""
    offered = []
    for one in asked:
        strange = languages if one.label is None else [x for x in languages if not _knows(learned[one.label], x)]
        if one.label is not None and not strange:
            offered.append((one, one.label))
        elif not drop:
            raise language_not_supported(one.name, strange, detected)
    return offered


def _knows(learned: frozenset[str], language: str) -> bool:
    """`en`, `en-GB` and `EN_us` are one language. A text whose language nobody can tell is scored as it is."""
    primary = language.replace("_", "-").partition("-")[0].lower()
    return primary == UNDETERMINED or primary in learned


def _attribute_scores(
    offered: Iterable[tuple[Wanted, str]], scored: Scored, spans: Mapping[str, Sequence[Span]], told: Told
) -> dict[str, Any]:
    found = {}
    for one, label in offered:
        summary = told(label, scored.scores[label])
        if one.threshold is not None and summary < one.threshold:
            continue
        found[one.name] = {
            "spanScores": [
                {"begin": begin, "end": end, "score": _probability(told(label, value))}
                for begin, end, value in spans[label]
            ],
            "summaryScore": _probability(summary),
        }
    return found


def _probability(value: float) -> dict[str, Any]:
    return {"value": value, "type": "PROBABILITY"}


def _own(_label: str, score: float) -> float:
    return score
