"""Reading the official Jigsaw 2018 and Civil Comments files, on small files with the same columns written here."""

from __future__ import annotations

import csv
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import Submission, load
from classifier.prediction import LABELS
from classifier.training.dataset import Corpus, DataError
from classifier.training.loaders import CIVIL, JIGSAW, read_civil, read_jigsaw
from classifier.training.loaders.civil import IDENTITIES, read_civil_with_identities
from classifier.training.recipes import RECIPES
from classifier.training.train import train

KINDS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")
HARMLESS, RUDE = ROWS = ((0,) * 6, (1, 0, 0, 0, 1, 0))
CIVIL_HEAD = (
    "id", "target", "comment_text", "severe_toxicity", "obscene", "identity_attack", "insult", "threat", "muslim",
    "female", "created_date", "publication_id", "parent_id", "article_id", "sexual_explicit",
)  # fmt: skip


def written(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path


def jigsaw(folder: Path, rows: Sequence[tuple[str, tuple[int, ...]]]) -> Path:
    written(
        folder / "train.csv",
        ("id", "comment_text", *KINDS),
        [(f"{number:016x}", text, *labels) for number, (text, labels) in enumerate(rows)],
    )
    return folder


def civil_row(
    text: str, target: object = "0.0", muslim: str = "", article: int = 7, insult: str = "0.0"
) -> list[object]:
    return [1, target, text, 0.0, "0.0", "0.0", insult, "0.0", muslim, "", "2016-01-01", 54, "", article, "0.1"]


def label(corpus: Corpus, name: str) -> list[float]:
    return [round(float(value), 4) for value in corpus.labels[:, LABELS.index(name)]]


def texts(corpus: Corpus) -> list[str]:
    return [submission.text for submission in corpus.submissions]


def test_jigsaw_rows_keep_their_text_and_labels_and_what_was_not_asked_is_missing(tmp_path: Path) -> None:
    folder = jigsaw(tmp_path, [('"Quoted", with\na second line ', HARMLESS), ("you fool", RUDE)])
    corpus = read_jigsaw(folder, 10, seed=1)
    assert texts(corpus) == ['"Quoted", with\na second line', "you fool"]
    assert label(corpus, "toxic") == label(corpus, "insult") == [0, 1]
    assert label(corpus, "threat") == [0, 0]
    assert np.isnan(corpus.labels[:, [LABELS.index("spam"), LABELS.index("sexual_explicit")]]).all()
    assert set(corpus.sources) == {JIGSAW.name}


def test_jigsaw_test_rows_join_their_labels_and_rows_never_scored_are_left_out(tmp_path: Path) -> None:
    folder = jigsaw(tmp_path, [("a plain remark", HARMLESS)])
    written(folder / "test.csv", ("id", "comment_text"), [("b", "scored later"), ("a", "never scored")])
    written(folder / "test_labels.csv", ("id", *KINDS), [("a", *[-1] * 6), ("b", *RUDE)])
    assert texts(read_jigsaw(folder, 10, seed=1)) == ["a plain remark", "scored later"]
    assert label(read_jigsaw(folder, 10, seed=1), "toxic") == [0, 1]


@pytest.mark.parametrize(
    ("file", "head", "rows", "said"),
    [
        ("train.csv", ("id", "text", *KINDS), [], "train.csv lacks the column comment_text"),
        ("train.csv", ("id", "comment_text", *KINDS[:4]), [], "lacks the column insult, identity_hate"),
        ("train.csv", ("id", "comment_text", *KINDS), [("a", "x", "yes", *HARMLESS[1:])], "line 2: toxic is 'yes'"),
        ("train.csv", ("id", "comment_text", *KINDS), [("a", "x", 0)], "line 2: 3 columns"),
        ("test.csv", ("id", "comment_text"), [("a", "x")], "test_labels.csv is missing"),
        ("test_labels.csv", ("id", *KINDS), [], "test.csv is missing"),
    ],
)
def test_a_wrong_jigsaw_file_is_named_with_what_is_wrong(
    tmp_path: Path, file: str, head: Sequence[str], rows: Sequence[Sequence[object]], said: str
) -> None:
    written(jigsaw(tmp_path, [("a plain remark", HARMLESS)]) / file, head, rows)
    with pytest.raises(DataError) as error:
        read_jigsaw(tmp_path, 10, seed=1)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_test_row_without_labels_is_named(tmp_path: Path) -> None:
    folder = jigsaw(tmp_path, [("a plain remark", HARMLESS)])
    written(folder / "test.csv", ("id", "comment_text"), [("a", "x")])
    written(folder / "test_labels.csv", ("id", *KINDS), [("b", *RUDE)])
    with pytest.raises(DataError, match=r"test\.csv, line 2: test_labels\.csv has no row with the id 'a'"):
        read_jigsaw(folder, 10, seed=1)


@pytest.mark.parametrize(
    ("octets", "said"), [(b"", "is empty"), (b"id,comment_text\n\xff\xfe", "not UTF-8"), (b'id,"x"y\n', "not CSV")]
)
def test_what_is_no_csv_at_all_is_said(tmp_path: Path, octets: bytes, said: str) -> None:
    (tmp_path / "train.csv").write_bytes(octets)
    with pytest.raises(DataError, match=said):
        read_jigsaw(tmp_path, 10, seed=1)
    with pytest.raises(DataError, match="--civil must name"):
        read_civil(tmp_path / "none.csv", 10, seed=1)


def test_a_sample_is_bounded_stable_and_half_of_it_is_labelled(tmp_path: Path) -> None:
    rows = [(f"remark number {n}", RUDE if n % 20 == 0 else HARMLESS) for n in range(400)]
    folder = jigsaw(tmp_path, rows)
    once, again, other = (read_jigsaw(folder, 24, seed) for seed in (1, 1, 2))
    assert texts(once) == texts(again) != texts(other)
    assert (len(once), sum(label(once, "toxic"))) == (24, 12)
    assert texts(once) == sorted(texts(once), key=lambda text: int(text.split()[-1]))
    everything = read_jigsaw(folder, 1000, seed=1)
    assert texts(everything) == [text for text, _ in rows]


def test_scarce_labelled_rows_leave_their_places_to_harmless_ones(tmp_path: Path) -> None:
    rows = [(f"remark number {n}", RUDE if n < 3 else HARMLESS) for n in range(100)]
    corpus = read_jigsaw(jigsaw(tmp_path, rows), 20, seed=1)
    assert (len(corpus), sum(label(corpus, "toxic"))) == (20, 3)


def test_civil_labels_are_shares_of_annotators_and_articles_stay_together(tmp_path: Path) -> None:
    rows = [civil_row("first", "0.6", insult="0.25"), civil_row("second"), civil_row("third", article=8)]
    corpus = read_civil(written(tmp_path / "train.csv", CIVIL_HEAD, rows), 10, seed=1)
    assert label(corpus, "toxic") == [0.6, 0, 0]
    assert label(corpus, "insult") == [0.25, 0, 0]
    assert label(corpus, "sexual_explicit") == [0.1, 0.1, 0.1]
    assert math.isnan(label(corpus, "spam")[0])
    assert corpus.groups[0] == corpus.groups[1] != corpus.groups[2]
    assert set(corpus.sources) == {CIVIL.name}


def test_civil_releases_call_the_same_label_toxicity_and_may_carry_the_parent(tmp_path: Path) -> None:
    head = ["toxicity" if name == "target" else name for name in CIVIL_HEAD] + ["parent_text"]
    path = written(tmp_path / "all_data.csv", head, [[*civil_row("reply", "0.8"), "what it answers"]])
    corpus = read_civil(path, 10, seed=1)
    assert label(corpus, "toxic") == [0.8]
    assert corpus.submissions[0].parent == "what it answers"


def test_civil_identities_are_known_only_where_annotators_were_asked(tmp_path: Path) -> None:
    rows = [civil_row("as a muslim mother", muslim="0.9"), civil_row("nobody was asked")]
    corpus, mentioned = read_civil_with_identities(written(tmp_path / "train.csv", CIVIL_HEAD, rows), 10, seed=1)
    assert mentioned.shape == (len(corpus), len(IDENTITIES))
    assert mentioned[0, IDENTITIES.index("muslim")] == pytest.approx(0.9)
    assert np.isnan(mentioned[1]).all()
    assert np.isnan(mentioned[:, IDENTITIES.index("jewish")]).all()


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        (CIVIL_HEAD[3:], civil_row("x")[3:], "train.csv lacks the column comment_text, toxicity"),
        (CIVIL_HEAD, civil_row("x", "1.5"), "line 2: target is '1.5', not a number from 0 to 1"),
        (CIVIL_HEAD, civil_row("x", muslim="many"), "line 2: muslim is 'many'"),
    ],
)
def test_a_wrong_civil_file_is_named_with_what_is_wrong(
    tmp_path: Path, head: Sequence[str], row: Sequence[object], said: str
) -> None:
    with pytest.raises(DataError) as error:
        read_civil(written(tmp_path / "train.csv", head, [row]), 10, seed=1)
    assert said in str(error.value)


