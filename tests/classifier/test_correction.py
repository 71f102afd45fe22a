"""A correction sits on its base: scores, reasons, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier import ArtifactError, Model, Submission, artifact, load
from classifier.correction import BUCKETS, CorrectedColumn
from classifier.features import SIGNALS, VERSION
from classifier.pipeline import read_submissions
from classifier.prediction import LABELS
from classifier.reasons import Weighed, character_weights

TEXT = "Only a stupid idiot puts a tenner on the derby, see https://odds12.example/live"


@pytest.fixture(scope="module")
def base() -> Model:
    return load()


def arrays() -> dict[str, np.ndarray[Any, Any]]:
    """Weights of ordinary size for every gram, signal and label."""
    random = np.random.default_rng(3)
    return {
        "corrections": random.normal(0, 0.5, (BUCKETS, len(LABELS))).astype(np.float16),
        "signals": random.normal(0, 0.5, (len(SIGNALS), len(LABELS))).astype(np.float32),
        "intercepts": random.normal(0, 0.5, len(LABELS)).astype(np.float32),
        "slopes": random.normal(0, 0.2, len(LABELS)).astype(np.float32),
    }


def correction(folder: Path, base: str, **changed: Any) -> Path:
    manifest = {
        "kind": "correction",
        "base": base,
        "labels": list(LABELS),
        "features": {"version": VERSION, "buckets": BUCKETS, "signals": list(SIGNALS)},
    }
    artifact.write(folder, manifest, arrays() | changed)
    return folder


def nothing() -> dict[str, np.ndarray[Any, Any]]:
    return {name: np.zeros_like(array) for name, array in arrays().items()}


def test_a_correction_of_nothing_changes_no_score(base: Model, tmp_path: Path) -> None:
    corrected = load(correction(tmp_path / "c", base.digest, **nothing()), base)
    texts = [Submission(TEXT, "Ann", "https://ann.example"), Submission(""), Submission("Who pays for the loan?")]
    assert np.allclose(corrected.scores(texts), base.scores(texts))
    assert corrected.digest != base.digest
    assert {prediction.model for prediction in corrected.predict(texts)} == {corrected.digest}


def test_predict_explain_and_scores_agree(base: Model, tmp_path: Path) -> None:
    corrected = load(correction(tmp_path / "c", base.digest), base)
    submission = Submission(TEXT, "Ann", "https://ann.example")
    scores = dict(zip(corrected.labels, corrected.scores([submission])[0], strict=True))
    assert corrected.predict([submission])[0].scores == pytest.approx(scores, abs=1e-4)
    assert corrected.explain(submission).scores == pytest.approx(scores, abs=1e-4)
    assert scores != pytest.approx(dict(zip(base.labels, base.scores([submission])[0], strict=True)), abs=1e-2)


@pytest.mark.parametrize("text", [TEXT, "Stupid idiot!", "Кто платит за этот кредит?", "👍", "a" * 300])
def test_reasons_add_up_to_the_corrected_sum(base: Model, tmp_path: Path, text: str) -> None:
    corrected = load(correction(tmp_path / "c", base.digest), base)
    added = corrected.correction
    assert added
    reading = read_submissions([Submission(text)], base.buckets)
    weighed = Weighed(reading.texts[0], 0, 0, base.grams_of(reading, 0), [], reading.signals[0])
    whole = corrected.logits([Submission(text)])[0]
    for column, factor in enumerate(1 + added.slopes):
        grams = CorrectedColumn(base.gram_weights[:, column], added.grams[:, column], factor)
        signals = factor * base.signal_weights[:, column] + added.signals[:, column]
        intercept = factor * base.intercepts[column] + added.intercepts[column]
        total = character_weights(weighed, grams).sum() + reading.signals[0] @ signals + intercept
        assert total == pytest.approx(whole[column], abs=2e-3)


def test_a_single_word_is_the_whole_reason(base: Model, tmp_path: Path) -> None:
    corrected = load(correction(tmp_path / "c", base.digest), base)
    told = [reason for reason in corrected.explain(Submission("idiot")).reasons if reason.label == "insult"]
    added, column = corrected.correction, LABELS.index("insult")
    assert added
    intercept = (1 + added.slopes[column]) * base.intercepts[column] + added.intercepts[column]
    whole = corrected.logits([Submission("idiot")])[0, column]
    assert sum(reason.weight for reason in told) + intercept == pytest.approx(whole, abs=0.05)


def test_a_word_that_a_site_minds_becomes_a_reason(base: Model, tmp_path: Path) -> None:
    weights = nothing()
    plain = Submission("the weather in Zermatt")
    marked = corrected_words(base, "zermatt")
    weights["corrections"][marked, LABELS.index("spam")] = 8.0
    corrected = load(correction(tmp_path / "c", base.digest, **weights), base)
    best = max((r for r in corrected.explain(plain).reasons if r.label == "spam"), key=lambda reason: reason.weight)
    assert plain.text[best.begin : best.end] == "Zermatt"
    assert corrected.scores([plain])[0, 0] > base.scores([plain])[0, 0] + 0.3


def corrected_words(base: Model, word: str) -> np.ndarray[Any, Any]:
    """The correction's buckets of a word's grams."""
    reading = read_submissions([Submission(word)], base.buckets)
    return np.concatenate([grams.bucket for grams in reading.grams.values()]) & (BUCKETS - 1)


def test_a_base_is_loaded_once_for_all_its_corrections(base: Model, tmp_path: Path) -> None:
    one = load(correction(tmp_path / "one", base.digest), base)
    two = load(correction(tmp_path / "two", base.digest, **nothing()), one)
    assert one.gram_weights is base.gram_weights
    assert two.gram_weights is base.gram_weights
    assert two.scores([Submission(TEXT)]) == pytest.approx(base.scores([Submission(TEXT)]))


def test_a_correction_of_another_base_is_refused(base: Model, tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="retrain the site"):
        load(correction(tmp_path / "c", "0" * 64), base)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slopes": np.zeros(3)}, "do not fit"),
        ({"corrections": np.zeros((1000, len(LABELS)))}, "do not fit"),
        ({"intercepts": np.full(len(LABELS), np.nan)}, "not a finite number"),
        ({"corrections": np.full((BUCKETS, len(LABELS)), np.inf)}, "not a finite number"),
    ],
)
def test_garbled_numbers_are_refused(base: Model, tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ArtifactError, match=said):
        load(correction(tmp_path / "c", base.digest, **changed), base)


def test_a_damaged_correction_is_refused(base: Model, tmp_path: Path) -> None:
    folder = correction(tmp_path / "c", base.digest)
    shutil.copy(folder / "signals.npy", folder / "slopes.npy")
    with pytest.raises(ArtifactError, match="SHA-256"):
        load(folder, base)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["base"], manifest["files"]["slopes.npy"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ArtifactError, match="lacks or garbles 'base'"):
        load(folder, base)
