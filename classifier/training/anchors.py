"""What no site's decisions should move: clear spam, clear abuse and harmless sentences, held at the base's scores.

A site with few unwanted comments teaches "lower every score", and the quickest way there is to lower all alike, threats
as well. The anchors make it dearer to lower what is beyond doubt than what is in question. They are sentences written
for this project's training (`recipes.written`), never the texts of the gate's checks. Not here: the fit.
"""

from __future__ import annotations

import numpy as np

from classifier.pipeline import Model
from classifier.prediction import LABELS
from classifier.training.basis import basis_of
from classifier.training.correct import Anchors
from classifier.training.logistic import sigmoid
from classifier.training.recipes.written import written

_SEED = 1


def anchors_of(base: Model) -> Anchors:
    """The anchors of a base, at its own scores. Spam, abuse and harmless sentences weigh a third each."""
    corpus = written(_SEED)
    _, first = np.unique(corpus.groups, return_index=True)  # of one pattern's expansions one is enough
    corpus = corpus.rows(np.sort(first))
    labels = np.nan_to_num(corpus.labels) >= 0.5
    kind = np.where(labels[:, LABELS.index("spam")], 0, np.where(labels[:, LABELS.index("toxic")], 1, 2))
    basis = basis_of(base, corpus.submissions)
    return Anchors(basis, sigmoid(basis.offsets), (1 / np.bincount(kind))[kind] / 3)
