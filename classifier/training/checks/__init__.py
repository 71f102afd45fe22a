"""Written tests of a model: what it must tell apart, be fair about, see through, and keep.

Here: four figure functions that ask a `Scoring` and give plain dictionaries. Not here: bounds and verdicts (`gate`),
figures on labelled data (`evaluate`). All texts were written for this project and may never be used in training.
"""

from __future__ import annotations

from classifier.training.checks.evasions import EVASIONS, evasion_figures, kept_by_evasion, kept_shares
from classifier.training.checks.frozen import frozen_figures
from classifier.training.checks.functional import functional_figures, wrong_answers
from classifier.training.checks.identity import by_mention, by_term, identity_figures
from classifier.training.checks.measure import Scoring, scoring

__all__ = [
    "EVASIONS",
    "Scoring",
    "by_mention",
    "by_term",
    "evasion_figures",
    "frozen_figures",
    "functional_figures",
    "identity_figures",
    "kept_by_evasion",
    "kept_shares",
    "scoring",
    "wrong_answers",
]
