"""Guessing gets slow, for one account from one place first; nobody is kept out for good."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select

from comments_service.storage.tables import LoginFailure
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor


def _from(stage: Stage, address: str) -> Visitor:
    client: FlaskClient = stage.app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return Visitor(client)


def _fail(visitor: Visitor, login: str, times: int) -> None:
    for _ in range(times):
        assert visitor.log_in(login, "wrong password").status_code == 401


def test_after_five_wrong_tries_even_the_right_password_has_to_wait(stage: Stage) -> None:
    stage.account("nora")
    visitor, now = stage.visitor(), stage.runtime.clock()
    stage.at(now)
    _fail(visitor, "nora", 5)
    refused = visitor.log_in("nora")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "2"
    assert "Wait 2 seconds" in refused.text
    stage.at(now + timedelta(seconds=3))
    assert visitor.log_in("nora").status_code == 303


def test_the_wait_doubles_with_each_further_try_and_stays_bounded(stage: Stage) -> None:
    stage.account("nora")
    visitor, now = stage.visitor(), stage.runtime.clock()
    stage.at(now)
    _fail(visitor, "nora", 5)
    waits = []
    for _ in range(11):
        wait = int(visitor.log_in("nora", "wrong password").headers["Retry-After"])
        waits.append(wait)
        now += timedelta(seconds=wait)
        stage.at(now)
        assert visitor.log_in("nora", "wrong password").status_code == 401
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_tries_that_were_refused_do_not_make_the_wait_longer(stage: Stage) -> None:
    stage.account("nora")
    visitor, now = stage.visitor(), stage.runtime.clock()
    stage.at(now)
    _fail(visitor, "nora", 5)
    for _ in range(20):
        assert visitor.log_in("nora").headers["Retry-After"] == "2"


def test_an_unknown_login_is_slowed_down_just_the_same(stage: Stage) -> None:
    visitor = stage.visitor()
    stage.at(stage.runtime.clock())
    _fail(visitor, "nobody", 5)
    assert visitor.log_in("nobody").headers["Retry-After"] == "2"


def test_whoever_guesses_elsewhere_does_not_keep_the_moderator_out(stage: Stage) -> None:
    stage.account("nora")
    stage.at(stage.runtime.clock())
    _fail(_from(stage, "198.51.100.7"), "nora", 5)
    assert _from(stage, "203.0.113.9").log_in("nora").status_code == 303


def test_a_neighbour_in_the_same_network_counts_as_the_same_source(stage: Stage) -> None:
    stage.account("nora")
    stage.at(stage.runtime.clock())
    _fail(_from(stage, "198.51.100.7"), "nora", 5)
    assert _from(stage, "198.51.100.200").log_in("nora").status_code == 429


def test_a_forged_forwarding_header_makes_no_new_source(stage: Stage) -> None:
    stage.account("nora")
    stage.at(stage.runtime.clock())
    visitor = _from(stage, "198.51.100.7")
    for number in range(6):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        answer = visitor.log_in("nora", "wrong password")
    assert answer.status_code == 429


def test_one_source_that_tries_many_logins_is_slowed_down(stage: Stage) -> None:
    stage.account("nora")
    stage.at(stage.runtime.clock())
    visitor = _from(stage, "198.51.100.7")
    for number in range(30):
        _fail(visitor, f"guess{number}", 1)
    assert visitor.log_in("nora").status_code == 429


def test_a_successful_login_forgets_the_slips_before_it(stage: Stage) -> None:
    stage.account("nora")
    stage.at(stage.runtime.clock())
    visitor = stage.visitor()
    _fail(visitor, "nora", 4)
    assert visitor.log_in("nora").status_code == 303
    _fail(stage.visitor(), "nora", 4)


def test_tries_are_forgotten_after_an_hour_and_their_rows_with_them(stage: Stage) -> None:
    stage.account("nora")
    visitor, now = stage.visitor(), stage.runtime.clock()
    stage.at(now)
    _fail(visitor, "nora", 5)
    stage.at(now + timedelta(hours=1, seconds=1))
    assert visitor.log_in("nora", PASSWORD).status_code == 303
    assert stage.write(lambda session: session.scalar(select(func.count()).select_from(LoginFailure))) == 0


def test_the_change_of_a_password_is_no_second_door_for_guessing(stage: Stage) -> None:
    visitor = stage.moderator("nora")
    stage.at(stage.runtime.clock())
    fields = {"old": "wrong password", "new": "a quite different one", "again": "a quite different one"}
    codes = [visitor.post("/moderation/password", "/moderation/password", **fields).status_code for _ in range(6)]
    assert codes == [422, 422, 422, 422, 422, 429]
