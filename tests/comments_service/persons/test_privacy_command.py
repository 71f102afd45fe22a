"""Does the command say what it will do, ask before it does it, and tell mistakes in one line?"""

from pathlib import Path

import pytest

from classifier.registry import Registry
from comments_service.scoring.places import models_of
from tests.comments_service.persons.officer import ADDRESS, Officer, leave_traces
from tests.comments_service.scoring.corrections import write_correction


def _dump(officer: Officer) -> list[str]:
    newsroom = officer.newsroom
    return [repr(newsroom.run_sql(f"SELECT * FROM {table}")) for table in ("comments", "follows", "erasures")]


def test_a_dry_run_says_all_and_changes_nothing(officer: Officer) -> None:
    leave_traces(officer.newsroom)
    before = _dump(officer)
    told = officer.type("privacy", "erase", "--email", ADDRESS, "--dry-run")
    assert told.exit_code == 0
    for part in (
        "3 comments (1 of them with replies",
        "1 address, 1 follow, 1 notice, 1 mail",
        "Stays:",
        "Nothing was done",
    ):
        assert part in told.stdout
    data = officer.privacy("erase", "--dry-run")
    assert (data["dry_run"], data["overwritten"], data["erased"]["comments"]) == (True, None, 3)
    assert _dump(officer) == before
    assert not (officer.newsroom.settings.data_dir / "erasures.jsonl").exists()


def test_without_yes_a_script_is_refused(officer: Officer) -> None:
    leave_traces(officer.newsroom)
    before = _dump(officer)
    for more in ([], ["--json"]):
        refused = officer.type("privacy", "erase", "--email", ADDRESS, *more, typed="y\n")
        assert refused.exit_code == 2
        assert "add --yes" in refused.stderr
    assert _dump(officer) == before


def test_what_was_done_and_what_stays_is_said(officer: Officer) -> None:
    leave_traces(officer.newsroom)
    told = officer.type("privacy", "erase", "--email", ADDRESS, "--yes")
    assert told.exit_code == 0
    assert told.stdout.startswith("Erased: 3 comments (1 of them with replies")
    assert "a restored backup is erased again" in told.stdout
    assert ADDRESS not in told.output
    again = officer.type("privacy", "erase", "--email", ADDRESS, "--yes")
    assert again.exit_code == 0
    assert "Nothing is kept of this address on any site. Backups forget it" in again.stdout


def test_the_address_can_be_typed_where_no_history_keeps_it(officer: Officer) -> None:
    officer.newsroom.approved(email=ADDRESS)
    done = officer.type("privacy", "erase", "--email", "-", "--yes", typed=f"{ADDRESS}\n")
    assert done.stdout.startswith("Erased: 1 comment, 1 address.")


def test_an_address_that_nobody_used_is_told_so(officer: Officer) -> None:
    done = officer.type("privacy", "export", "--email", "nobody@leaky.example", "--site", "news")
    assert done.exit_code == 0
    assert "Nothing is kept of this address on site news." in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "--email", "ada"], "--email: An email address needs an @-sign"),
        (["erase", "--yes", "--email", "ada@example"], "--email: "),
        (["export", "--email", ADDRESS, "--site", "newz"], "did you mean news?"),
        (["export", "--email", ADDRESS, "--out", "/nowhere/at/all.json"], "choose another --out"),
    ],
)
def test_a_mistake_is_one_line(officer: Officer, words: list[str], told: str) -> None:
    done = officer.type("privacy", *words)
    assert done.exit_code == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_model_that_learned_from_it_is_named_until_it_is_made_anew(officer: Officer, tmp_path: Path) -> None:
    newsroom = officer.newsroom
    old, new = (_model(officer, tmp_path / year, f"{year}-01-01T00:00:00+00:00") for year in ("2026", "2036"))
    registry = Registry(models_of(newsroom.settings.models_dir, "news"))
    registry.promote(old)
    mine = newsroom.approved(email=ADDRESS)
    newsroom.decide(mine["id"], "spam")
    assert "ok" in officer.type("doctor", "--only", "erased lessons").stdout
    assert officer.erase()["retrain"] == {"news": [old]}
    sick = officer.type("doctor", "--only", "erased lessons")
    assert sick.exit_code == 1
    assert "comments-service classifier retrain --site news --promote" in sick.stdout
    registry.promote(new)
    assert officer.type("doctor", "--only", "erased lessons").exit_code == 0


def test_a_comment_that_nobody_decided_about_has_taught_nothing(officer: Officer, tmp_path: Path) -> None:
    registry = Registry(models_of(officer.newsroom.settings.models_dir, "news"))
    registry.promote(_model(officer, tmp_path / "made", "2026-01-01T00:00:00+00:00"))
    officer.newsroom.approved(email=ADDRESS)
    assert officer.erase()["retrain"] == {}
    assert officer.type("doctor", "--only", "erased lessons").exit_code == 0


def _model(officer: Officer, folder: Path, fitted_at: str) -> str:
    made = write_correction(folder, manifest={"fitted_at": fitted_at, "examples": {"decisions": 20}})
    return Registry(models_of(officer.newsroom.settings.models_dir, "news")).add(made, by="ada", why="made by hand")


def test_a_database_that_a_restore_has_set_aside_is_named(officer: Officer) -> None:
    aside = officer.newsroom.settings.data_dir / "comments.db.before-20261125T090000Z"
    aside.write_bytes(b"")
    told = officer.type("privacy", "erase", "--email", ADDRESS, "--yes")
    assert f"To do: {aside}" in told.stdout
    assert officer.erase()["older_copies"] == [str(aside)]
