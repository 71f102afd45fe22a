"""The contest of classifiers: what a measured process answers, and what its tables tell of a result."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

from rich.console import Console

from benchmarks.contest_tables import show_quality, show_speed
from tests.architecture.tracked_files import ROOT

RIVALS = ("TF-IDF", "alt-profanity-check", "better-profanity", "glin-profanity", "glin-profanity, all")
SOURCES = {"jigsaw2020-validation": (0.91, 0.95), "davidson-en": (0.99, 0.98)}


def quality(held_out: bool = True) -> dict[str, Any]:
    """Figures as `benchmarks.quality` gives them, with one source on which every rival is ahead."""
    by_source = {
        source: {
            "rows": 400,
            "positive": 0.815,
            "auc": {"ours": ours, **dict.fromkeys(RIVALS, theirs)},
            "learned_by": ["alt-profanity-check"],
        }
        for source, (ours, theirs) in SOURCES.items()
    }
    return {
        "by_source": {"toxic": by_source, "spam": {}},
        "mean": {"toxic": {"ours": 0.95, **dict.fromkeys(RIVALS, 0.965)}, "spam": {}},
        "error_beside_plain": {"toxic": 1.43, "spam": None},
        "held_out": held_out,
    }


def shown(figures: dict[str, Any]) -> str:
    console = Console(file=io.StringIO(), width=80)
    (show_speed if "results" in figures else show_quality)(figures, console)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_a_measured_process_tells_scores_and_costs() -> None:
    task = {"singles": ["Who pays?"], "batches": [["Who pays?"] * 3], "score": ["Who pays?", "you stupid idiot"]}
    command = [sys.executable, "-P", str(ROOT / "benchmarks" / "contestant.py"), "shipped", ""]
    done = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(done.stdout)
    calm, rude = found["scores"]["toxic"]
    assert calm < 0.5 < rude
    assert [len(found[part]) for part in ("single_s", "batch_s")] == [1, 1]
    assert min(found["load_s"], found["size_mib"], found["single_s"][0]) > 0


def test_a_source_on_which_another_is_ahead_is_named() -> None:
    text = " ".join(shown(quality()).split())
    assert "toxic, jigsaw2020-validation: ours 0.910, behind TF-IDF 0.950, alt-profanity-check° 0.950" in text
    assert "davidson-en: ours" not in text
    assert "is 1.43 of TF-IDF's" in text


def test_the_tables_fit_a_terminal_of_eighty_characters() -> None:
    costs = dict.fromkeys(("single_ms_p50", "single_ms_p99", "size_mib", "load_s", "resident_mib"), 123.456)
    speed = {"results": {name: {**costs, "batch_of_64_comments_per_s": 12345.6} for name in RIVALS}, "absent": {}}
    assert "…" not in shown(quality()) + shown(speed)


def test_a_model_fitted_to_the_judged_rows_is_said_to_be() -> None:
    assert "names no validation part" in shown(quality(held_out=False))
    assert "names no validation part" not in shown(quality(held_out=True))


def test_absent_data_and_an_untrained_baseline_are_said_in_place_of_figures() -> None:
    assert "no labelled comments" in shown({"not_measured": "no labelled comments"})
    assert "TF-IDF: not trained" in shown({"results": {}, "absent": {"TF-IDF": "not trained"}})
