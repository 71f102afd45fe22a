"""The sentences written for this project as a labelled corpus, the same at every call for the same seed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS, Submission
from classifier.training.dataset import Corpus
from classifier.training.recipes import written_abuse, written_ham, written_identity, written_spam

SOURCE = "written-for-this-project"
_SLOT = re.compile(r"\{(\w+)\}")
_EXPANSIONS = 14  # of each spam pattern
_HAM = 1500
_LINKED = 500  # ham with a link to a source
_PRAISE = 12  # expansions of each line of praise with a website beside it
_WITH_WEBSITE = 0.95  # of link-less praise spam
_CRITICISMS = 120  # expansions of each pattern
_UNDER_A_TITLE = 0.4  # of all rows
_OWN_TITLE = 0.8  # of ham under a title: the rest strays, as readers do
_TITLE_WORD = re.compile(r"[^\W\d_]{4,}")

_FAIR = dict.fromkeys(LABELS, 0.0)
_HATE = dict.fromkeys(("toxic", "identity_hate"), 1.0) | {"spam": 0.0}
_THREAT = _HATE | dict.fromkeys(("severe_toxic", "threat"), 1.0)

Row = tuple[Submission, str, dict[str, float], str]  # submission, language, labels, group


def written(seed: int) -> Corpus:
    """Ham, spam, abuse and what only looks like abuse. Near-duplicates share a group."""
    random = Random(seed)
    rows = [
        *_spam(random),
        *_praise(random),
        *_ham(random),
        *_linked(random),
        *_abuse(random),
        *_named(),
        *_criticism(random),
    ]
    rows = [_under_a_title(row, random) for row in rows]
    return Corpus(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [SOURCE] * len(rows),
        np.stack([_labels(row[2]) for row in rows]),
        [row[3] for row in rows],
    )


def _spam(random: Random) -> list[Row]:
    rows: list[Row] = []
    for number, pattern in enumerate(written_spam.SPAM):
        for _ in range(_EXPANSIONS):
            named = random.random() < 0.3
            name = _filled(random.choice(written_spam.ADVERT_NAMES), random) if named else ""
            site = _filled(random.choice(written_spam.ADVERT_SITES), random) if random.random() < 0.3 else ""
            text = _filled(pattern, random)
            rows.append((Submission(text, name, site), "", {"spam": 1.0}, f"written:spam:{number}"))
    return rows


def _praise(random: Random) -> list[Row]:
    """Praise is spam for the website beside it, and ham without one: the pair teaches that difference."""
    rows: list[Row] = []
    for number, text in enumerate(written_spam.PRAISE_FOR_A_WEBSITE):
        for _ in range(_PRAISE):
            name = _filled(random.choice(written_spam.ADVERT_NAMES), random) if random.random() < 0.6 else ""
            site = _filled(random.choice(written_spam.ADVERT_SITES), random)
            group = f"written:praise:{number}"
            rows.append((Submission(text, name, site), "en", {"spam": 1.0}, group))
            rows.append((Submission(text, random.choice(written_ham.NAMES)), "en", {"spam": 0.1}, group))
    return rows


def _ham(random: Random) -> list[Row]:
    rows: list[Row] = []
    languages = sorted(written_ham.BODIES)
    benign = dict.fromkeys(LABELS, 0.0)
    everything = [
        (lang, text) for lang in languages for text in (*written_ham.OPENERS[lang], *written_ham.BODIES[lang])
    ]
    for language, text in everything:
        rows.append((_by_somebody(text, random), language, benign, f"written:ham:{text}"))
    while len(rows) < _HAM:
        language = random.choice([*languages, "en", "en", "en", "ru", "de"])
        body = random.choice(written_ham.BODIES[language])
        parts = [body, random.choice(written_ham.OPENERS[language])][: random.choice((1, 2, 2))]
        text = " ".join(random.sample(parts, len(parts)))
        rows.append((_by_somebody(text, random), language, benign, f"written:ham:{body}"))
    return rows


def _linked(random: Random) -> list[Row]:
    rows: list[Row] = []
    for _ in range(_LINKED):
        number = random.randrange(len(written_ham.WITH_LINK))
        text = written_ham.WITH_LINK[number].replace("{link}", random.choice(written_ham.LINKS))
        if random.random() < 0.4:
            text = f"{random.choice(written_ham.BODIES['en'])} {text}"
        rows.append((_by_somebody(text, random), "", {"spam": 0.0}, f"written:linked:{number}"))
    return rows


def with_advert_website(corpus: Corpus, seed: int) -> Corpus:
    """Give most rows of a link-less spam source the website that its authors put beside the text."""
    random = Random(seed)

    def one(submission: Submission) -> Submission:
        if random.random() >= _WITH_WEBSITE:
            return submission
        name = _filled(random.choice(written_spam.ADVERT_NAMES), random) if random.random() < 0.5 else ""
        return replace(submission, name=name, website=_filled(random.choice(written_spam.ADVERT_SITES), random))

    return replace(corpus, submissions=[one(submission) for submission in corpus.submissions])


def _by_somebody(text: str, random: Random) -> Submission:
    name = random.choice(written_ham.NAMES) if random.random() < 0.5 else ""
    return Submission(text, name, random.choice(written_ham.SITES) if random.random() < 0.25 else "")


def _abuse(random: Random) -> list[Row]:
    rows: list[Row] = []
    for language, text, kinds in written_abuse.ABUSE:
        labels = dict.fromkeys(LABELS[1:], 0.0) | dict.fromkeys(("toxic", *kinds), 1.0)
        rows += [(Submission(spelling), language, labels, f"written:abuse:{text}") for spelling in _spellings(text)]
    for language, text in written_abuse.FAIR:
        labels = dict.fromkeys(LABELS, 0.0)
        rows += [(Submission(spelling), language, labels, f"written:fair:{text}") for spelling in _spellings(text)]
    random.shuffle(rows)
    return rows


def _named() -> list[Row]:
    """Everybody in every fair sentence, and in every hostile one; a sentence's rows share a group."""
    rows: list[Row] = []
    for contexts in written_identity.CONTEXTS:
        for sides, labels in ((contexts.fair, _FAIR), (contexts.hostile, _HATE), (contexts.threats, _THREAT)):
            for pattern in sides:
                texts = [pattern.format(name) for name in contexts.names]
                rows += [
                    (Submission(text[0].upper() + text[1:]), contexts.language, labels, f"written:named:{pattern}")
                    for text in texts
                ]
    return rows


