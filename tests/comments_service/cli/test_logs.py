"""Can a reader's address get into the log, or a reader's text forge a line of it?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SECRETS = ("ann@example.org", "203.0.113.7", "2001:db8::17", "s3cr3tt0k3n0fthe3d1torwhatever")
FORMS = ("json", "console")


def _logged(form: str, *texts: str) -> str:
    command = [sys.executable, "-m", "tests.comments_service.cli.logging_program", form]
    root = Path(__file__).parents[3]
    done = subprocess.run(
        command, input=json.dumps(texts), cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_no_address_and_no_token_is_logged(form: str) -> None:
    lines = _logged(form, *SECRETS)
    assert lines.count("[hidden]") >= 7 * len(SECRETS)
    assert [secret for secret in SECRETS if secret in lines] == []


def test_json_lines_are_json_with_time_level_and_event() -> None:
    events = [json.loads(line) for line in _logged("json", "hello").splitlines()]
    assert {(event["level"], event["logger"]) for event in events} >= {("info", "ours"), ("error", "theirs")}
    assert (events[0]["event"], events[0]["rows"]) == ("said hello", 3)
    assert all(event["timestamp"].endswith("Z") for event in events)


@pytest.mark.parametrize("form", FORMS)
def test_a_text_with_line_breaks_forges_no_line(form: str) -> None:
    forged = "2026-01-01T00:00:00Z [critical] forged"
    lines = _logged(form, f"Ann\r\n{forged}", f"Ann\u2028{forged}", f"Ann\x1b[2J{forged}").splitlines()
    assert any("forged" in line for line in lines)
    assert not any("\x1b[2J" in line for line in lines)
    assert [line for line in lines if line.startswith(forged)] == []
