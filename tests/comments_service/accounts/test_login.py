"""Who gets in, who does not, and what a stranger can learn by trying."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from comments_service.moderation.moderators import add_moderator, reset_password, set_disabled
from comments_service.storage.tables import LoginFailure, Moderator, ModeratorSession
from tests.comments_service.moderation.stage import PASSWORD, TOKEN, Stage, Visitor

DESK = "/moderation/"


def _first_login(stage: Stage, login: str = "nora") -> tuple[Visitor, str]:
    first = stage.write(add_moderator, login, role="owner", site_id=None, now=stage.runtime.clock())
    visitor = stage.visitor()
    assert visitor.log_in(login, first.password).status_code == 303
    return visitor, first.password


def _change(visitor: Visitor, old: str, new: str, again: str | None = None) -> str:
    page = visitor.post(
        "/moderation/password", "/moderation/password", old=old, new=new, again=new if again is None else again
    )
    return str(page.headers.get("Location") or page.text)


def test_a_stranger_is_sent_to_the_login(stage: Stage) -> None:
    answer = stage.visitor().get(DESK)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/moderation/login")


def test_a_moderator_gets_in_and_out_again(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    assert visitor.get(DESK).status_code == 200
    assert visitor.post("/moderation/logout").headers["Location"] == "/moderation/login"
    assert visitor.get(DESK).status_code == 302


def test_the_session_ends_on_the_server_when_one_logs_out(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    kept = visitor.client.get_cookie("comments_session")
    assert kept is not None
    visitor.post("/moderation/logout")
    visitor.client.set_cookie("comments_session", kept.value)
    assert visitor.get(DESK).status_code == 302


def test_the_login_may_be_typed_in_capitals(stage: Stage) -> None:
    stage.account("nora")
    assert stage.visitor().log_in(" NORA ").status_code == 303


@pytest.mark.parametrize(("login", "password"), [("nora", "wrong password"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_and_a_wrong_password_get_the_same_answer(stage: Stage, login: str, password: str) -> None:
    stage.account("nora")
    answer = stage.visitor().log_in(login, password)
    assert answer.status_code == 401
    assert "Login and password don&#39;t match." in answer.text
    assert "Set-Cookie" not in {name for name, value in answer.headers if "comments_session" in value}


def test_a_moderator_who_was_shut_out_gets_the_answer_of_a_wrong_password(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    stage.account("olaf", "owner")
    stage.write(set_disabled, "nora", disabled=True)
    assert visitor.get(DESK).status_code == 302
    assert stage.visitor().log_in("nora").status_code == 401
    stage.write(set_disabled, "nora", disabled=False)
    assert stage.visitor().log_in("nora").status_code == 303


def test_the_first_password_opens_nothing_but_its_own_change(stage: Stage) -> None:
    visitor, password = _first_login(stage)
    for path in (DESK, "/moderation/history", "/moderation/counts"):
        assert visitor.get(path).headers["Location"] == "/moderation/password"
    assert visitor.get("/api/v1/moderation/queue").status_code == 403
    assert _change(visitor, password, "a quite different password") == DESK
    assert visitor.get(DESK).status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [
        ("too short", None, "Use at least 12 characters."),
        ("aaaaaaaaaaaaaaaa", None, "Use more different characters."),
        ("nora12345678", None, "Leave your login out of the password."),
        ("x" * 90 + "abcdefgh" * 20, None, "Use at most 200 characters."),
        ("four ordinary words", "four ordinary wards", "The two new passwords differ."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_with_the_remedy(
    stage: Stage, new: str, again: str | None, told: str
) -> None:
    visitor, password = _first_login(stage)
    assert told in _change(visitor, password, new, again)
    assert visitor.get(DESK).headers["Location"] == "/moderation/password"


def test_the_first_password_cannot_be_kept(stage: Stage) -> None:
    visitor, password = _first_login(stage)
    assert "must differ" in _change(visitor, password, password)


def test_changing_the_password_needs_the_present_one(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    assert "not your present password" in _change(visitor, "a wrong old one", "a quite different password")


def test_changing_the_password_ends_the_other_sessions(stage: Stage) -> None:
    here, there = stage.moderator("nora"), stage.visitor()
    there.log_in("nora")
    _change(here, PASSWORD, "a quite different password")
    assert (here.get(DESK).status_code, there.get(DESK).status_code) == (200, 302)


def test_a_reset_ends_sessions_and_tokens(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    bearer = stage.bearer("nora")
    assert stage.visitor().get("/api/v1/moderation/queue", headers=bearer).status_code == 200
    stage.write(reset_password, "nora")
    assert visitor.get(DESK).status_code == 302
    assert stage.visitor().get("/api/v1/moderation/queue", headers=bearer).status_code == 401


def test_every_login_makes_a_new_session_and_a_new_form_token(stage: Stage) -> None:
    stage.account("nora")
    visitor = stage.visitor()
    visitor.client.set_cookie("comments_session", "a-value-that-somebody-planted")
    planted_token = visitor.token("/moderation/login")
    visitor.log_in("nora")
    cookie = visitor.client.get_cookie("comments_session")
    assert cookie is not None
    assert cookie.value != "a-value-that-somebody-planted"
    stale = visitor.client.post("/moderation/logout", data={"csrf_token": planted_token})
    assert stale.status_code == 403


def test_nothing_but_digests_is_stored(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    cookie = visitor.client.get_cookie("comments_session")
    stage.visitor().log_in("nora", "wrong password")
    rows = stage.write(
        lambda session: [
            *session.scalars(select(ModeratorSession.token_digest)),
            *session.scalars(select(Moderator.password_hash)),
            *session.scalars(select(LoginFailure.subject_digest)),
        ]
    )
    assert cookie is not None
    for secret in (cookie.value, PASSWORD, "nora", "127.0.0.1"):
        assert not any(secret in row for row in rows)
    assert any(row.startswith("$argon2id$") for row in rows)


def test_an_idle_session_ends(stage: Stage) -> None:
    visitor, now = stage.moderator("nora"), stage.runtime.clock()
    idle = stage.runtime.settings.session_idle_s
    stage.at(now + timedelta(seconds=idle - 10))
    assert visitor.get(DESK).status_code == 200
    stage.at(now + timedelta(seconds=2 * idle - 30))
    assert visitor.get(DESK).status_code == 200, "use makes it last"
    stage.at(now + timedelta(seconds=3 * idle))
    assert visitor.get(DESK).status_code == 302


def test_a_session_in_use_ends_all_the_same_in_the_end(stage: Stage) -> None:
    visitor, now = stage.moderator("nora"), stage.runtime.clock()
    longest, idle = stage.runtime.settings.session_max_s, stage.runtime.settings.session_idle_s
    for seconds in range(0, longest, idle // 2):
        stage.at(now + timedelta(seconds=seconds))
        assert visitor.get(DESK).status_code == 200
    stage.at(now + timedelta(seconds=longest + 1))
    assert visitor.get(DESK).status_code == 302


def test_the_cookie_is_marked_as_the_address_of_the_service_allows(stage: Stage, tmp_path: Path) -> None:
    stage.account("nora")
    plain = stage.visitor().log_in("nora").headers.getlist("Set-Cookie")
    assert any(re.match(r"comments_session=.*HttpOnly; Path=/; SameSite=Lax$", cookie) for cookie in plain)
    behind_tls = Stage(tmp_path / "tls", base_url="https://comments.example", allowed_hosts=("localhost",))
    behind_tls.account("nora")
    visitor = Visitor(behind_tls.app.test_client())
    visitor.client.environ_base["wsgi.url_scheme"] = "https"
    visitor.client.environ_base["HTTP_REFERER"] = "https://localhost/moderation/login"
    secure = visitor.log_in("nora").headers.getlist("Set-Cookie")
    marks = r"__Host-comments=.*Secure; HttpOnly; Path=/; SameSite=Lax$"
    assert any(re.match(marks, cookie) for cookie in secure), secure


def test_under_a_prefix_the_cookie_stays_under_it(stage: Stage) -> None:
    stage.account("nora")
    mounted = Client(DispatcherMiddleware(NotFound(), {"/comments": stage.app.wsgi_app}))
    token = TOKEN.search(mounted.get("/comments/moderation/login").text)
    assert token is not None
    fields = {"login": "nora", "password": PASSWORD, "csrf_token": token[1]}
    answer = mounted.post("/comments/moderation/login", data=fields)
    assert answer.headers["Location"] == "/comments/moderation/"
    assert any("Path=/comments;" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert mounted.get("/comments/moderation/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/moderation/history", "/moderation/history"),
        ("/moderation/?view=spam", "/moderation/?view=spam"),
        ("https://evil.example/moderation/", DESK),
        ("//evil.example/moderation/", DESK),
        ("/\\evil.example", DESK),
        ("/moderation/../../evil", DESK),
        ("/moderation/\t/evil", DESK),
        ("javascript:alert(1)", DESK),
        ("/elsewhere", DESK),
    ],
)
def test_after_the_login_one_stays_inside_the_desk(stage: Stage, wanted: str, reached: str) -> None:
    stage.account("nora")
    visitor = stage.visitor()
    answer = visitor.post("/moderation/login", "/moderation/login", login="nora", password=PASSWORD, next=wanted)
    assert answer.headers["Location"] == reached


def test_a_login_without_the_pages_token_or_from_another_site_is_refused(stage: Stage) -> None:
    stage.account("nora")
    visitor = stage.visitor()
    fields = {"login": "nora", "password": PASSWORD}
    assert visitor.client.post("/moderation/login", data=fields).status_code == 403
    fields["csrf_token"] = visitor.token("/moderation/login")
    foreign = visitor.client.post("/moderation/login", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert visitor.client.post("/moderation/login", data=fields).status_code == 303


def test_expired_sessions_are_swept_at_the_next_login(stage: Stage) -> None:
    stage.moderator("nora")
    now = stage.runtime.clock()
    stage.at(now + timedelta(seconds=stage.runtime.settings.session_max_s + 1))
    stage.visitor().log_in("nora")
    assert stage.write(lambda session: session.scalar(select(func.count()).select_from(ModeratorSession))) == 1


def test_pages_of_the_door_are_not_kept_by_caches(stage: Stage) -> None:
    for path in ("/moderation/login", "/moderation/password"):
        assert stage.moderator("nora" + path[-1]).get(path).headers["Cache-Control"] == "no-store"
