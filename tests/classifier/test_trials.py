"""The measurements behind two pages of the documentation: they run on a folder of sources, and count what they say."""

from __future__ import annotations

from pathlib import Path
from random import Random

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from classifier.prediction import LABELS
from classifier.training import doubtful_trial, hold_trial
from tests.classifier.written_site import comment

ROWS = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every source that the trials read, made of a written site's comments: half of them abuse, or adverts."""
    made = tmp_path_factory.mktemp("sources")
    for name in {*doubtful_trial.SITES, *hold_trial.SOURCES}:
        kind, labelled = ("advert", "spam") if name in {"judol-mixed", "instagram-id"} else ("abuse", "toxic")
        kinds, random = [kind, "calm"] * (ROWS // 2), Random(name)
        columns: dict[str, object] = {"text": [comment(one, random) for one in kinds], "lang": ["en"] * ROWS}
        for label in LABELS:
            known = label in {labelled, hold_trial.SOURCES.get(name)}
            columns[label] = pa.array([float(one == kind) if known else float("nan") for one in kinds], pa.float32())
        pq.write_table(pa.table(columns), made / f"{name}.parquet")
    return made


def table(trial: click.Command, folder: Path) -> list[list[str]]:
    done = CliRunner().invoke(trial, ["--data", str(folder)])
    assert done.exit_code == 0, done.output
    return [line.split() for line in done.stdout.splitlines()[1:]]


def test_turned_decisions_are_counted_among_those_named(folder: Path) -> None:
    rows = table(doubtful_trial.main, folder)
    assert [row[0] for row in rows] == list(doubtful_trial.SITES)
    for _, decisions, turned, named, found, among_as_many in rows:
        assert (int(decisions), int(turned)) == (ROWS, ROWS // 20)
        assert ROWS // 40 <= int(among_as_many) <= int(found) <= min(int(turned), int(named))


def test_a_lower_hold_lets_less_through_and_holds_more(folder: Path) -> None:
    rows = table(hold_trial.main, folder)
    shares = {(row[0], float(row[1])): [float(share.rstrip("%")) for share in row[2:]] for row in rows}
    assert {name for name, _ in shares} == {"frozen", *hold_trial.SOURCES}
    for name in hold_trial.SOURCES:
        through, held = zip(*(shares[name, hold] for hold in hold_trial.HOLDS), strict=True)
        assert list(through) == sorted(through, reverse=True)
        assert list(held) == sorted(held)
        assert held[0] < 10, "calm comments"
        assert through[-1] < 50, "insults"
