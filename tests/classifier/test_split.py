"""Do near-duplicates stay together, and nothing else with them?"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.prediction import LABELS, Submission
from classifier.training.dataset import Corpus
from classifier.training.split import TEST, TRAIN, VALIDATION, duplicate_groups, parts_of

COMMON = re.findall(
    r"\w+", "you are the this is a it to of and in that for not was with they have on so what all be as at by but"
)


def corpus(texts: list[str], groups: list[str] | None = None, source: str = "somewhere") -> Corpus:
    labels = np.full((len(texts), len(LABELS)), np.nan, dtype=np.float32)
    return Corpus(
        [Submission(text) for text in texts],
        ["en"] * len(texts),
        [source] * len(texts),
        labels,
        groups or [""] * len(texts),
    )


def sentences(number: int) -> list[str]:
    """Different sentences of common words, as comments are: every pair of words occurs in many of them."""
    random = np.random.default_rng(5)
    return [" ".join(random.choice(COMMON, 14)) for _ in range(number)]


def test_common_pairs_of_words_chain_nothing_together() -> None:
    groups = duplicate_groups(corpus(sentences(4000)))
    assert max(Counter(groups.tolist()).values()) <= 3


def test_a_text_with_a_word_changed_stays_with_the_text() -> None:
    text = "I visited the harbour on Sunday and the new bridge was closed again without any notice to the public"
    changed = text.replace("Sunday", "Monday")
    groups = duplicate_groups(corpus([text, *sentences(50), changed, text.upper() + "!!!"]))
    assert groups[0] == groups[51] == groups[52]


def test_parts_are_eight_tenths_one_and_one_and_hardly_hang_on_the_order() -> None:
    texts = [f"{sentence} number {word}" for sentence, word in zip(sentences(3000), range(3000), strict=True)]
    parts = parts_of(corpus(texts))
    shares = [float((parts == part).mean()) for part in (TRAIN, VALIDATION, TEST)]
    assert np.allclose(shares, (0.8, 0.1, 0.1), atol=0.03)
    turned = parts_of(corpus(texts[::-1]))
    assert (turned[::-1] == parts).mean() > 0.98


def test_a_group_that_is_most_of_its_source_is_trained_on() -> None:
    texts = sentences(300)
    parts = parts_of(corpus(texts, ["video 1"] * 150 + ["video 2"] * 150, "two-videos"))
    assert (parts == TRAIN).all()


@given(st.lists(st.sampled_from(sentences(12)), min_size=1, max_size=40))
def test_equal_texts_are_never_parted(texts: list[str]) -> None:
    parts = parts_of(corpus(texts))
    assert len(set(zip(texts, parts.tolist(), strict=True))) == len(set(texts))
