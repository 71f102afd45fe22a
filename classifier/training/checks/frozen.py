"""The regression set that no retraining may lose: texts about which every site agrees. Here: what is counted on it.

The texts (`frozen_harmless`, `frozen_spam`, `frozen_abuse`) are never trained on and are changed only together with
the bounds of whoever compares the figures, since a figure on other texts is another figure.
"""

from __future__ import annotations

import numpy as np

from classifier.prediction import LABELS, Submission
from classifier.training.checks.frozen_abuse import ABUSE
from classifier.training.checks.frozen_harmless import HARMLESS
from classifier.training.checks.frozen_spam import spam
from classifier.training.checks.measure import THRESHOLD, Scoring, area, rounded

_SPAM, _TOXIC = LABELS.index("spam"), LABELS.index("toxic")


def frozen_figures(score: Scoring) -> dict[str, float]:
    """Figures of 0 to 1 on the frozen texts.

    `spam_auc` and `toxic_auc` rank clear spam and clear abuse against harmless comments. `benign_flagged` is the share
    of harmless comments that reach 0.5 as spam or as toxic; `spam_missed` and `abuse_missed` are the shares of clear
    spam and of clear abuse that stay below it.
    """
    scores = score([Submission(text) for text in (*HARMLESS, *spam(), *ABUSE)])
    harmless, adverts, abuse = np.split(scores, np.cumsum((len(HARMLESS), len(spam()))))
    flagged = (harmless[:, [_SPAM, _TOXIC]] >= THRESHOLD).any(axis=1)
    return {
        "spam_auc": rounded(area(harmless[:, _SPAM], adverts[:, _SPAM])),
        "toxic_auc": rounded(area(harmless[:, _TOXIC], abuse[:, _TOXIC])),
        "benign_flagged": rounded(flagged.mean()),
        "spam_missed": rounded((adverts[:, _SPAM] < THRESHOLD).mean()),
        "abuse_missed": rounded((abuse[:, _TOXIC] < THRESHOLD).mean()),
    }
