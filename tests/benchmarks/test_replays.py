"""Can a site be replayed from labelled comments, imported, and asked for thresholds; is the learning order measured?"""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from random import Random

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from benchmarks.learning_order import Course, needed
from benchmarks.learning_order import main as learning_order
from benchmarks.replayed_site import main as replayed_site
from classifier.prediction import LABELS
from comments_service.cli import main
from tests.classifier.written_site import comment

SOURCES = ("judol-mixed", "datacamp-comments")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Files as the labelled data has them, with comments written for this project."""
    chance = Random(4)
    for name in SOURCES:
        kinds = chance.choices(("calm", "betting"), (0.7, 0.3), k=160)
        columns = {label: [float("nan")] * len(kinds) for label in LABELS}
        columns["spam"] = [1.0 if kind == "betting" else 0.0 for kind in kinds]
        texts = [f"{comment(kind, chance)} {chance.random()}" for kind in kinds]
        table = {"text": texts, "lang": ["en"] * len(kinds), **columns}
        pq.write_table(pa.table(table), tmp_path / f"{name}.parquet")
    return tmp_path


def test_a_replayed_site_can_be_imported_and_asked_for_thresholds(data: Path) -> None:
    file = data / "replayed.jsonl"
    done = CliRunner().invoke(replayed_site, ["--data", str(data), "--out", str(file)])
    assert done.exit_code == 0, done.output
    env = {"COMMENTS_DATA_DIR": str(data / "var"), "COMMENTS_SECRET_KEY": "k" * 40}

    def run(*words: str) -> str:
        answer = CliRunner().invoke(main, words, env=env)
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    run("db", "upgrade")
    run("site", "add", "replayed", "--name", "Replayed", "--origin", "https://replayed.example")
    run("import", "jsonl", str(file), "--site", "replayed")
    told = json.loads(run("classifier", "thresholds", "--site", "replayed", "--all-models", "--json"))
    assert told["comments"] == 320
    assert 0 < told["audited"] < told["decided"] < told["comments"]
    latest = json.loads(run("classifier", "thresholds", "--site", "replayed", "--json"))
    assert latest["comments"] == 224, "the rest was scored before the site had a model of its own"


def test_both_orders_are_measured_and_drawn(data: Path) -> None:
    drawing = data / "order.svg"
    words = ["--data", str(data), "--site", "datacamp-comments", "--svg", str(drawing), "--json"]
    done = CliRunner().invoke(learning_order, words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    courses = {one["order"]: one["auc"] for one in told["sites"]["datacamp-comments"]}
    assert courses.keys() == {"first", "by chance"}
    assert all(auc[-1] > auc[0] for auc in courses.values()), "decisions teach, in either order"
    assert courses["first"][0] == courses["by chance"][0]
    assert ET.fromstring(drawing.read_text(encoding="utf-8")).tag.endswith("svg")


@pytest.mark.parametrize("command", [replayed_site, learning_order])
def test_missing_data_are_told_in_one_line(command: click.Command, tmp_path: Path) -> None:
    words = ["--data", str(tmp_path)] + (["--out", str(tmp_path / "x")] if command is replayed_site else [])
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "parquet is missing" in done.stderr


def test_how_many_decisions_are_needed_is_read_off_between_two_counts() -> None:
    course = Course("first", (0.5, 0.6, 0.7, 0.7, 0.8, 0.8, 0.8, 0.8))
    assert needed(course, 0.65) == pytest.approx(37.5)
    assert needed(course, 0.9) is None
