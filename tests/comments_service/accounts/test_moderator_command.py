"""`comments-service moderator …`, as an operator types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comments_service.cli import main
from tests.comments_service.moderation.stage import Stage


class Operator:
    """Runs commands on one data folder."""

    def __init__(self, folder: Path) -> None:
        self._settings = {"COMMENTS_DATA_DIR": str(folder), "COMMENTS_SECRET_KEY": "k" * 40}

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["moderator", *words], env=self._settings)

    def json(self, *words: str) -> object:
        result = self.run(*words, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
def operator(stage: Stage, tmp_path: Path) -> Operator:
    return Operator(tmp_path)


def test_a_new_moderator_logs_in_with_the_printed_password(stage: Stage, operator: Operator) -> None:
    printed = operator.run("add", "Nora", "--role", "owner").stdout
    words = printed.split()
    login, password = words[words.index("login") + 1], words[words.index("password") + 1]
    visitor = stage.visitor()
    assert visitor.log_in(login, password).status_code == 303
    assert visitor.get("/moderation/").headers["Location"] == "/moderation/password"


def test_two_passwords_are_never_alike(operator: Operator) -> None:
    made = {json.loads(operator.run("add", f"m{n}", "--json").stdout)["password"] for n in range(5)}
    assert len(made) == 5


def test_the_list_tells_role_site_and_state_and_no_secret(stage: Stage, operator: Operator) -> None:
    operator.run("add", "nora", "--role", "owner")
    operator.run("add", "mona", "--site", "demo", "--name", "Mona M.")
    rows = operator.json("list")
    assert isinstance(rows, list)
    assert [(row["login"], row["role"], row["site"], row["must_change"]) for row in rows] == [
        ("mona", "moderator", "demo", True),
        ("nora", "owner", None, True),
    ]
    assert not {"password", "password_hash"} & set(rows[0])
    assert "first password" in operator.run("list").stdout


def test_an_empty_list_says_what_to_do(operator: Operator) -> None:
    assert "moderator add LOGIN" in operator.run("list").stdout


def test_a_role_is_given_on_one_site_or_on_all(stage: Stage, operator: Operator) -> None:
    stage.add_site("other")
    comment = stage.comment()
    visitor = stage.moderator("mona", "viewer")
    assert operator.run("role", "mona", "moderator", "--site", "other").exit_code == 0
    assert visitor.items() == []
    assert operator.run("role", "mona", "moderator").exit_code == 0
    assert visitor.items() == [comment]


def test_a_reset_prints_another_password(stage: Stage, operator: Operator) -> None:
    stage.account("nora")
    fresh = operator.json("reset", "nora")
    assert isinstance(fresh, dict)
    assert stage.visitor().log_in("nora").status_code == 401
    assert stage.visitor().log_in("nora", fresh["password"]).status_code == 303


def test_a_token_opens_the_api_for_a_program(stage: Stage, operator: Operator) -> None:
    stage.account("mona")
    result = operator.run("token", "mona", "--days", "1")
    header = {"Authorization": f"Bearer {result.stdout.strip()}"}
    assert stage.app.test_client().get("/api/v1/moderation/queue", headers=header).status_code == 200


def test_shutting_out_ends_sessions_and_tokens(stage: Stage, operator: Operator) -> None:
    stage.account("nora", "owner")
    visitor = stage.moderator("mona")
    assert operator.run("disable", "mona").exit_code == 0
    assert visitor.get("/moderation/").status_code == 302
    assert operator.run("disable", "mona", "--undo").exit_code == 0
    assert visitor.log_in("mona").status_code == 303


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "nora"], "there is a moderator 'nora' already"),
        (["add", "no ra"], "LOGIN: use 1 to 64 of a-z"),
        (["add", "mona", "--site", "nowhere"], "there is no site 'nowhere'"),
        (["add", "mona", "--role", "king"], "'king' is not one of"),
        (["role", "mona", "viewer"], "there is no moderator 'mona'"),
        (["role", "nora", "viewer"], "nora is the last owner"),
        (["disable", "nora"], "nora is the last owner"),
        (["reset", "mona"], "there is no moderator 'mona'"),
        (["token", "mona"], "there is no active moderator 'mona'"),
    ],
)
def test_a_mistake_is_told_in_one_line(stage: Stage, operator: Operator, words: list[str], told: str) -> None:
    stage.account("nora", "owner")
    result = operator.run(*words)
    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output
