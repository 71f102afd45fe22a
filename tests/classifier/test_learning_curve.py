"""The measurement behind the prior: what a site's decisions are tested on, and that learning shows."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier import load
from classifier.prediction import LABELS
from classifier.training.anchors import anchors_of
from classifier.training.learning_curve import curve, site_of
from tests.classifier.written_site import comment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A source of one label, sorted by it as some are."""
    random = Random(3)
    kinds = ["betting"] * 130 + ["calm"] * 170
    columns: dict[str, object] = {"text": [comment(kind, random) for kind in kinds], "lang": ["en"] * len(kinds)}
    for label in LABELS:
        values = [float(kind == "betting") if label == "spam" else float("nan") for kind in kinds]
        columns[label] = pa.array(values, pa.float32())
    pq.write_table(pa.table(columns), tmp_path / "site.parquet")
    return tmp_path


def test_more_decisions_teach_more_and_turned_ones_less(folder: Path) -> None:
    base = load()
    site, hostile = site_of(base, folder, "site"), site_of(base, folder, "site", turned=0.3)
    assert site.label == "spam"
    assert not set(site.pool) & set(site.tested)
    assert 0.2 < site.decided[site.tested].mean() < 0.7, "the source is shuffled"
    ten, fifty = list(curve(site, anchors_of(base)))[:2]
    assert (ten.decisions, fifty.decisions) == (10, 50)
    assert fifty.log_loss < ten.log_loss < 0
    assert list(curve(hostile, anchors_of(base)))[1].log_loss > fifty.log_loss
