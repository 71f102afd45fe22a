"""Training from data to a model that scores, on data made here; the real sets stand beside the project, not in it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from classifier import Submission, load
from classifier.prediction import LABELS
from classifier.training.dataset import Corpus, DataError, joined, read_source
from classifier.training.mix import mixture
from classifier.training.recipes import RECIPES
from classifier.training.recipes.recipe import SHIPPED_SOURCES, Recipe
from classifier.training.recipes.written import written
from classifier.training.sources import BY_NAME, SOURCES
from classifier.training.split import duplicate_groups, folds
from classifier.training.train import train

SMALL = replace(RECIPES["shipped"], sources=("youtube-spam", "wiki-cat-large"), buckets=1 << 14, iterations=15)
WORDS = ("river", "bridge", "mayor", "school", "train", "market", "budget", "winter", "garden", "harbour")


def sentences(label: str, number: int) -> list[tuple[str, float]]:
    bad = {"spam": "buy cheap pills online casino", "toxic": "you stupid idiot shut up"}[label]
    random = np.random.default_rng(len(label))
    plain = [" ".join(random.choice(WORDS, 9)) for _ in range(2 * number)]
    return [(text, 0.0) for text in plain[:number]] + [(f"{text[:25]} {bad}", 1.0) for text in plain[number:]]


def parquet(folder: Path, name: str, label: str, number: int = 120) -> None:
    rows = sentences(label, number)
    columns: dict[str, object] = {"text": [text for text, _ in rows], "lang": ["en"] * len(rows)}
    for other in LABELS:
        values = [value if other == label else float("nan") for _, value in rows]
        columns[other] = pa.array(values, pa.float32())
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    parquet(folder, "youtube-spam", "spam")
    parquet(folder, "wiki-cat-large", "toxic")
    return folder


def quiet(_step: str) -> None:
    return None


def test_equal_data_and_recipe_give_equal_bytes(data: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert train(data, one, SMALL, quiet) == train(data, two, SMALL, quiet)
    assert (one / "weights.npy").read_bytes() == (two / "weights.npy").read_bytes()
    model = load(one)
    good, spam, toxic = model.predict(
        [
            Submission("the mayor and the bridge"),
            Submission("cheap pills online casino"),
            Submission("stupid idiot shut up"),
        ]
    )
    assert good.scores["spam"] < spam.scores["spam"]
    assert good.scores["toxic"] < toxic.scores["toxic"]


def test_a_manifest_says_what_it_was_made_from(data: Path, tmp_path: Path) -> None:
    train(data, tmp_path / "model", SMALL, quiet)
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_bytes())
    sources = {entry["source"]: entry for entry in manifest["data"]}
    assert sources["youtube-spam"]["licence"].startswith("CC BY 4.0")
    assert len(sources["youtube-spam"]["sha256"]) == 64
    assert sources["wiki-cat-large"]["labels"] == {"toxic": 240}


def test_missing_data_and_missing_columns_are_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="sms-spam"):
        train(data, tmp_path / "m", replace(SMALL, sources=("sms-spam",)), quiet)
    pq.write_table(pa.table({"text": ["x"]}), data / "youtube-spam.parquet")
    with pytest.raises(DataError, match="lacks the columns"):
        train(data, tmp_path / "m", SMALL, quiet)
    shutil.copytree(data, tmp_path / "m")
    with pytest.raises(DataError, match="exists"):
        train(data, tmp_path / "m", SMALL, quiet)


def test_missing_labels_stay_missing_but_for_the_two_stated_exceptions(data: Path) -> None:
    mixed = mixture(data, replace(SMALL, with_written=False, presumed_ham=10))
    sources = np.array(mixed.corpus.sources)
    spam, toxic = LABELS.index("spam"), LABELS.index("toxic")
    wiki, youtube = sources == "wiki-cat-large", sources == "youtube-spam"
    assert (mixed.weights[wiki, spam] > 0).sum() == 10
    assert (mixed.targets[wiki, spam][mixed.weights[wiki, spam] > 0] == 0).all()
    assert (mixed.weights[youtube, toxic] == 0).all()
    harmless = wiki & (mixed.targets[:, toxic] == 0)
    for label in ("threat", "insult", "sexual_explicit"):
        assert (mixed.targets[harmless, LABELS.index(label)] == 0).all()
    assert (mixed.weights[wiki, LABELS.index("obscene")] == 0).all()
    assert not mixed.annotated[wiki, spam].any()


def test_sources_weigh_the_square_root_of_their_size(data: Path) -> None:
    parquet(data, "sms-spam", "spam", number=480)
    recipe = replace(SMALL, sources=("youtube-spam", "sms-spam"), with_written=False, far_weight=1.0)
    mixed = mixture(data, recipe)
    sources = np.array(mixed.corpus.sources)
    totals = [mixed.weights[sources == name, 0].sum() for name in ("youtube-spam", "sms-spam")]
    assert totals[1] / totals[0] == pytest.approx(2.0)


def test_only_what_may_be_shipped_is_in_the_shipped_recipe() -> None:
    assert RECIPES["shipped"].sources == SHIPPED_SOURCES
    assert all(BY_NAME[name].ship for name in SHIPPED_SOURCES)
    free = ("CC0", "CC BY", "MIT", "Apache", "none claimed", "labels CC0")
    assert all(BY_NAME[name].licence.startswith(free) for name in SHIPPED_SOURCES)
    assert not any("NC" in BY_NAME[name].licence for name in SHIPPED_SOURCES)
    assert len({source.name for source in SOURCES}) == len(SOURCES)


def test_near_duplicates_are_never_torn_apart() -> None:
    base = "I make five thousand dollars a week from home and so can you just click on this link here"
    texts = [f"{base} number{i}" for i in range(20)] + [
        f"{' '.join(WORDS)} {i * 'x '}and other words {i}" for i in range(20)
    ]
    texts += ["Great!", "great", "GREAT!!", "Sad.", "quite another thing"]
    corpus = Corpus(
        [Submission(text) for text in texts],
        ["en"] * len(texts),
        ["s"] * len(texts),
        np.zeros((len(texts), len(LABELS)), dtype=np.float32),
        [""] * len(texts),
    )
    groups = duplicate_groups(corpus)
    assert len(set(groups[:20].tolist())) == 1
    assert len(set(groups[40:43].tolist())) == 1
    assert groups[43] != groups[44]
    parts = folds(groups, 3, seed=1)
    assert all(len(set(parts[groups == group].tolist())) == 1 for group in np.unique(groups))
    assert (parts == folds(groups, 3, seed=1)).all()


def test_the_written_sentences_are_the_same_each_time_and_cover_every_label() -> None:
    one, two = written(1), written(1)
    assert one.submissions == two.submissions
    assert one.submissions != written(2).submissions
    for column in range(len(LABELS)):
        known = one.labels[:, column]
        assert (known[~np.isnan(known)] > 0.5).any()
        assert (known[~np.isnan(known)] < 0.5).any()
    assert all(one.groups)


def test_rows_keep_their_order_and_their_group(data: Path) -> None:
    corpus = joined([read_source(data, "youtube-spam"), read_source(data, "wiki-cat-large")])
    picked = corpus.rows(np.array([300, 2]))
    assert picked.sources == ["wiki-cat-large", "youtube-spam"]
    assert picked.submissions[1] == corpus.submissions[2]


def test_recipes_are_frozen() -> None:
    with pytest.raises(AttributeError):
        RECIPES["shipped"].seed = 1  # type: ignore[misc]
    assert isinstance(RECIPES["all"], Recipe)
