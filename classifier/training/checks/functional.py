"""What a classifier of abuse and spam must be able to tell apart, function by function, at a threshold of 0.5.

After HateCheck (Röttger et al. 2021, "HateCheck: Functional Tests for Hate Speech Detection Models"): each function is
one ability, tested by short cases whose answer nobody disputes. The sentences are this project's own and lie in
`functional_abuse` and `functional_spam`; not one may be used in training.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

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
    asked = cases()
    scores = score([case.submission for case in asked])
    columns = [LABELS.index(case.label) for case in asked]
    flagged = scores[np.arange(len(asked)), columns] >= THRESHOLD
    found = {function.name: {"cases": 0, "passed": 0} for function in FUNCTIONS}
    for case, answer in zip(asked, flagged.tolist(), strict=True):
        found[case.function]["cases"] += 1
        found[case.function]["passed"] += answer == case.flagged
    return found


def _cases(function: Function) -> Iterator[Case]:
    for sentence in function.sentences:
        named = {slot: choices for slot, choices in function.slots.items() if f"{{{slot}}}" in sentence}
        for chosen in product(*named.values()):
            text = sentence.format(**dict(zip(named, chosen, strict=True)))
            submission = Submission(text, name=function.author, website=function.website)
            yield Case(function.name, function.label, function.flagged, submission)
