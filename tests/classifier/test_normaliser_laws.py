"""What always holds of the normaliser, whatever somebody types."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifier.text import LONGEST, cut, normalise

SPICE = st.sampled_from(
    ["\u200b", "\u200d", "\u0301", "а", "о", "ѕ", "ａ", "𝓪", "🅰", "👩\u200d👧", "می\u200cخواهم", "क्\u200dष", "가", "ß",
     "İ", "1", "4", "$", "@", "!", ".", "-", " ", "  ",
     "a", "i", "o", "sss", "Ã©", "ﬁ", "\ud800", "\x00", "\n", "ё", "й"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(SPICE, max_size=40).map("".join))


@given(TEXTS)
@example("a a a a4a")
@example("i.d.i.o.t")
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(TEXTS)
def test_every_character_comes_from_somewhere_in_order(text: str) -> None:
    traced = normalise(text)
    assert len(traced.text) == len(traced.begins) == len(traced.ends)
    begins, ends = traced.begins.tolist(), traced.ends.tolist()
    assert all(0 <= begin < end <= len(text) for begin, end in zip(begins, ends, strict=True))
    assert begins == sorted(begins)
    assert ends == sorted(ends)


@given(TEXTS, st.integers(0, 100), st.integers(0, 100))
def test_every_piece_has_a_span_in_the_original(text: str, one: int, other: int) -> None:
    traced = normalise(text)
    begin, end = sorted((one % (len(traced.text) + 1), other % (len(traced.text) + 1)))
    first, last = traced.span(begin, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (begin < end)


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم بروم", "क्‍ष और क्षेत्र", "ශ්‍රී ලංකා", "മലയാളം ന്‍റെ", "السلام عليكم ورحمة الله",
     "نستعلیق می‌شود", "👩‍👧 und 👨‍👩‍👧‍👦", "ภาษาไทยสวยงาม",
     "русский язык, ёлка и йод", "українська мова", "беларуская мова",
     "한국어 댓글", "日本語が読めます", "中文评论", "ελληνικα", "עברית", "বাংলা ভাষা"],
)  # fmt: skip
def test_scripts_are_left_unharmed(text: str) -> None:
    composed = unicodedata.normalize("NFKC", text).casefold()
    assert unicodedata.normalize("NFKC", normalise(text).text) == composed


@pytest.mark.parametrize(
    ("evasion", "plain"),
    [
        ("𝓥𝓲𝓪𝓰𝓻𝓪", "viagra"),
        ("ｖｉａｇｒａ", "viagra"),
        ("🅲🅰🆂🅸🅽🅾", "casino"),
        ("ⓒⓐⓢⓘⓝⓞ", "casino"),
        ("cаsіnо", "casino"),
        ("ᴄᴀꜱɪɴᴏ", "casino"),
        ("c\u200ba\u200bs\u200bi\u200bn\u200bo", "casino"),
        ("c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336", "casino"),
        ("c\u00ada\u00adsino", "casino"),
        ("c a s i n o", "casino"),
        ("c.a.s.i.n.o", "casino"),
        ("c - a - s - i - n - o", "casino"),
        ("c4s1n0", "casino"),
        ("1d10t", "idiot"),
        ("IDIOT", "idiot"),
        ("ïdíöt", "idiot"),
        ("idiooooot", "idiot"),
        ("yessssss", "yess"),
        ("goooooood", "good"),
        ("f u c k  y o u", "fuck you"),
        ("Рaботa", "работа"),
        ("cafÃ©", "cafe"),
        ("what!!!!!!!!", "what!!!"),
    ],
)
def test_evasions_are_read(evasion: str, plain: str) -> None:
    assert normalise(evasion).text == plain


@pytest.mark.parametrize(
    "text",
    ["covid19", "4k video", "b2b", "mp3", "on the 1st", "www.example.com/a1b2", "mail me@h0st.example", "g20 in 2019"],
)
def test_ordinary_numbers_are_not_leetspeak(text: str) -> None:
    assert normalise(text).text == text


def test_overlong_texts_keep_both_ends_and_ordinary_ones_everything() -> None:
    text = "begin " + "filler " * 3000 + "the end"
    read, head, gap = cut(text)
    assert len(read) == LONGEST
    assert (read[:head], read[-7:]) == (text[:head], "the end")
    assert text[head + 1 + gap :] == read[head + 1 :]
    assert cut("short") == ("short", 5, 0)
