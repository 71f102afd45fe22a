"""The strongest reason points at the disguised word in what the author typed: fifty texts, each place known."""

from __future__ import annotations

from random import Random

import pytest

from classifier import Model, Reason, Submission, load
from classifier.training.checks import EVASIONS

# Sentences that no sane model flags, with a place for a word that every sane model flags.
CARRIERS = (
    "I read the whole article about the bridge and then your answer. What a {} comes up with that, I wonder.",
    "The figures for the second quarter are in the table, see there, {} and thank you for the link.",
    "Наш район получил новый автобус. {} Später mehr dazu.",
    "👩\u200d👧 We went to the lake on Sunday — it was “lovely” — and then this {} wrote to us about café prices.",
    "   The minutes of the meeting:\n\n1. bridge\n2. market hall\n\n{}\n\n3. budget for 2021",
)
WORDS = ("idiot", "moron", "bitch", "asshole", "fucking idiot")
# Evasions of a single word; the other kinds of the twenty change texts as a whole or leave a short word as it is.
KINDS = (
    "homoglyphs", "full width", "mathematical letters", "circled letters", "stacked marks", "zero-width characters",
    "soft hyphens", "mixed case", "dotted letters", "stretched letters",
)  # fmt: skip
_NEIGHBOURS = 20  # characters of words beside it that may belong to the same piece: "this idiot"


def disguised(kind: str, carrier: int) -> tuple[str, int, int]:
    """A carrier with a disguised word, and where in it that word begins and ends."""
    word = EVASIONS[kind](WORDS[carrier], Random(carrier))
    before, after = CARRIERS[carrier].split("{}")
    return before + word + after, len(before), len(before) + len(word)


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


def strongest(model: Model, text: str) -> Reason:
    reasons = [r for r in model.explain(Submission(text)).reasons if r.label == "toxic" and not r.signal]
    assert all(0 <= r.begin < r.end <= len(text) for r in reasons)
    return max(reasons, key=lambda reason: reason.weight)


@pytest.mark.parametrize("carrier", range(len(CARRIERS)))
@pytest.mark.parametrize("kind", KINDS)
def test_the_strongest_reason_lies_on_the_disguised_word(model: Model, kind: str, carrier: int) -> None:
    text, begin, end = disguised(kind, carrier)
    reason = strongest(model, text)
    assert reason.weight > 0
    covered = min(reason.end, end) - max(reason.begin, begin)
    assert covered >= 0.5 * (end - begin), text[reason.begin : reason.end]
    assert reason.end - reason.begin <= end - begin + _NEIGHBOURS


@pytest.mark.parametrize(
    "piece",
    ["i d i o t", "1d10t", "id**t", "idoit", "id.iot", "m💩o🔥r💩o💩n", "id<b></b>iot", "id&#105;ot",
    "\u202etoidi\u202c",
     "fuuuuuucking", "a\u0336s\u0336s\u0336h\u0336o\u0336l\u0336e\u0336"],
)  # fmt: skip
def test_a_single_disguise_is_covered_from_its_first_sign_to_its_last(model: Model, piece: str) -> None:
    text = f"The bridge is open. You are a {piece} as ever."
    begin = text.index(piece)
    reason = strongest(model, text)
    slack = 1  # an unseen sign at either end, or a stretch's last letters, may stay outside
    assert reason.begin <= begin + slack
    assert reason.end >= begin + len(piece) - slack
    assert reason.end <= len(text)


def test_a_reason_beyond_the_cut_points_at_the_tail_that_was_typed(model: Model) -> None:
    text, begin, end = disguised("mathematical letters", 0)
    padded = "Nothing to see here. " * 900 + text
    found = strongest(model, padded)
    offset = len(padded) - len(text)
    assert found.begin < end + offset
    assert found.end > begin + offset
