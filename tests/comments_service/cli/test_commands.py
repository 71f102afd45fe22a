"""Does every command explain itself, and tell mistakes without a traceback?"""

import subprocess
import sys
from pathlib import Path

import pytest

from comments_service.cli.program import COMMANDS

PROMISED = {"init", "run", "web", "worker", "relay", "doctor", "db", "site", "moderator"}


def _call(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "comments_service.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_promised_is_there() -> None:
    assert set(COMMANDS) >= PROMISED


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    done = _call(name, "--help", COMMENTS_DATA_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage:")
    assert list(tmp_path.iterdir()) == []  # asking for help leaves nothing behind


@pytest.mark.parametrize(
    ("setting", "value"),
    [("COMMENTS_PORT", "eighty"), ("COMMENTS_LEASE_S", "0"), ("COMMENTS_SECRET_KEY", "short"), ("PORT", "70000")],
)
def test_a_wrong_setting_is_named_in_one_line(setting: str, value: str, tmp_path: Path) -> None:
    done = _call("init", COMMENTS_DATA_DIR=str(tmp_path), **{setting: value})
    assert done.returncode == 1
    assert setting.removeprefix("COMMENTS_") in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _call("init", COMMENTS_DATA_DIR=str(tmp_path / "file"))
    assert done.returncode == 1
    assert "COMMENTS_DATA_DIR" in done.stderr