def _criticism(random: Random) -> list[Row]:
    rows: list[Row] = []
    for pattern in written_abuse.CRITICISM:
        for _ in range(_CRITICISMS):
            text = _filled(pattern, random, written_abuse.CRITICISM_SLOTS)
            rows.append((Submission(text[0].upper() + text[1:]), "en", _FAIR, f"written:criticism:{pattern}"))
    return rows


def _under_a_title(row: Row, random: Random) -> Row:
    """Ham speaks of what the article is about, most of the time; spam is written before its author sees the article."""
    submission, language, labels, group = row
    if "spam" not in labels or random.random() >= _UNDER_A_TITLE:
        return row
    words = _TITLE_WORD.findall(submission.text)
    if labels["spam"] >= 0.5 or random.random() >= _OWN_TITLE or len(words) < 3:
        words = _TITLE_WORD.findall(random.choice(written_ham.BODIES[random.choice(["en", "de", "fr", "es"])]))
    title = " ".join(random.sample(words, min(3, len(words))))
    return replace(submission, title=title), language, labels, group


def _spellings(text: str) -> tuple[str, ...]:
    """The sentence, without its sign at the end, shouted, and after an ordinary beginning."""
    bare = text.rstrip(".!?")
    return text, bare, bare.upper() + "!!!", bare.lower()


def _filled(pattern: str, random: Random, slots: Mapping[str, Sequence[str]] = written_spam.SLOTS) -> str:
    def one(match: re.Match[str]) -> str:
        if match.group(1) == "n":
            return str(random.randint(10, 99))
        return _filled(random.choice(slots[match.group(1)]), random, slots)

    return _SLOT.sub(one, pattern)


def _labels(known: dict[str, float]) -> NDArray[np.float32]:
    return np.array([known.get(label, np.nan) for label in LABELS], dtype=np.float32)