def test_official_files_are_learned_from_and_listed_with_their_licence(tmp_path: Path) -> None:
    rude, calm = "you fool, what a stupid remark", "the mayor spoke about the harbour"
    folder = jigsaw(tmp_path / "jigsaw", [(f"{rude if n % 2 else calm} {n}", ROWS[n % 2]) for n in range(120)])
    rows = [civil_row(f"{rude if n % 2 else calm}, number {n}", n % 2, article=n) for n in range(120)]
    civil = written(tmp_path / "civil.csv", CIVIL_HEAD, rows)
    recipe = replace(RECIPES["shipped"], sources=(), buckets=1 << 14, iterations=10)
    extra = [(JIGSAW, read_jigsaw(folder, 100, recipe.seed)), (CIVIL, read_civil(civil, 100, recipe.seed))]
    train(tmp_path, tmp_path / "model", recipe, lambda _: None, extra)
    model = load(tmp_path / "model")
    listed = {entry["source"]: entry for entry in model.manifest["data"]}
    assert (listed[JIGSAW.name]["rows"], listed[CIVIL.name]["rows"]) == (100, 100)
    assert listed[JIGSAW.name]["licence"] == "labels CC0, comments CC BY-SA 3.0"
    assert listed[CIVIL.name]["licence"] == "CC0-1.0"
    bad, good = (prediction.scores["toxic"] for prediction in model.predict([Submission(rude), Submission(calm)]))
    assert bad > good


def test_the_command_refuses_a_wrong_official_file_in_one_line(tmp_path: Path) -> None:
    civil = written(tmp_path / "civil.csv", CIVIL_HEAD, [civil_row("no number here", "x")])
    command = [sys.executable, "-m", "classifier.cli", "train", "--data", str(tmp_path), "--civil", str(civil)]
    done = subprocess.run([*command, "--out", str(tmp_path / "m")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"Error: {civil}, line 2: target is 'x', not a number from 0 to 1"
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "m").exists()
