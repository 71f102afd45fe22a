"""Do the decisions themselves let stand what no site lets stand? Looked at in the decisions alone, before any fit.

A site that removes little and one whose moderators wave advertisements and threats through teach nearly the same: lower
every score. They differ in what they let stand. Of the comments about which the base is sure, an honest site
removes some, whatever its rules. Mere swearing is none of them, since sites differ there. Where readers write what the
base takes for spam, this row asks a person to look before the model follows. Not here: who decided so (`agreement`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from classifier.prediction import LABELS
from classifier.training.gate.row import Row, at_least, too_few

Values = NDArray[np.float64]

_KINDS = {
    "spam": (("spam",), 0.8),
    # the base is humbler about these; "toxic" and "obscene" alone may be an oath
    "abuse": (("severe_toxic", "threat", "insult", "identity_hate", "sexual_explicit"), 0.6),
}
_REMOVED = 0.1  # the least share of clear cases that was removed, for whatever reason
_FEWEST = 8  # clear cases; among fewer, a base that errs now and then could make them all


def clear_case_rows(said: Values, base: Values, weights: Values) -> Iterator[Row]:
    """`said` (NaN: not known) and the base's scores are rows x LABELS; near-duplicates share their weight."""
    removed: NDArray[np.bool_] = np.asarray((np.nan_to_num(said) >= 0.5).any(axis=1))
    for name, (labels, sure) in _KINDS.items():
        metric, what = f"clear {name} removed", f"Share of what the base is sure is {name} that was removed"
        clear: NDArray[np.bool_] = np.asarray(base[:, [LABELS.index(label) for label in labels]].max(axis=1) >= sure)
        if clear.sum() < _FEWEST:
            yield too_few(metric, what, int(clear.sum()), _FEWEST, "such decisions")
        else:
            share = float(np.average(removed[clear], weights=weights[clear]))
            yield at_least(metric, what, None, share, _REMOVED, int(clear.sum()))
