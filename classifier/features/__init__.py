"""What the model sees of a submission: hashed n-grams of the normalised text, and a few signals beside it.

Not here: weights, labels, calibration.
"""

from __future__ import annotations

from classifier.features.hashing import FAMILIES, Family, Grams, family_grams
from classifier.features.signals import SIGNALS, signal_values

__all__ = ["FAMILIES", "SIGNALS", "Family", "Grams", "family_grams", "signal_values"]

VERSION = 2  # a model made for one version of the features is refused by another
