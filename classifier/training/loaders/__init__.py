"""Loaders for well-known files that do not stand beside this project and that a user may have.

Here: one module a data set, the CSV reading and the sampling that they share, and the sets' facts for the model's card.
Not here: the Parquet files of `--data` (`classifier.training.dataset`) and how rows are weighed (`mix`).
"""

from __future__ import annotations

from classifier.training.loaders.civil import CIVIL, read_civil
from classifier.training.loaders.jigsaw2018 import JIGSAW, read_jigsaw

__all__ = ["CIVIL", "JIGSAW", "read_civil", "read_jigsaw"]
