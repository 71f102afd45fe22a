"""Does the schema go up, down and up again, on both databases, and does a mistake get one line?"""

import json
from collections.abc import Iterator

import pytest

from tests.stacks.stack import KINDS, Stack, installed


@pytest.fixture(params=KINDS)
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with installed(request.param, tmp_path_factory.mktemp("db")) as stack:
        yield stack


def test_up_and_down_and_up_again(fresh: Stack) -> None:
    where = json.loads(fresh.cli("db", "current", "--json").stdout)
    assert where["is_current"] is True
    fresh.cli("db", "downgrade", "base", "--yes")
    empty = fresh.cli("db", "current", "--json", check=False)
    assert (empty.returncode, json.loads(empty.stdout)["current"]) == (1, None)
    fresh.cli("db", "upgrade")
    assert json.loads(fresh.cli("db", "current", "--json").stdout) == where


def test_init_twice_changes_nothing(fresh: Stack) -> None:
    before = fresh.rows("SELECT key FROM sites")
    fresh.cli("init")
    assert fresh.rows("SELECT key FROM sites") == before


@pytest.mark.parametrize("command", [("upgrade", "9999"), ("downgrade", "9999", "--yes")])
def test_an_unknown_revision_is_told_in_one_line(fresh: Stack, command: tuple[str, ...]) -> None:
    done = fresh.cli("db", *command, check=False)
    assert done.returncode == 1
    assert "9999" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
