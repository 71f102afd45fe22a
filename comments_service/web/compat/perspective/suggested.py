"""Suggested scores: which labels they mean, and their way into the site's examples."""

from collections.abc import Mapping
from typing import Any

from comments_service.moderation.api_keys import Caller
from comments_service.training_data.suggestions import MOST_A_DAY, TooManySuggestions, suggest
from comments_service.web.compat.perspective.attributes import label_of
from comments_service.web.compat.perspective.errors import invalid, language_not_supported, malformed, quota_exceeded
from comments_service.web.compat.perspective.texts import sent
from comments_service.web.context import runtime


def store_suggestion(request: Mapping[str, Any], caller: Caller) -> None:
    """Make a suggestion an example of the caller's site, unless it is not to be stored. Raises GoogleError."""
    labels, text = _labels(request), sent(request, caller.site).text
    if request.get("doNotStore"):
        return
    here = runtime()
    try:
        with here.transaction() as session:
            suggest(
                session,
                caller.id,
                caller.site_id,
                text.text,
                labels,
                title=text.title,
                parent=text.parent,
                now=here.clock(),
            )
    except TooManySuggestions:
        raise quota_exceeded(f"{MOST_A_DAY} suggestions a day, more of one key do not teach") from None


def _labels(request: Mapping[str, Any]) -> dict[str, float]:
    """The suggested summary scores by label."""
    labels = {}
    for name, scores in request.get("attributeScores", {}).items():
        label = label_of(name)
        if label is None:
            raise language_not_supported(name, request.get("languages") or ["und"], [])
        labels[label] = _value(name, scores)
    if not labels:
        raise invalid("INVALID_REQUEST", "Missing attribute_scores")
    return labels


def _value(name: str, scores: Mapping[str, Any]) -> float:
    path = f"attributeScores.{name}.summaryScore.value"
    value = scores.get("summaryScore", {}).get("value")
    if value is None:
        raise malformed(path, f"Missing value at '{path}': only scores of the whole text are learned")
    if not 0 <= value <= 1:
        raise malformed(path, f"Invalid value at '{path}', a probability lies between 0 and 1")
    return float(value)
