"""Does the doctor find what is wrong, and say how to mend it?"""

import json
from collections.abc import Iterator

import pytest

from tests.stacks.ports import free_port
from tests.stacks.stack import Stack, installed


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An installation with a site, of which nothing runs."""
    with installed("sqlite", tmp_path_factory.mktemp("patient")) as stack:
        yield stack


def _examined(stack: Stack, *parts: str, **changes: str) -> dict[str, tuple[bool, str, str]]:
    """What the doctor says of `parts` with some COMMENTS_… variables changed, by part."""
    before = dict(stack.env)
    stack.env.update({f"COMMENTS_{name.upper()}": value for name, value in changes.items()})
    try:
        only = [word for part in parts for word in ("--only", part)]
        done = stack.cli("doctor", "--json", *only, check=False)
    finally:
        stack.env = before
    report = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] else 1)
    return {found["part"]: (found["ok"], found["detail"], found["remedy"]) for found in report["findings"]}


def test_a_running_installation_lacks_only_a_moderator(stack: Stack) -> None:
    report = _examined(stack)
    assert {part for part, (ok, _, _) in report.items() if not ok} <= {"moderators"}
    assert {"database", "broker", "model", "worker", "relay", "sites"} <= {
        part for part, found in report.items() if found[0]
    }


def test_everything_that_is_wrong_has_a_remedy(patient: Stack) -> None:
    report = _examined(patient)
    wrong = {part: remedy for part, (ok, _, remedy) in report.items() if not ok}
    assert set(wrong) == {"worker", "relay", "moderators"}
    assert all(wrong.values())
    assert all(not remedy for ok, _, remedy in report.values() if ok)


def test_a_key_that_others_can_read_is_wrong(patient: Stack) -> None:
    key = patient.data_dir / "secret.key"
    key.chmod(0o644)
    try:
        ok, _, remedy = _examined(patient, "secret key")["secret key"]
    finally:
        key.chmod(0o600)
    assert not ok
    assert remedy.startswith("chmod 600")


@pytest.mark.parametrize(
    ("part", "changes", "remedy"),
    [
        ("database", {"database_url": "postgresql://comments@127.0.0.1:{port}/none"}, "COMMENTS_DATABASE_URL"),
        ("broker", {"broker_url": "redis://127.0.0.1:{port}/0"}, "COMMENTS_BROKER_URL"),
        ("mail", {"smtp_url": "smtp://127.0.0.1:{port}", "mail_from": "a@news.example"}, "COMMENTS_SMTP_URL"),
        ("mail", {"smtp_url": "smtp://127.0.0.1:{port}"}, "COMMENTS_MAIL_FROM"),
        ("public address", {"base_url": "http://comments.example"}, "TLS"),
        ("public address", {"base_url": "https://a.example", "allowed_hosts": "b.example"}, "COMMENTS_ALLOWED_HOSTS"),
    ],
)
def test_a_wrong_setting_is_named(patient: Stack, part: str, changes: dict[str, str], remedy: str) -> None:
    nobody = str(free_port())
    filled = {name: value.replace("{port}", nobody) for name, value in changes.items()}
    ok, _, advice = _examined(patient, part, **filled)[part]
    assert not ok
    assert remedy in advice


def test_a_schema_that_is_too_old_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    with installed("sqlite", tmp_path_factory.mktemp("old")) as stack:
        stack.cli("db", "downgrade", "base", "--yes")
        ok, _, remedy = _examined(stack, "database")["database"]
        assert not ok
        assert remedy == "comments-service db upgrade"


def test_an_unknown_part_is_a_mistake_told_in_one_line(patient: Stack) -> None:
    done = patient.cli("doctor", "--only", "heart", check=False)
    assert done.returncode == 1
    assert "worker" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
