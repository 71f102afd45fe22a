"""Are decisions found that all the others speak against, and only those?"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from classifier.cli import main
from tests.classifier.written_site import FINE, SPAM, Decided, decisions, flipped, written


def told(path: Path, *options: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["doubtful", str(path), "--json", *options])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["doubts"]
    return found


def test_flipped_decisions_are_found_and_hardly_any_others(tmp_path: Path) -> None:
    decided = decisions(500)
    wrong = set(range(7, 500, 25))
    mixed = [flipped(one) if number in wrong else one for number, one in enumerate(decided)]
    named = told(written(tmp_path / "examples.jsonl", mixed))
    found = {int(one["id"][1:]) for one in named}
    assert len(found) == len(named), "each decision once"
    assert len(found & wrong) >= 0.75 * len(wrong)
    assert len(found - wrong) <= 0.5 * len(found)
    assert all(one["given"] == (one["score"] < 0.5) for one in named if one["why"] == "contradicted")


def test_near_duplicates_decided_differently_come_first_and_the_odd_ones_are_named(tmp_path: Path) -> None:
    text = "Earn money at home every day with the plan that my cousin showed me, write to me for the whole story {}"
    wave = [Decided(text.format(number), "advert", FINE if number == 3 else SPAM, 1000 + number) for number in range(6)]
    first, *others = told(written(tmp_path / "examples.jsonl", [*decisions(200), *wave]))
    assert (first["id"], first["why"], first["label"], first["given"]) == ("c1003", "differs", "spam", False)
    assert set(first["twins"]) <= {f"c{1000 + number}" for number in range(6) if number != 3}
    assert "differs" not in {one["why"] for one in others}


def test_few_decisions_are_not_called_doubtful(tmp_path: Path) -> None:
    few = [replace(one, minute=number) for number, one in enumerate(decisions(12))]
    assert told(written(tmp_path / "examples.jsonl", few)) == []


def test_no_more_are_named_than_asked_for(tmp_path: Path) -> None:
    decided = [flipped(one) if number % 10 == 0 else one for number, one in enumerate(decisions(300))]
    path = written(tmp_path / "examples.jsonl", decided)
    named = told(path, "--most", "4")
    assert len(named) == 4
    words = CliRunner().invoke(main, ["doubtful", str(path), "--most", "4"]).stdout
    assert "4 of 300 decisions are in doubt." in words
    assert named[0]["id"] in words
