"""Logging in with an authenticator app: the second step, its codes, its throttle, and what half a login opens."""

import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from comments_service.moderation.moderators import reset_password
from comments_service.storage.tables import Moderator, RecoveryCode
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor

ACCOUNT, CODE, DESK = "/moderation/account", "/moderation/login/code", "/moderation/"
SEALED = re.compile(r'name="sealed" value="([^"]+)"')
SECRET = re.compile(r'<code class="app-key" dir="ltr">([A-Z2-7 ]+)</code>')
CODES = re.compile(r"<li><code>([a-z0-9-]+)</code></li>")


class Owner:
    """Nora with her app: knows its secret, and what time the service believes it is."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.visitor = stage, stage.moderator("nora")
        self.now = stage.runtime.clock()
        stage.at(self.now)
        page = self.visitor.post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
        self.secret = _found(SECRET, page).replace(" ", "")
        confirmed = self.visitor.post(
            "/moderation/account/app/confirm", ACCOUNT, sealed=_found(SEALED, page), code=self.code()
        )
        self.recovery = CODES.findall(confirmed.text)

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.now + timedelta(seconds=30 * steps))

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.stage.at(self.now)

    def half(self) -> Visitor:
        """A browser in which the password was typed."""
        visitor = self.stage.visitor()
        answer = visitor.log_in("nora")
        assert answer.headers["Location"].startswith(CODE)
        return visitor


def _found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match is not None, page[-3000:]
    return match[1]


def _step(visitor: Visitor, code: str) -> int:
    return visitor.post(CODE, CODE, code=code).status_code


@pytest.fixture
def owner(stage: Stage) -> Owner:
    return Owner(stage)


def test_the_picture_and_the_typed_key_hold_the_same_secret(stage: Stage) -> None:
    page = stage.moderator("nora").post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
    assert "<svg" in page
    assert "style=" not in page
    assert len(_found(SECRET, page).replace(" ", "")) == 32


def test_setting_up_takes_the_password_and_a_code_of_the_app(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    assert visitor.post("/moderation/account/app", ACCOUNT, password="wrong password").status_code == 422
    page = visitor.post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
    wrong = visitor.post("/moderation/account/app/confirm", ACCOUNT, sealed=_found(SEALED, page), code="000000")
    assert wrong.status_code == 422
    assert stage.visitor().log_in("nora").headers["Location"] == DESK, "nothing is asked for yet"


def test_a_key_that_was_sealed_for_a_colleague_is_not_taken(stage: Stage) -> None:
    page = stage.moderator("mona").post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
    code = pyotp.TOTP(_found(SECRET, page).replace(" ", "")).at(stage.runtime.clock())
    nora = stage.moderator("nora")
    nora.post("/moderation/account/app/confirm", ACCOUNT, sealed=_found(SEALED, page), code=code)
    assert stage.visitor().log_in("nora").headers["Location"] == DESK


def test_password_and_code_open_the_desk_and_go_where_one_wanted(stage_anywhere: Stage) -> None:
    owner = Owner(stage_anywhere)
    owner.later(60)
    visitor = owner.stage.visitor()
    asked = visitor.post(
        "/moderation/login", "/moderation/login", login="nora", password=PASSWORD, next="/moderation/history"
    )
    answer = visitor.post(CODE, asked.headers["Location"], code=owner.code(), next="/moderation/history")
    assert answer.headers["Location"] == "/moderation/history"
    assert visitor.get(DESK).status_code == 200
    assert _step(owner.half(), owner.code()) == 401, "a code is good once"
    assert _step(owner.half(), owner.recovery[0]) == 303


def test_half_a_login_opens_nothing_else(owner: Owner) -> None:
    visitor = owner.half()
    for path in (DESK, ACCOUNT, "/moderation/password", "/moderation/history"):
        assert visitor.get(path).headers["Location"] == "/moderation/login"
    assert visitor.get("/api/v1/moderation/queue").status_code == 401
    cookie = visitor.client.get_cookie("comments_session")
    assert cookie is not None
    as_token = {"Authorization": f"Bearer {cookie.value}"}
    assert owner.stage.app.test_client().get("/api/v1/moderation/queue", headers=as_token).status_code == 401


def test_half_a_login_is_over_after_five_minutes(owner: Owner) -> None:
    visitor = owner.half()
    token = visitor.token(CODE)
    owner.later(301)
    answer = visitor.client.post(CODE, data={"code": owner.code(), "csrf_token": token})
    assert answer.status_code == 401
    assert "Log in again" in answer.text


def test_a_clock_may_be_off_by_a_step_and_no_more(owner: Owner) -> None:
    owner.later(300)
    assert _step(owner.half(), owner.code(-2)) == 401
    assert _step(owner.half(), owner.code(-1)) == 303
    assert _step(owner.half(), owner.code(2)) == 401
    assert _step(owner.half(), owner.code(1)) == 303
    assert _step(owner.half(), owner.code(0)) == 401, "older than the one that was used last"


def test_ten_recovery_codes_are_shown_and_each_is_good_once(owner: Owner) -> None:
    assert len(set(owner.recovery)) == 10
    typed = owner.recovery[3].replace("-", " ").upper()
    assert _step(owner.half(), typed) == 303
    assert _step(owner.half(), owner.recovery[3]) == 401
    assert "9 recovery codes are left" in owner.visitor.get(ACCOUNT).text


def test_new_recovery_codes_end_the_old_ones(owner: Owner) -> None:
    fresh = CODES.findall(owner.visitor.post("/moderation/account/recovery-codes", ACCOUNT, password=PASSWORD).text)
    assert _step(owner.half(), owner.recovery[0]) == 401
    assert _step(owner.half(), fresh[0]) == 303


@pytest.mark.parametrize("code", ["", "\x00", "12345", "٠١٢٣٤٥", "x" * 100, "000000 000000", "½½½½½½"])
def test_odd_codes_are_wrong_codes(owner: Owner, code: str) -> None:
    assert _step(owner.half(), code) == 401


def test_guessing_codes_gets_slow_even_for_whoever_knows_the_password(owner: Owner) -> None:
    visitor = owner.half()
    assert [_step(visitor, "000000") for _ in range(6)] == [401] * 5 + [429]
    again = owner.half()
    assert _step(again, "000000") == 429, "typing the password once more gives no new tries"
    owner.later(60)
    assert _step(again, owner.code()) == 303


def test_setting_it_up_ends_other_sessions_and_keeps_this_one(stage: Stage) -> None:
    stage.account("nora")
    elsewhere = stage.visitor()
    elsewhere.log_in("nora")
    stage.write(lambda session: session.execute(update(Moderator).values(login="nora-before")))
    owner = Owner(stage)
    assert owner.visitor.get(DESK).status_code == 200
    assert elsewhere.get(DESK).status_code == 200, "another person's session stays"
    once_more = owner.half()
    owner.later(60)
    assert _step(once_more, owner.code()) == 303
    page = owner.visitor.post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
    code = pyotp.TOTP(_found(SECRET, page).replace(" ", "")).at(owner.now)
    owner.visitor.post("/moderation/account/app/confirm", ACCOUNT, sealed=_found(SEALED, page), code=code)
    assert once_more.get(DESK).status_code == 302
    assert owner.visitor.get(DESK).status_code == 200


def test_only_the_password_switches_it_off(owner: Owner) -> None:
    remove = "/moderation/account/app/remove"
    assert owner.visitor.post(remove, ACCOUNT, password="wrong password").status_code == 422
    assert owner.visitor.post(remove, ACCOUNT, password=PASSWORD).status_code == 303
    assert owner.stage.visitor().log_in("nora").headers["Location"] == DESK
    assert owner.stage.write(lambda session: session.scalar(select(RecoveryCode.id))) is None


def test_a_reset_clears_the_factor_for_somebody_who_has_lost_it(owner: Owner) -> None:
    first = owner.stage.write(reset_password, "nora")
    assert owner.stage.visitor().log_in("nora", first.password).headers["Location"] == DESK


def test_neither_secret_nor_codes_are_stored_readably(owner: Owner) -> None:
    def stored(session: Session) -> list[bytes]:
        sealed = session.scalar(select(Moderator.totp_sealed))
        return [sealed or b"", *(digest.encode() for digest in session.scalars(select(RecoveryCode.digest)))]

    rows = owner.stage.write(stored)
    for secret in (owner.secret, *owner.recovery):
        assert not any(secret.encode() in row for row in rows)


def test_where_a_factor_is_required_the_desk_opens_only_with_one(tmp_path: Path) -> None:
    stage = Stage(tmp_path, require_second_factor="editor")
    assert stage.moderator("mona").get(DESK).status_code == 200
    editor = stage.moderator("edda", "editor")
    assert editor.get(DESK).headers["Location"] == ACCOUNT
    assert "Your role needs a second factor" in editor.get(ACCOUNT).text
    refused = editor.get("/api/v1/moderation/queue")
    assert refused.status_code == 403
    assert "second_factor_required" in refused.text
    assert stage.app.test_client().get("/api/v1/moderation/queue", headers=stage.bearer("edda")).status_code == 200
    page = editor.post("/moderation/account/app", ACCOUNT, password=PASSWORD).text
    code = pyotp.TOTP(_found(SECRET, page).replace(" ", "")).at(stage.runtime.clock())
    editor.post("/moderation/account/app/confirm", ACCOUNT, sealed=_found(SEALED, page), code=code)
    assert editor.get(DESK).status_code == 200
