"""Tokens for programs: made on the account page or at the command line, good for their scopes and nothing else."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from werkzeug.datastructures import MultiDict

from comments_service.cli import main
from comments_service.moderation.bearer_tokens import SCOPES
from comments_service.web.access import rule_of
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor

ACCOUNT, QUEUE, DECISIONS = "/moderation/account", "/api/v1/moderation/queue", "/api/v1/moderation/decisions"
_TOKEN = re.compile(r'id="token" value="([^"]+)"')


def _made(visitor: Visitor, *scopes: str, name: str = "newsletter", days: str = "7") -> str:
    fields = [("csrf_token", visitor.token(ACCOUNT)), ("password", PASSWORD), ("name", name), ("days", days)]
    page = visitor.client.post(
        "/moderation/account/tokens", data=MultiDict([*fields, *(("scopes", scope) for scope in scopes)])
    )
    found = _TOKEN.search(page.text)
    return found[1] if found else page.text


def _status(stage: Stage, token: str, path: str = QUEUE, body: object = None) -> tuple[int, str]:
    client, header = stage.app.test_client(), {"Authorization": f"Bearer {token}"}
    answer = client.get(path, headers=header) if body is None else client.post(path, json=body, headers=header)
    return answer.status_code, answer.text


def test_a_token_does_what_its_scopes_name_and_is_told_what_it_lacks(stage: Stage) -> None:
    comment, visitor = stage.comment(), stage.moderator("mona")
    reading, deciding = _made(visitor, "queue:read"), _made(visitor, "decide")
    decision = {"ids": [comment], "decision": "approve"}
    assert _status(stage, reading)[0] == 200
    status, text = _status(stage, reading, DECISIONS, decision)
    assert (status, "scope decide" in text) == (403, True)
    assert stage.status(comment) == "pending"
    status, text = _status(stage, deciding)
    assert (status, "scope queue:read" in text) == (403, True)
    assert _status(stage, deciding, DECISIONS, decision)[0] == 200
    assert stage.status(comment) == "approved"


def test_scopes_give_nothing_that_the_moderator_lacks(stage: Stage) -> None:
    comment = stage.comment()
    token = _made(stage.moderator("vera", "viewer"), *SCOPES)
    assert _status(stage, token, DECISIONS, {"ids": [comment], "decision": "approve"})[0] == 403
    assert stage.status(comment) == "pending"


def test_a_narrow_token_opens_no_page_of_the_desk(stage: Stage) -> None:
    token = _made(stage.moderator("nora", "owner"), *SCOPES)
    for path in ("/moderation/", "/moderation/history", "/moderation/team", ACCOUNT):
        assert _status(stage, token, path)[0] == 403


def test_every_route_of_the_api_declares_a_scope_that_there_is(stage: Stage) -> None:
    rules = {
        rule.endpoint: rule_of(stage.app, rule.endpoint)
        for rule in stage.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/moderation")
    }
    assert {endpoint for endpoint, rule in rules.items() if rule is None or rule.scope not in SCOPES} == set()


def test_the_list_tells_name_scopes_and_use_and_revoking_ends_it(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    visitor = stage.moderator("mona")
    token = _made(visitor, "queue:read", name="news<b>letter")
    page = visitor.get(ACCOUNT).text
    assert "news&lt;b&gt;letter" in page
    assert "not used yet" in page
    assert token not in page
    _status(stage, token)
    page = visitor.get(ACCOUNT).text
    assert "not used yet" not in page
    number = re.search(r'name="token" value="(\d+)"', page)
    assert number is not None
    other = stage.moderator("otto")
    other.post("/moderation/account/tokens/revoke", ACCOUNT, token=number[1])
    assert _status(stage, token)[0] == 200, "a colleague's token"
    visitor.post("/moderation/account/tokens/revoke", ACCOUNT, token=number[1])
    assert _status(stage, token)[0] == 401


def test_a_token_ends_on_its_day(stage: Stage) -> None:
    token, now = _made(stage.moderator("mona"), "queue:read", days="1"), stage.runtime.clock()
    stage.at(now + timedelta(hours=23))
    assert _status(stage, token)[0] == 200
    stage.at(now + timedelta(hours=25))
    assert _status(stage, token)[0] == 401


@pytest.mark.parametrize(
    ("scopes", "name", "days", "told"),
    [
        ([], "newsletter", "7", "Choose what the token is good for."),
        (["king"], "newsletter", "7", "Choose what the token is good for."),
        (["decide"], "\x00 ", "7", "Say which program the token is for."),
        (["decide"], "newsletter", "0", "1 to 3650 days"),
        (["decide"], "newsletter", "9" * 30, "1 to 3650 days"),
        (["decide"], "newsletter", "x", "1 to 3650 days"),
    ],
)
def test_a_slip_names_its_field(stage: Stage, scopes: list[str], name: str, days: str, told: str) -> None:
    assert told in _made(stage.moderator("mona"), *scopes, name=name, days=days)


def test_making_one_takes_the_password(stage: Stage) -> None:
    visitor = stage.moderator("mona")
    fields = {"password": "wrong password", "name": "newsletter", "scopes": "decide", "days": "7"}
    answer = visitor.post("/moderation/account/tokens", ACCOUNT, **fields)
    assert (answer.status_code, "not your present password" in answer.text) == (422, True)


def _run(folder: Path, *words: str) -> Result:
    settings = {"COMMENTS_DATA_DIR": str(folder), "COMMENTS_SECRET_KEY": "k" * 40}
    return CliRunner().invoke(main, ["moderator", *words], env=settings)


def test_an_operator_makes_lists_and_revokes_them(stage: Stage, tmp_path: Path) -> None:
    stage.account("mona")
    made = _run(tmp_path, "token", "mona", "--scope", "queue:read", "--name", "newsletter")
    token = made.stdout.strip()
    assert _status(stage, token)[0] == 200
    assert _status(stage, token, DECISIONS, {"ids": ["x"], "decision": "approve"})[0] == 403
    (row,) = json.loads(_run(tmp_path, "tokens", "mona", "--json").stdout)
    assert (row["name"], row["scopes"]) == ("newsletter", ["queue:read"])
    assert "newsletter" in _run(tmp_path, "tokens", "mona").stdout
    assert _run(tmp_path, "revoke", "mona", str(row["id"])).exit_code == 0
    assert _status(stage, token)[0] == 401
    again = _run(tmp_path, "revoke", "mona", str(row["id"]))
    assert (again.exit_code, "has no token" in again.output) == (1, True)
    nameless = _run(tmp_path, "token", "mona", "--name", " ")
    assert (nameless.exit_code, "--name: Say which program" in nameless.output) == (1, True)
    assert "has no token. Make one" in _run(tmp_path, "tokens", "mona").stdout
