"""The team's page: invitations, roles, shutting out; and how far an owner's hands reach."""

import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from werkzeug.test import TestResponse

from comments_service.cli import main
from comments_service.moderation.moderators import credentials, list_moderators
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor

TEAM, DESK = "/moderation/team", "/moderation/"
NEW = "five calm grey geese"
_LINK = re.compile(r'id="link" value="([^"]+)"')


def _invited(owner: Visitor, **fields: str) -> str:
    """The path of a fresh invitation."""
    page = owner.post("/moderation/team/invite", TEAM, **{"role": "moderator", **fields})
    found = _LINK.search(page.text)
    assert found is not None, page.text
    return "/moderation/" + html.unescape(found[1]).split("/moderation/")[1]


def _take_up(visitor: Visitor, path: str, **fields: str) -> TestResponse:
    chosen = {"login": "ines", "name": "Ines", "password": NEW, "again": NEW, **fields}
    return visitor.post(path, path, **chosen)


def _about(stage: Stage, owner: Visitor, act: str, login: str, **fields: str) -> TestResponse:
    known = stage.write(credentials, login)
    return owner.post(f"/moderation/team/{act}", TEAM, person=str(known.id), **fields)


def _people(stage: Stage) -> dict[str, tuple[str, str | None]]:
    return {person.login: (person.role, person.site) for person in stage.write(list_moderators)}


def test_an_invited_person_chooses_login_and_password_and_is_in(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    path = _invited(stage.moderator("nora", "owner"), role="editor", site="demo")
    visitor = stage.visitor()
    page = visitor.get(path).text
    assert "editor on <b><bdi>The demo paper</bdi></b>" in page
    assert _take_up(visitor, path).headers["Location"] == DESK
    assert visitor.get(DESK).status_code == 200
    assert _people(stage)["ines"] == ("editor", "demo")
    assert stage.visitor().log_in("ines", NEW).status_code == 303


def test_looking_at_a_link_changes_nothing_and_taking_it_up_works_once(stage: Stage) -> None:
    path = _invited(stage.moderator("nora", "owner"))
    for _ in range(3):
        assert stage.visitor().get(path).status_code == 200
        assert stage.app.test_client().head(path).status_code == 200
    first, second = stage.visitor(), stage.visitor()
    token = second.token(path)
    _take_up(first, path)
    late = {"login": "otto", "password": NEW, "again": NEW, "csrf_token": token}
    answer = second.client.post(path, data=late, follow_redirects=True)
    assert "was used already" in answer.text
    assert "otto" not in _people(stage)
    assert stage.visitor().get(path).status_code == 410


def test_a_link_ends_after_a_week_and_says_so(stage: Stage) -> None:
    owner, now = stage.moderator("nora", "owner"), stage.runtime.clock()
    path = _invited(owner)
    stage.at(now + timedelta(days=7, seconds=1))
    answer = stage.visitor().get(path)
    assert (answer.status_code, "This invitation is over" in answer.text) == (410, True)


def test_a_link_that_was_taken_back_or_made_up_opens_nothing(stage: Stage) -> None:
    owner = stage.moderator("nora", "owner")
    path = _invited(owner)
    number = re.search(r'name="invitation" value="(\d+)"', owner.get(TEAM).text)
    assert number is not None
    owner.post("/moderation/team/invitations/withdraw", TEAM, invitation=number[1])
    for dead in (path, "/moderation/invitation/x", "/moderation/invitation/%00"):
        answer = stage.visitor().get(dead)
        assert (answer.status_code, "This is no invitation" in answer.text) == (404, True)


def test_the_link_of_an_owner_who_is_none_any_more_is_over(stage: Stage) -> None:
    owner, other = stage.moderator("nora", "owner"), stage.moderator("olga", "owner")
    path = _invited(owner)
    _about(stage, other, "role", "nora", role="viewer")
    assert stage.visitor().get(path).status_code == 410


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"again": "another one"}, "The two passwords differ"),
        ({"password": "short", "again": "short"}, "Use at least 12 characters"),
        ({"login": "in es"}, "Use 1 to 64 small letters"),
        ({"login": "\x00"}, "Use 1 to 64 small letters"),
        ({"login": "NORA"}, "Somebody has this login already"),
    ],
)
def test_a_slip_names_its_field_and_the_link_stays_good(stage: Stage, fields: dict[str, str], told: str) -> None:
    path = _invited(stage.moderator("nora", "owner"))
    visitor = stage.visitor()
    answer = _take_up(visitor, path, **fields)
    assert (answer.status_code, told in answer.text) == (422, True), answer.text
    assert _take_up(visitor, path, name="In\x00es  \u202e" + "x" * 200).status_code == 303


