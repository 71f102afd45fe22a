"""What the normaliser sees through, and what it must leave as it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text import LONGEST, normalise

PIECES = st.sampled_from(
    ["you", "You", "are", "Are", "stupid", "Idiot", "idoit", "kill", "f*ck", "the", "it", "*", "#", "_", "/", "'",
    "!!!",
     "...", "<b>", "</b>", "[b]", "&#105;", "&amp;", "&#", "\u202e", "\u202c", "www.", "http://", "💩", "🅰\u200d",
     "бб",
     " ", "  ", "a", "i", "ee", "lll", "1", "0", "@", "\u0489", "\u3131", "\uffa1"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@given(TEXTS)
def test_disguises_of_disguises_come_to_rest(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(TEXTS)
def test_what_was_undone_still_points_into_the_original_in_order(text: str) -> None:
    traced = normalise(text)
    begins, ends = traced.begins.tolist(), traced.ends.tolist()
    assert len(traced.text) == len(begins) == len(ends)
    assert all(0 <= begin < end <= len(text) for begin, end in zip(begins, ends, strict=True))
    assert begins == sorted(begins)
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("disguise", "plain"),
    [
        ("an id**t", "an idiot"),
        ("sh*t, f**k and b#tch", "shit, fuck and bitch"),
        ("an idoit", "an idiot"),
        ("a stpid morron", "a stupid morron"),
        ("id.iot", "idiot"),
        ("st/upid", "stupid"),
        ("mo💩ron", "moron"),
        ("m💩o🔥r💩o💩n", "moron"),
        ("youstupididiot", "you stupid idiot"),
        ("YouAreAnIdiot", "you are an idiot"),
        ("id<b></b>iot", "idiot"),
        ("id[b]iot[/b]", "idiot[/b]"),
        ("an id&#105;ot", "an idiot"),
        ("an \u202etoidi\u202c here", "an idiot here"),
        ("i҉d҉i҉o҉t҉", "idiot"),
        ("y o u  a r e  a n  i d i o t", "you are an idiot"),
        ("Y0u 4re an 1d10t and a m0r0n, says j0hn17", "you are an idiot and a moron, says johnit"),
        ("You!!! are??? an.... idiot!!!", "you are an idiot!!!"),
        ("уоu аrе ѕо ѕtuріd", "you are so stupid"),
    ],
)
def test_disguises_are_seen_through(disguise: str, plain: str) -> None:
    assert normalise(disguise).text == plain


@pytest.mark.parametrize(
    "text",
    [
        "we'll see, she'll be fine and he'd go", "a well-known part-time job", "he/she and/or they",
        "the u.s. and the e.u.",
        "on the 18th at 4pm, for 30k", "user_name = get_value", "*want* and **bold** words", "footnote* here",
        "xxi century, chapter viii", "www.example.com/on-line", "http://freemoneyonline.example.com",
        "me@free-money.example",
        "together, without, another, therefore", "a deadline, a hangover, a burnout",
        "form, three, quiet, brian, putin",
        "wow... and then...", "a, b, c and d", "& so on; a < b > c",
        "iphone and youtube",
    ],
)  # fmt: skip
def test_ordinary_spellings_are_left_alone(text: str) -> None:
    assert normalise(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "The council will vote on the budget next Tuesday evening.",
        "Der Stadtrat stimmt nächsten Dienstag über den Haushalt ab.",
        "Le conseil votera le budget mardi prochain, d'après l'article.",
        "El consejo votará el presupuesto el martes próximo.",
        "O conselho votará o orçamento na próxima terça-feira.",
        "Il consiglio voterà il bilancio martedì prossimo, sono sicuro.",
        "De gemeenteraad stemt volgende week over de begroting.", "Rada miasta zagłosuje w przyszły wtorek.",
        "Совет проголосует по бюджету в следующий вторник.", "Рада проголосує щодо бюджету наступного тижня.",
        "Meclis gelecek salı bütçeyi oylayacak.", "Dewan akan memilih anggaran Selasa depan.",
        "Byrådet stemmer om budgettet.",
        "سيصوت المجلس على الميزانية يوم الثلاثاء.", "परिषद अगले मंगलवार को मतदान करेगी।",
        "市议会下周二将对预算进行表决。",
        "市議会は来週の火曜日に採決します。", "시의회는 다음 주 화요일에 표결합니다.", "המועצה תצביע ביום שלישי.",
    ],
)  # fmt: skip
def test_ordinary_sentences_keep_every_word_and_sign(text: str) -> None:
    traced = normalise(text)
    assert len(traced.text) == len(text)
    assert traced.begins.tolist() == list(range(len(text)))


def test_isolates_of_right_to_left_writing_turn_nothing_round() -> None:
    assert normalise("\u2067version 2\u2069 \u202bversion 3\u202c").text == "version 2 version 3"


@pytest.mark.parametrize("text", ["👨‍👩‍👧 می‌خواهم", "ක්‍රි", "क्‍ष", "❤️‍🔥", "🏳️‍🌈"])
def test_joiners_stay_where_they_spell_something(text: str) -> None:
    assert normalise(text).text.count("\u200c") == text.count("\u200c")
    assert normalise(text).text.count("\u200d") == text.count("\u200d")


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a ",
        "f*ck ",
        "*",
        "youstupid",
        "hehehe",
        "you!!! ",
        "&#105;",
        "<b>",
        "a<b>",
        "💩a",
        "1a",
        "\u202ea",
        "А а ",
    ],
)
def test_hostile_texts_cost_little_more_than_twice_for_twice_the_length(piece: str) -> None:
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        rounds = []
        for _ in range(3):
            begin = time.process_time()
            normalise(text)
            rounds.append(time.process_time() - begin)
        return min(rounds)

    normalise(piece)
    assert spent(LONGEST) < 6 * spent(LONGEST // 3) + 0.02
