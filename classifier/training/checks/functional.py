"""What a classifier of abuse and spam must be able to tell apart, function by function, at a threshold of 0.5.

After HateCheck (Röttger et al. 2021, "HateCheck: Functional Tests for Hate Speech Detection Models"): each function is
one ability, tested by short cases whose answer nobody disputes. The sentences are this project's own and lie in
`functional_abuse` and `functional_spam`; not one may be used in training.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from classifier.prediction import LABELS, Submission
from classifier.training.checks.functional_abuse import ABUSE_FUNCTIONS
from classifier.training.checks.functional_case import Function
from classifier.training.checks.functional_spam import SPAM_FUNCTIONS
from classifier.training.checks.measure import THRESHOLD, Scoring

FUNCTIONS: tuple[Function, ...] = (*ABUSE_FUNCTIONS, *SPAM_FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Case:
    """One submission and the answer expected for one label: flagged, or left alone."""

    function: str
    label: str
    flagged: bool
    submission: Submission


def cases() -> tuple[Case, ...]:
    """All cases, the same at every call."""
    return tuple(case for function in FUNCTIONS for case in _cases(function))


def functional_figures(score: Scoring) -> dict[str, dict[str, int]]:
    """{function: {"cases", "passed"}}, in the order of the functions."""
    found = {function.name: {"cases": 0, "passed": 0} for function in FUNCTIONS}
    for case, given in _answers(score):
        found[case.function]["cases"] += 1
        found[case.function]["passed"] += (given >= THRESHOLD) == case.flagged
    return found


def wrong_answers(score: Scoring) -> list[tuple[Case, float]]:
    """The cases that fail, with the score given for the label looked at."""
    return [(case, given) for case, given in _answers(score) if (given >= THRESHOLD) != case.flagged]


def _answers(score: Scoring) -> list[tuple[Case, float]]:
    asked = cases()
    scores = score([case.submission for case in asked])
    return [(case, float(row[LABELS.index(case.label)])) for case, row in zip(asked, scores, strict=True)]


def _cases(function: Function) -> Iterator[Case]:
    for sentence in function.sentences:
        named = {slot: choices for slot, choices in function.slots.items() if f"{{{slot}}}" in sentence}
        for chosen in product(*named.values()):
            text = sentence.format(**dict(zip(named, chosen, strict=True)))
            submission = Submission(text, name=function.author, website=function.website)
            yield Case(function.name, function.label, function.flagged, submission)
