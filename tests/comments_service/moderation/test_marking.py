"""Hiding addresses moves the spans along; cutting a text into pieces loses nothing of it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from comments_service.moderation.marking import MarkedText, Span, hide_and_mark
from comments_service.privacy.hide import HIDDEN, find_addresses
from comments_service.web.moderation_desk.segments import segments

WORDS = st.lists(
    st.sampled_from(["you", "fool", "bob@example.com", "x.y@mail.example", "ok", "\u200b", "café", "👩\u200d🚀"]),
    max_size=12,
)


@st.composite
def marked_sources(draw: st.DrawFn) -> tuple[str, list[Span]]:
    source = " ".join(draw(WORDS))
    edge = st.integers(-3, len(source) + 3)
    spans = draw(st.lists(st.builds(Span, st.sampled_from(["spam", "toxic"]), edge, edge, st.floats(0, 5)), max_size=6))
    return source, spans


@given(marked_sources())
def test_no_address_is_left_and_spans_stay_inside(case: tuple[str, list[Span]]) -> None:
    marked = hide_and_mark(*case)
    assert find_addresses(marked.text) == []
    assert all(0 <= span.begin < span.end <= len(marked.text) for span in marked.spans)


@given(WORDS, st.data())
def test_a_span_marks_the_same_words_before_and_after(words: list[str], data: st.DataObject) -> None:
    source = " ".join(words)
    begin = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(begin, len(source)))
    inside = any(begin < stop and start < end for start, stop in find_addresses(source))
    marked = hide_and_mark(source, [Span("toxic", begin, end, 1.0)])
    if begin == end:
        assert marked.spans == ()
    elif not inside:
        (span,) = marked.spans
        assert marked.text[span.begin : span.end] == source[begin:end]


def test_a_span_that_touches_an_address_marks_the_words_in_its_place() -> None:
    marked = hide_and_mark("write to bob@example.com now", [Span("spam", 12, 15, 1.0)])
    (span,) = marked.spans
    assert marked.text == f"write to {HIDDEN} now"
    assert marked.text[span.begin : span.end] == HIDDEN


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=5))
def test_pieces_make_up_the_whole_text(text: str, edges: list[tuple[int, int]]) -> None:
    spans = tuple(Span("toxic", *sorted(pair), 1.0) for pair in edges if max(pair) <= len(text))
    pieces = segments(MarkedText(text, tuple(span for span in spans if span.begin < span.end)))
    joined = "".join(piece.text for piece in pieces)
    without_marks = [character for character in text if unicodedata.category(character) not in {"Mn", "Me"}]
    assert [character for character in joined if unicodedata.category(character) not in {"Mn", "Me"}] == without_marks
    assert all(len(piece.text) == 1 for piece in pieces if piece.invisible)


@given(st.text(max_size=200))
def test_what_is_shown_holds_nothing_that_turns_the_line(text: str) -> None:
    shown = "".join(piece.text for piece in segments(MarkedText(text, ())) if not piece.invisible)
    assert not set(shown) & set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c")


def test_a_tower_of_marks_is_cut_down() -> None:
    pieces = segments(MarkedText("a" + "\u0301" * 50 + "b", ()))
    assert len("".join(piece.text for piece in pieces)) <= 12
