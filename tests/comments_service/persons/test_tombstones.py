"""Does a restored backup forget who was erased after it was made, and only what was written before?"""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from comments_service.persons.tombstones import FILE
from comments_service.web.database import db
from tests.comments_service.persons.officer import ADDRESS, TEXT, Officer, leave_traces


def _restored(officer: Officer, folder: Path) -> Any:
    """Restore the backup in the place of what is there now, with nothing running."""
    newsroom = officer.newsroom
    newsroom.run_sql("DELETE FROM heartbeats")
    with newsroom.app.app_context():
        db.engine.dispose()
    done = officer.type("restore", str(folder), "--replace", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def _left(officer: Officer) -> list[Any]:
    return officer.newsroom.run_sql("SELECT source FROM revisions WHERE source LIKE '%uokka%' OR source LIKE '%utmeg%'")


@pytest.mark.parametrize("lost", ["file", "table"])
def test_a_backup_from_before_forgets_as_well(any_officer: Officer, tmp_path: Path, lost: str) -> None:
    newsroom = any_officer.newsroom
    ids = leave_traces(newsroom)
    assert any_officer.type("backup", str(tmp_path / "before")).exit_code == 0
    any_officer.erase()
    # Either of the two places in which it is noted will do.
    if lost == "file":
        (newsroom.settings.data_dir / FILE).unlink()
    else:
        newsroom.run_sql("DELETE FROM erasures")
    assert _restored(any_officer, tmp_path / "before")["forgotten"] == 1
    assert _left(any_officer) == []
    assert newsroom.row(ids["stub"]).name == ""
    assert newsroom.row(ids["reply"]).status == "approved"
    assert newsroom.run_sql("SELECT count(*) FROM erasures") == [(1,)]
    if not newsroom.settings.database_url:
        kept = [path for path in newsroom.settings.data_dir.glob("comments.db*") if path.is_file()]
        assert [path.name for path in kept if TEXT.encode() in path.read_bytes()] == []


def test_what_was_written_after_the_erasure_comes_back(officer: Officer, tmp_path: Path) -> None:
    newsroom = officer.newsroom
    newsroom.approved(email=ADDRESS)
    officer.erase()
    later = newsroom.approved(email=ADDRESS, body="I am here again, of my own will.")
    assert officer.type("backup", str(tmp_path / "after")).exit_code == 0
    assert _restored(officer, tmp_path / "after")["forgotten"] == 0
    assert newsroom.row(later["id"]).source == "I am here again, of my own will."
    assert officer.privacy("export")["addresses"][0]["email"] == ADDRESS


def test_an_erasure_on_one_site_is_repeated_on_that_site_alone(officer: Officer, tmp_path: Path) -> None:
    newsroom = officer.newsroom
    mine = newsroom.approved(email=ADDRESS)
    assert officer.type("site", "add", "other", "--name", "O", "--origin", "https://o.example").exit_code == 0
    officer.type("backup", str(tmp_path / "before"))
    officer.erase("--site", "other")
    assert _restored(officer, tmp_path / "before")["forgotten"] == 0
    assert newsroom.row(mine["id"]).status == "approved"


def test_a_tombstone_names_nobody_and_is_for_its_owner_alone(officer: Officer) -> None:
    newsroom = officer.newsroom
    newsroom.approved(email=ADDRESS)
    at = officer.erase()["at"]
    path = newsroom.settings.data_dir / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (line,) = path.read_text().splitlines()
    assert json.loads(line) == {"blind_index": newsroom.runtime.vault.blind_index(ADDRESS), "site": None, "at": at}


def test_a_line_that_a_power_failure_cut_short_is_no_hindrance(officer: Officer, tmp_path: Path) -> None:
    path = officer.newsroom.settings.data_dir / FILE
    officer.erase()
    path.write_text(path.read_text() + '{"blind_ind')
    officer.erase(email="somebody.else@leaky.example")
    assert len([json.loads(line) for line in path.read_text().splitlines()]) == 2


def test_a_damaged_note_stops_the_restore_before_anything_changes(officer: Officer, tmp_path: Path) -> None:
    newsroom = officer.newsroom
    mine = newsroom.approved(email=ADDRESS)
    officer.type("backup", str(tmp_path / "before"))
    (newsroom.settings.data_dir / FILE).write_text("not a line of ours\n")
    done = officer.type("restore", str(tmp_path / "before"), "--replace")
    assert done.exit_code == 1
    assert f"{FILE}, line 1" in done.stderr
    assert newsroom.row(mine["id"]).status == "approved"
