"""Who may do what at the desk: every route of it against every kind of caller. A new route without a row fails."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from werkzeug.test import TestResponse

from comments_service.moderation.moderators import set_role
from comments_service.web.access import ROLES, rule_of
from tests.comments_service.moderation.access_rows import TABLE
from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, LOGIN, REFUSED, Row
from tests.comments_service.moderation.stage import Stage, Visitor

ROWS = [pytest.param(row, id=endpoint) for endpoint, row in TABLE.items()]


def _send(visitor: Visitor, row: Row, places: dict[str, str], token: str | None = None, **options: Any) -> TestResponse:
    path = row.path.format(**places)
    fields = {name: value.format(**places) for name, value in row.fields}
    if row.method == "GET":
        return visitor.client.get(path, **options)
    known = visitor.token("/moderation/password") or visitor.token("/moderation/login") if token is None else token
    if row.json:
        body = {"ids": [fields["ids"]], "decision": fields["decision"]}
        headers = {"X-CSRFToken": known, **options.pop("headers", {})}
        return visitor.client.post(path, json=body, headers=headers, **options)
    return visitor.client.post(path, data={**fields, "csrf_token": known}, **options)


def _verdict(answer: TestResponse) -> str:
    if answer.status_code == 401 or answer.headers.get("Location", "").endswith("/moderation/login"):
        return LOGIN
    return {403: REFUSED, 404: ABSENT}.get(answer.status_code, ALLOWED if answer.status_code < 400 else "broken")


def test_every_route_of_the_desk_has_a_row_and_a_rule(stage: Stage) -> None:
    endpoints = {
        rule.endpoint
        for rule in stage.app.url_map.iter_rules()
        if rule.rule.startswith(("/moderation", "/api/v1/moderation"))
    }
    assert endpoints == set(TABLE)
    assert all(rule_of(stage.app, endpoint) is not None for endpoint in endpoints)


@pytest.mark.parametrize("row", ROWS)
def test_what_each_caller_gets(stage: Stage, row: Row) -> None:
    stage.add_site("other")
    stage.account("dora")
    places = row.places(stage, stage.comment(address="ada@example.org"))
    callers: dict[str, Callable[[], Visitor]] = {
        "stranger": stage.visitor,
        "foreign": lambda: stage.moderator("fred", row.role, "other"),
        **{role: partial(stage.moderator, role, role, "demo") for role in ROLES},
    }
    found = {name: _verdict(_send(make(), row, places)) for name, make in callers.items()}
    if row.path.endswith("/logout"):
        # The answer of a logout is the login page in any case.
        assert all(verdict == LOGIN for verdict in found.values())
        return
    enough = ROLES.index(row.role)
    by_role = {role: REFUSED if ROLES.index(role) < enough else ALLOWED for role in ROLES}
    assert found == {"stranger": row.stranger, "foreign": row.foreign, **by_role}


@pytest.mark.parametrize("action", ["approve", "spam", "delete"])
def test_a_moderator_of_another_site_changes_nothing(stage: Stage, action: str) -> None:
    stage.add_site("other")
    comment = stage.comment()
    foreign = stage.moderator("fred", "moderator", "other")
    foreign.post("/moderation/decisions", ids=comment, decision=action)
    answer = foreign.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": action})
    assert answer.get_json()["results"][0]["result"] == "missing"
    assert stage.status(comment) == "pending"
    assert foreign.items() == []


def test_a_moderator_of_another_site_takes_nothing_back(stage: Stage) -> None:
    stage.add_site("other")
    comment = stage.comment()
    stage.moderator("mona").post("/moderation/decisions", ids=comment, decision="approve")
    foreign = stage.moderator("fred", "moderator", "other")
    answer = foreign.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    assert answer.get_json()["results"][0]["result"] == "missing"
    assert stage.status(comment) == "approved"


def test_a_viewer_sees_no_buttons(stage: Stage) -> None:
    comment = stage.comment()
    viewer = stage.moderator("vera", "viewer")
    for page in ("/moderation/", f"/moderation/comments/{comment}", "/moderation/history"):
        text = viewer.get(page).text
        assert 'name="decision"' not in text
        assert 'name="undo"' not in text


def test_a_role_that_was_taken_away_is_gone_at_the_next_click(stage: Stage) -> None:
    comment = stage.comment()
    visitor = stage.moderator("mona")
    token = visitor.token("/moderation/")
    stage.write(set_role, "mona", role="viewer", site_id=None)
    answer = visitor.client.post(
        "/moderation/decisions", data={"ids": comment, "decision": "approve", "csrf_token": token}
    )
    assert answer.status_code == 403
    assert stage.status(comment) == "pending"


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in TABLE.items() if row.method == "POST"])
def test_a_forged_form_is_refused(stage: Stage, row: Row) -> None:
    """By somebody who may do everything, so that it is the forgery that is refused and not the role."""
    comment = stage.comment()
    visitor = stage.moderator("mona", "owner")
    places = row.places(stage, comment)
    forged: dict[str, tuple[str | None, dict[str, str]]] = {
        "no token": ("", {}),
        "another's token": (stage.moderator("olga").token("/moderation/"), {}),
        "from another site": (None, {"Sec-Fetch-Site": "cross-site"}),
    }
    for forgery, (token, headers) in forged.items():
        assert _send(visitor, row, places, token, headers=headers).status_code == 403, forgery
        assert stage.status(comment) == "pending"
    assert visitor.get("/moderation/").status_code == 200, "still logged in"


def test_a_bearer_token_needs_no_form_token_and_no_cookie(stage: Stage) -> None:
    comment = stage.comment()
    stage.account("mona")
    answer = stage.app.test_client().post(
        "/api/v1/moderation/decisions", json={"ids": [comment], "decision": "approve"}, headers=stage.bearer("mona")
    )
    assert answer.get_json()["results"][0]["result"] == "done"
    assert stage.status(comment) == "approved"


def test_a_wrong_bearer_token_does_not_fall_back_to_the_cookie(stage: Stage) -> None:
    visitor = stage.moderator("mona")
    wrong = {"Authorization": "Bearer wrong"}
    assert visitor.get("/api/v1/moderation/queue", headers=wrong).status_code == 401


def test_a_bearer_token_is_no_cookie_and_a_cookie_no_bearer_token(stage: Stage) -> None:
    visitor = stage.moderator("mona")
    cookie = visitor.client.get_cookie("comments_session")
    assert cookie is not None
    swapped = {"Authorization": f"Bearer {cookie.value}"}
    assert stage.app.test_client().get("/api/v1/moderation/queue", headers=swapped).status_code == 401
    other = stage.visitor()
    other.client.set_cookie("comments_session", stage.bearer("mona")["Authorization"].removeprefix("Bearer "))
    assert other.get("/moderation/").status_code == 302


def test_the_desk_is_neither_cached_nor_framed_nor_open_to_foreign_scripts(stage: Stage) -> None:
    comment = stage.comment()
    visitor = stage.moderator("mona")
    for page in ("/moderation/", f"/moderation/comments/{comment}", "/moderation/history", "/moderation/?cursor=no"):
        headers = visitor.get(page).headers
        assert headers["Cache-Control"] == "no-store"
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
