"""The command `comment-classifier`, run as people run it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from classifier import load
from classifier.pipeline import SHIPPED

COMMENTS = [
    {"text": "Who pays for the loan?"},
    {"text": "Buy cheap viagra online http://cheap-pills.example.com", "name": "Cheap Pills", "website": None},
    {"text": "you are a stupid idiot, go kill yourself", "title": "Loan", "parent": "Who pays?", "id": 7},
]
LINES = "".join(json.dumps(comment) + "\n" for comment in COMMENTS)


def classifier(*arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[str]:
    octets = given.encode() if isinstance(given, str) else given
    command = [sys.executable, "-c", "from classifier.cli import main; main()", *arguments]
    done = subprocess.run(command, input=octets, capture_output=True, timeout=120, check=False)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(*arguments: str, given: str | bytes = "") -> str:
    """Run what must fail; return the one line that says why."""
    done = classifier(*arguments, given=given)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_score_reads_lines_and_answers_each() -> None:
    done = classifier("score", given=LINES)
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(COMMENTS)
    for comment, answer in zip(COMMENTS, answers, strict=True):
        assert set(answer) == {"scores", "language", "reasons", "model", "unsure"}
        assert answer["model"] == load().digest
        assert all(0 <= score <= 1 for score in answer["scores"].values())
        for reason in answer["reasons"]:
            assert 0 <= reason["begin"] <= reason["end"] <= len(str(comment["text"]))
    assert [a["scores"]["spam"] > 0.5 for a in answers] == [False, True, False]
    assert [a["scores"]["toxic"] > 0.5 for a in answers] == [False, False, True]


def test_score_reads_a_file_and_json_is_the_same_where_nobody_watches(tmp_path: Path) -> None:
    file = tmp_path / "comments.jsonl"
    file.write_text(LINES + "\n\n", encoding="utf-8")
    plain, as_json = classifier("score", str(file)), classifier("score", "--json", str(file))
    assert plain.stdout == as_json.stdout
    assert len(plain.stdout.splitlines()) == len(COMMENTS)


def test_score_of_nothing_is_nothing() -> None:
    done = classifier("score", given="")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"name": "x"}', '"text" is missing'),
        ('{"text": 3}', '"text" must be a string'),
        ('{"text": null}', '"text" must be a string'),
        ('{"text": "x", "name": []}', '"name" must be a string'),
        ("[" * 100_000, "not"),
        (b"\xff\xfe", "not"),
    ],
)
def test_a_wrong_line_is_named_and_those_before_it_are_answered(line: str | bytes, said: str) -> None:
    octets = line.encode() if isinstance(line, str) else line
    done = classifier("score", given=LINES.encode() + octets + b"\n" + LINES.encode())
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == len(COMMENTS)
    assert "line 4: " + said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_odd_texts_are_scored_like_any_other() -> None:
    odd = ["", " ", "\u0000", "\ud800", "\u200d" * 50, "a" * 100_000, "ß" * 9000, "🅰️" * 30]
    done = classifier("score", given="".join(json.dumps({"text": text}) + "\n" for text in odd))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == len(odd)


def test_explain_names_the_words() -> None:
    done = classifier("explain", "you are a stupid idiot")
    assert done.returncode == 0
    assert "stupid idiot" in done.stdout
    told = json.loads(classifier("explain", "--json", given="you are a stupid idiot").stdout)
    assert {reason["label"] for reason in told["reasons"]} >= {"toxic", "insult"}


def test_inspect_says_what_a_model_was_made_from() -> None:
    plain = classifier("inspect").stdout
    assert load().digest in plain
    assert "CC BY 4.0" in plain
    told = json.loads(classifier("inspect", "--json").stdout)
    assert told["digest"] == load().digest
    assert {entry["source"] for entry in told["data"]} >= {"youtube-spam", "civil-toxic-spans"}


def test_pack_makes_a_file_that_scores(tmp_path: Path) -> None:
    packed = tmp_path / "model.zip"
    assert classifier("pack", str(SHIPPED), str(packed)).returncode == 0
    assert classifier("score", "--model", str(packed), given=LINES).stdout == classifier("score", given=LINES).stdout


def test_errors_of_users_are_one_line(tmp_path: Path) -> None:
    damaged = Path(shutil.copytree(SHIPPED, tmp_path / "damaged"))
    (damaged / "weights.npy").write_bytes(b"")
    assert "SHA-256" in refused("inspect", str(damaged))
    assert "not a complete artifact" in refused("score", "--model", str(tmp_path / "empty"), given=LINES)
    assert "does not exist" in refused("score", str(tmp_path / "none.jsonl"))
    assert "not a complete artifact" in refused("pack", str(tmp_path), str(tmp_path / "x.zip"))
    assert "no recipe" in refused("train", "--data", str(tmp_path), "--out", str(tmp_path / "o"), "--recipe", "soup")
    assert "is missing" in refused("train", "--data", str(tmp_path), "--out", str(tmp_path / "o"))
    assert "is missing" in refused("evaluate", "--data", str(tmp_path))


@pytest.mark.parametrize("command", ["score", "explain", "inspect", "pack", "train", "evaluate", "check"])
def test_every_command_explains_itself(command: str) -> None:
    done = classifier(command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
