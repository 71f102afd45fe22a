"""A comment's text as moderators see it: addresses hidden, and the spans that a model points to moved along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from comments_service.privacy.hide import HIDDEN, find_addresses

_PASSES = 4  # what stands around a hidden address can make up another one


@dataclass(frozen=True)
class Span:
    """A part of a text that pushed the score of `label` by `weight`; `begin` and `end` in characters."""

    label: str
    begin: int
    end: int
    weight: float


@dataclass(frozen=True)
class MarkedText:
    """A text without addresses, and the spans in it."""

    text: str
    spans: tuple[Span, ...]


def hide_and_mark(source: str, spans: Iterable[Span]) -> MarkedText:
    """`source` with each address replaced by `HIDDEN`; `spans` are of the source and come back as of the result.

    Spans outside the text are cut to it, empty ones dropped: a model's mistake must not spoil the page.
    """
    cut = (_cut(span, len(source)) for span in spans)
    marked = MarkedText(source, tuple(span for span in cut if span.begin < span.end))
    for _ in range(_PASSES):
        hidden = sorted(find_addresses(marked.text))
        if not hidden:
            break
        marked = _hide(marked, hidden)
    return marked


def _hide(marked: MarkedText, hidden: list[tuple[int, int]]) -> MarkedText:
    pieces, position = [], 0
    for begin, end in hidden:
        pieces += [marked.text[position:begin], HIDDEN]
        position = end
    moved = (
        replace(span, begin=_moved(span.begin, hidden), end=_moved(span.end, hidden, after=True))
        for span in marked.spans
    )
    return MarkedText("".join([*pieces, marked.text[position:]]), tuple(moved))


def _cut(span: Span, length: int) -> Span:
    return replace(span, begin=max(0, min(span.begin, length)), end=max(0, min(span.end, length)))


def _moved(position: int, hidden: list[tuple[int, int]], *, after: bool = False) -> int:
    """Where `position` stands once `hidden` spans are replaced; inside one: before it, or `after` it."""
    shift = 0
    for begin, end in hidden:
        if position >= end:
            shift += len(HIDDEN) - (end - begin)
        elif position > begin:
            return begin + shift + (len(HIDDEN) if after else 0)
    return position + shift
