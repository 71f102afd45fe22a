"""Does a backup made under traffic bring everything back, and does a wrong one change nothing?"""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stacks.reader import Reader
from tests.stacks.stack import KINDS, Stack, installed
from tests.stacks.waiting import until

UNDECIDED = "SELECT 1 FROM comments WHERE awaits = 'machine'"


@contextmanager
def another(stack: Stack, folder: Path) -> Iterator[Stack]:
    """A new installation of the same kind, with the same secret key unless a test takes it away."""
    with installed(stack.kind, folder, secret_key=stack.settings.secret_key) as fresh:
        fresh.write("DELETE FROM sites")
        yield fresh


@pytest.fixture(scope="module", params=KINDS)
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with installed(request.param, tmp_path_factory.mktemp("busy")) as stack:
        stack.start("web", "worker", "relay")
        stack.wait_ready()
        yield stack


@pytest.fixture(scope="module")
def empty(busy: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An installation without sites that is never filled: here a restoration must be refused."""
    with another(busy, tmp_path_factory.mktemp("empty")) as stack:
        yield stack


@pytest.fixture
def made(busy: Stack, tmp_path: Path) -> Path:
    busy.cli("backup", str(tmp_path / "backup"))
    return tmp_path / "backup"


def test_a_backup_under_traffic_brings_back_what_was_acknowledged_before_it(busy: Stack, tmp_path: Path) -> None:
    reader = Reader(busy.base_url)
    before = [reader.post().json() for _ in range(5)]
    until(lambda: not busy.rows(UNDECIDED), "five are decided", 60)
    statuses = [reader.status(posted) for posted in before]
    stop = threading.Event()

    def go_on() -> None:
        writer = Reader(busy.base_url)
        while not stop.is_set():
            writer.post()

    traffic = threading.Thread(target=go_on)
    traffic.start()
    try:
        told = json.loads(busy.cli("backup", str(tmp_path / "backup"), "--json").stdout)
    finally:
        stop.set()
        traffic.join()
    assert told["schema"] == json.loads(busy.cli("db", "current", "--json").stdout)["current"]

    with another(busy, tmp_path / "fresh") as fresh:
        back = json.loads(fresh.cli("restore", str(tmp_path / "backup"), "--json").stdout)
        assert back["rows"] == {table["name"]: table["rows"] for table in told["tables"]}
        fresh.start("web", "worker", "relay")
        fresh.wait_ready()
        restored = Reader(fresh.base_url)
        # The same keys: the authors' tokens still open their comments, and new ones are numbered after the old.
        assert [restored.status(posted) for posted in before] == statuses
        assert restored.post().status_code == 202
        until(lambda: not fresh.rows(UNDECIDED), "all is decided", 60)


def test_a_backup_holds_no_key_and_no_address_in_the_clear(busy: Stack, tmp_path: Path) -> None:
    Reader(busy.base_url).post(email="Very.Private@mailbox.example.org")
    busy.cli("backup", str(tmp_path / "backup"), "--keys", str(tmp_path / "key"))
    assert (tmp_path / "key").read_text() == busy.settings.secret_key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    content = b"".join(path.read_bytes() for path in (tmp_path / "backup").rglob("*") if path.is_file())
    assert b"very.private" not in content.lower()
    assert busy.settings.secret_key.encode() not in content
    refused = busy.cli("backup", str(tmp_path / "next"), "--keys", str(tmp_path / "next" / "key"), check=False)
    assert refused.returncode == 2
    assert not (tmp_path / "next").exists()


def test_an_older_backup_is_brought_up_to_this_release(busy: Stack, made: Path, tmp_path: Path) -> None:
    with another(busy, tmp_path / "older") as older:
        older.cli("restore", str(made))
        older.cli("db", "downgrade", "0002", "--yes")
        older.cli("backup", str(tmp_path / "of-older"))
        comments = older.rows("SELECT count(*) FROM comments")
        with another(busy, tmp_path / "newer") as newer:
            newer.cli("restore", str(tmp_path / "of-older"))
            assert json.loads(newer.cli("db", "current", "--json").stdout)["is_current"] is True
            assert newer.rows("SELECT count(*) FROM comments") == comments


def test_what_is_there_already_is_replaced_only_on_demand(busy: Stack, made: Path, tmp_path: Path) -> None:
    with installed(busy.kind, tmp_path / "used", secret_key=busy.settings.secret_key) as used:
        used.cli("site", "add", "other", "--name", "Other", "--origin", "https://other.example")
        refused = used.cli("restore", str(made), check=False)
        assert refused.returncode == 1
        assert "--replace" in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
        assert len(used.rows("SELECT key FROM sites")) == 2
        assert json.loads(used.cli("restore", str(made), "--replace", "--dry-run", "--json").stdout)["dry_run"] is True
        assert len(used.rows("SELECT key FROM sites")) == 2
        used.cli("restore", str(made), "--replace")
        assert [row.key for row in used.rows("SELECT key FROM sites")] == ["demo"]


def test_a_running_service_is_not_pulled_away_from_under_its_feet(busy: Stack, made: Path) -> None:
    refused = busy.cli("restore", str(made), "--replace", check=False)
    assert refused.returncode == 1
    assert "stop it" in refused.stderr
    assert Reader(busy.base_url).post().status_code == 202


def test_a_wrong_key_is_noticed_before_anything_changes(busy: Stack, made: Path, tmp_path: Path) -> None:
    with installed(busy.kind, tmp_path / "stranger") as stranger:
        stranger.write("DELETE FROM sites")
        refused = stranger.cli("restore", str(made), check=False)
        assert refused.returncode == 1
        assert "secret key" in refused.stderr
        assert stranger.rows("SELECT 1 FROM sites") == []
        stranger.cli("restore", str(made), "--lost-key")
        assert len(stranger.rows("SELECT 1 FROM sites")) == 1


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "changed": lambda folder, file: file.write_bytes(file.read_bytes()[:-1] + b"?"),
    "missing": lambda folder, file: file.unlink(),
    "added": lambda folder, file: (folder / "more").write_text("?"),
    "no manifest": lambda folder, file: (folder / "manifest.json").unlink(),
    "manifest cut": lambda folder, file: (folder / "manifest.json").write_text('{"format": 1'),
}


def test_a_damaged_backup_is_refused(empty: Stack, made: Path, tmp_path: Path) -> None:
    for name, damage in DAMAGES.items():
        folder = tmp_path / name
        shutil.copytree(made, folder)
        file = next(path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "manifest.json")
        damage(folder, file)
        refused = empty.cli("restore", str(folder), check=False)
        assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1), name
    assert empty.rows("SELECT 1 FROM sites") == []


def test_a_backup_is_never_written_over(busy: Stack, made: Path) -> None:
    before = (made / "manifest.json").read_bytes()
    refused = busy.cli("backup", str(made), check=False)
    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    assert (made / "manifest.json").read_bytes() == before


def test_mails_that_may_have_been_sent_are_not_sent_again(busy: Stack, made: Path, tmp_path: Path) -> None:
    with another(busy, tmp_path / "first") as first:
        first.cli("restore", str(made))
        first.write(
            "INSERT INTO outbox (kind, key, payload, created_at, due_at, tries) VALUES ('mail', 'x', '{}', 1, 1, 0)"
        )
        shutil.rmtree(made)
        first.cli("backup", str(made))
        with another(busy, tmp_path / "second") as second:
            assert json.loads(second.cli("restore", str(made), "--json").stdout)["parked_mails"] == 1
            assert len(second.rows("SELECT 1 FROM outbox WHERE kind = 'mail' AND parked_at IS NOT NULL")) == 1
