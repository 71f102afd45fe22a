"""What always holds of the hashed n-grams."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.features import family_grams
from classifier.text import normalise

FOLDED = st.text(max_size=60).map(lambda text: normalise(text).text)
BUCKETS = 1 << 16


def buckets_of(texts: list[str], row: int) -> dict[str, list[int]]:
    grams = family_grams(texts, BUCKETS)
    return {name: sorted(g.bucket[g.row == row].tolist()) for name, g in grams.items()}


@given(st.lists(FOLDED, min_size=1, max_size=6))
def test_a_text_has_the_same_grams_alone_and_in_company(texts: list[str]) -> None:
    for row, text in enumerate(texts):
        assert buckets_of(texts, row) == buckets_of([text], 0)


@given(st.lists(FOLDED, max_size=6))
def test_grams_lie_inside_their_text(texts: list[str]) -> None:
    for grams in family_grams(texts, BUCKETS).values():
        assert ((grams.bucket >= 0) & (grams.bucket < BUCKETS)).all()
        lengths = np.array([len(text) for text in texts], dtype=np.int64)[grams.row]
        assert ((grams.begin >= -1) & (grams.end <= lengths + 1) & (grams.begin < grams.end)).all()


def test_words_are_found_where_they_stand() -> None:
    words = family_grams(["who pays, 你好 f*ck"], BUCKETS)["words"]
    single = [("who pays, 你好 f*ck"[b:e]) for b, e in zip(words.begin, words.end, strict=True)][:5]
    assert single == ["who", "pays", "你", "好", "f*ck"]


def test_equal_words_share_a_bucket_wherever_they_stand() -> None:
    words = family_grams(["loan and loan", "a loan"], BUCKETS)["words"]
    loans = {
        int(b)
        for b, n, r in zip(words.bucket, words.begin, words.row, strict=True)
        if (r, n) in {(0, 0), (0, 9), (1, 2)}
    }
    assert family_grams(["loan"], BUCKETS)["words"].bucket[0] in loans


def test_digits_count_as_digits_whichever() -> None:
    assert buckets_of(["call 555 1234"], 0) == buckets_of(["call 987 6543"], 0)
