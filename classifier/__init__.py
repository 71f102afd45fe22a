"""Spam and toxicity scores for comments, with the reasons. Usable alone: no web framework, no database, no service.

>>> from classifier import Submission, load
>>> model = load()
>>> model.predict([Submission("Thanks, that explains it.")])[0].scores["spam"] < 0.2
True

Inference lives in this package and imports NumPy only; `classifier.training` is a separate world that inference never
imports.
"""

from __future__ import annotations

from classifier.artifact import ArtifactError
from classifier.pipeline import Model, load
from classifier.prediction import LABELS, Prediction, Reason, Submission

__all__ = ["LABELS", "ArtifactError", "Model", "Prediction", "Reason", "Submission", "load"]
