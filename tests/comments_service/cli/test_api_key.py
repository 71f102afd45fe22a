"""What does `comments-service api-key` do, and what does it refuse?"""

import json

import pytest

from comments_service.moderation.api_keys import find_caller
from comments_service.training_data.suggestions import suggest
from tests.comments_service.exporters.installations import Installation


def made(installation: Installation, *more: str) -> dict[str, object]:
    done = installation.command("api-key", "add", "demo", "--name", "forum", "--json", *more)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, object] = json.loads(done.stdout)
    return found


def suggested(installation: Installation, number: int, text: str) -> None:
    with installation.runtime.transaction() as session:
        suggest(session, number, 1, text, {"toxic": 1.0}, now=installation.runtime.clock())


def test_a_key_is_shown_once_and_opens_its_site(installation: Installation) -> None:
    installation.add_site()
    key = str(made(installation, "--per-minute", "90", "--scale", "perspective")["key"])
    assert key.startswith("ck-")
    with installation.runtime.reading() as session:
        caller = find_caller(session, key)
    assert caller is not None
    assert (caller.site, caller.per_minute, caller.scale) == ("demo", 90, "perspective")
    listed = installation.command("api-key", "list", "demo")
    assert b"forum" in listed.stdout
    assert key.encode() not in listed.stdout
    plain = installation.process("api-key", "add", "demo", "--name", "other")
    assert plain.stdout.startswith(b"ck-")
    assert b"only its digest is stored" in plain.stderr


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(installation: Installation) -> None:
    installation.add_site()
    key = made(installation)
    assert installation.command("api-key", "revoke", str(key["id"])).returncode == 0
    with installation.runtime.reading() as session:
        assert find_caller(session, str(key["key"])) is None
    (row,) = json.loads(installation.command("api-key", "list", "--json").stdout)
    assert row["revoked_at"] is not None


def test_what_a_key_suggested_is_counted_and_deleted(installation: Installation) -> None:
    installation.add_site()
    first, second = (int(str(made(installation)["id"])) for _ in range(2))
    for number, text in ((first, "one"), (first, "two"), (second, "three")):
        suggested(installation, number, text)
    assert b"2 suggestions of key 1 would be" in installation.command("api-key", "forget", "1", "--dry-run").stdout
    done = installation.command("api-key", "forget", str(first), "--json")
    assert json.loads(done.stdout) == {"id": first, "suggestions": 2, "deleted": True}
    rows = json.loads(installation.command("api-key", "list", "--json").stdout)
    assert [row["suggestions"] for row in rows] == [0, 1]


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_an_example_names_the_key_it_came_by(installation: Installation) -> None:
    installation.add_site()
    number = int(str(made(installation)["id"]))
    suggested(installation, number, "A rude text")
    (line,) = installation.command("export", "--training", "--site", "demo").stdout.splitlines()
    example = json.loads(line)
    assert (example["moderator"], example["labels"]) == (f"key:{number}", {"toxic": 1.0})
    without = installation.command("classifier", "retrain", "--site", "demo", "--without", f"key:{number}")
    assert b"there is no moderator" not in without.stderr
    unknown = installation.command("classifier", "retrain", "--site", "demo", "--without", "key:77")
    assert b"--without: there is no moderator 'key:77'" in unknown.stderr


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "dmeo", "--name", "x"], "did you mean demo?"),
        (["add", "demo", "--name", " "], "--name: say which program"),
        (["add", "demo", "--name", "x", "--per-minute", "0"], "--per-minute"),
        (["list", "dmeo"], "did you mean demo?"),
        (["revoke", "9"], "there is no API key 9"),
        (["forget", "9"], "there is no API key 9"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(installation: Installation, arguments: list[str], told: str) -> None:
    installation.add_site("demo")
    done = installation.command("api-key", *arguments)
    assert done.returncode != 0
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
