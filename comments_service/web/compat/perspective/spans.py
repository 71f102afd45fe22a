"""Scores of parts of a text: the passages that push a score up, by the model's explanation, each scored by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from comments_service.scoring import Scored, Text
from comments_service.scoring.gathered import Gathered
from comments_service.web.compat.perspective.texts import Sent

Span = tuple[int, int, float]  # begin, end in characters of the text as it was sent, score 0..1
Passage = tuple[int, int]  # begin and end in characters of the text as it was read

_WORTH_TELLING = 0.25  # of the strongest passage's weight; "you" and "are" push a little in every insult


def whole(sent: Sent, label: str, scored: Scored) -> list[Span]:
    """One span over all of the text."""
    return [(0, sent.length, scored.scores[label])]


def parts(sent: Sent, labels: Sequence[str], scored: Scored, model: Gathered) -> dict[str, list[Span]]:
    """By label the passages that push it up, in the order of the text; the whole text where none does.

    `scored` must carry the reasons of every label.
    """
    passages = {label: _passages(label, scored.reasons) for label in labels}
    distinct = sorted({passage for found in passages.values() for passage in found})
    read = sent.text
    alone = model.score([Text(read.text[begin:end], site=read.site) for begin, end in distinct])
    by_passage = dict(zip(distinct, alone, strict=True))
    return {
        label: [(*sent.span(*one), by_passage[one].scores[label]) for one in found] or whole(sent, label, scored)
        for label, found in passages.items()
    }


def _passages(label: str, reasons: Sequence[Mapping[str, Any]]) -> list[Passage]:
    pushing = [one for one in reasons if one["label"] == label and one["weight"] > 0 and one["end"] > one["begin"]]
    enough = _WORTH_TELLING * max((one["weight"] for one in pushing), default=0.0)
    return sorted((one["begin"], one["end"]) for one in pushing if one["weight"] >= enough)