def test_the_list_tells_role_site_last_seen_and_second_factor(stage: Stage) -> None:
    owner = stage.moderator("nora", "owner")
    stage.account("mona", "trainee", "demo")
    page = owner.get(TEAM).text
    assert "trainee · demo" in page
    assert "never logged in" in page
    stage.visitor().log_in("mona")
    page = owner.get(TEAM).text
    assert "never logged in" not in page
    assert page.count("second factor: no") == 2


def test_an_owner_of_one_site_sees_and_manages_that_sites_people_alone(stage: Stage) -> None:
    stage.add_site("other")
    bound = stage.moderator("otto", "owner", "demo")
    for login, site in (("mona", "demo"), ("fred", "other"), ("nora", None)):
        stage.account(login, "moderator", site)
    page = bound.get(TEAM).text
    assert "(<bdi>mona</bdi>)" in page
    assert "(<bdi>fred</bdi>)" not in page
    assert "(<bdi>nora</bdi>)" not in page
    for login in ("fred", "nora"):
        for act in ("role", "disable", "reset"):
            assert _about(stage, bound, act, login, role="viewer").status_code == 404
    assert _about(stage, bound, "role", "mona", role="viewer", site="other").status_code == 404
    assert _about(stage, bound, "role", "mona", role="owner", site="").status_code == 303
    assert _people(stage) == {
        "otto": ("owner", "demo"),
        "mona": ("owner", "demo"),
        "fred": ("moderator", "other"),
        "nora": ("moderator", None),
    }


def test_an_owner_of_one_site_invites_to_that_site_alone(stage: Stage) -> None:
    stage.add_site("other")
    bound = stage.moderator("otto", "owner", "demo")
    assert bound.post("/moderation/team/invite", TEAM, role="viewer", site="other").status_code == 404
    _take_up(stage.visitor(), _invited(bound, role="owner", site=""))
    assert _people(stage)["ines"] == ("owner", "demo")


def test_the_last_owner_of_all_sites_stays_one(stage: Stage) -> None:
    nora, olga = stage.moderator("nora", "owner"), stage.moderator("olga", "owner")
    assert _about(stage, nora, "role", "olga", role="viewer").status_code == 303
    assert olga.get(TEAM).status_code == 403
    assert _about(stage, nora, "role", "nora", role="viewer").status_code == 409
    assert _about(stage, nora, "disable", "nora").status_code == 409
    assert _people(stage)["nora"] == ("owner", None)


def test_shutting_out_and_letting_in_again(stage: Stage) -> None:
    owner, mona = stage.moderator("nora", "owner"), stage.moderator("mona")
    _about(stage, owner, "disable", "mona")
    assert mona.get(DESK).status_code == 302
    assert stage.visitor().log_in("mona").status_code == 401
    _about(stage, owner, "disable", "mona", undo="yes")
    assert stage.visitor().log_in("mona").status_code == 303


def test_a_colleague_who_lost_the_password_gets_a_first_one(stage: Stage) -> None:
    owner = stage.moderator("nora", "owner")
    stage.account("mona")
    page = _about(stage, owner, "reset", "mona").text
    first = re.search(r'<code class="app-key" dir="ltr">([^<]+)</code>', page)
    assert first is not None
    assert stage.visitor().log_in("mona").status_code == 401
    assert stage.visitor().log_in("mona", first[1]).status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"person": "0", "role": "viewer"},
        {"person": "9" * 30, "role": "viewer"},
        {"person": "\x00", "role": "viewer"},
        {"person": "2", "role": "king"},
        {"person": "2", "role": "viewer", "site": "nowhere"},
        {"person": "2", "role": "viewer", "site": "\x00"},
    ],
)
def test_odd_forms_are_refused_and_change_nothing(stage_anywhere: Stage, fields: dict[str, Any]) -> None:
    stage = stage_anywhere
    owner = stage.moderator("nora", "owner")
    stage.account("mona")
    assert owner.post("/moderation/team/role", TEAM, **fields).status_code in {404, 422}
    assert _people(stage)["mona"] == ("moderator", None)


def test_an_operator_invites_from_the_command_line(stage: Stage, tmp_path: Path) -> None:
    settings = {"COMMENTS_DATA_DIR": str(tmp_path), "COMMENTS_SECRET_KEY": "k" * 40}
    words = ["moderator", "invite", "--role", "owner", "--days", "1"]
    result = CliRunner().invoke(main, words, env=settings)
    assert result.exit_code == 0, result.output
    _take_up(stage.visitor(), "/moderation/" + result.stdout.strip().split("/moderation/")[1])
    assert _people(stage)["ines"] == ("owner", None)
    assert PASSWORD not in result.output
    wrong = CliRunner().invoke(main, ["moderator", "invite", "--site", "nowhere"], env=settings)
    assert (wrong.exit_code, "there is no site 'nowhere'" in wrong.output) == (1, True)
