"""Passkeys, with an authenticator in software: made, used alone or after the password, and every way to cheat."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from comments_service.moderation.moderators import set_disabled
from comments_service.storage.tables import LoginChallenge
from tests.comments_service.accounts.authenticator import (
    USER_PRESENT,
    USER_VERIFIED,
    Authenticator,
    from_base64url,
    to_base64url,
)
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor
from tests.stacks.servers import new_postgres_database

ACCOUNT, LOGIN, CODE, DESK = "/moderation/account", "/moderation/login", "/moderation/login/code", "/moderation/"
ORIGIN = "http://localhost:8080"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path, base_url=ORIGIN)


def _options(visitor: Visitor, **fields: str) -> dict[str, Any]:
    answer = visitor.post("/moderation/account/passkeys/options", ACCOUNT, **{"password": PASSWORD, **fields})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def _add(visitor: Visitor, device: Authenticator, name: str = "telephone") -> str:
    """Make a passkey; the page that follows."""
    answer = visitor.post(
        "/moderation/account/passkeys", ACCOUNT, credential=device.create(_options(visitor)), name=name
    )
    page: str = visitor.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text
    return page


def _asked(visitor: Visitor, page: str = LOGIN, **fields: str) -> dict[str, Any]:
    found: dict[str, Any] = visitor.post("/moderation/login/passkey/options", page, **fields).get_json()
    return found


def _enter(visitor: Visitor, credential: str, page: str = LOGIN, **fields: str) -> int:
    return visitor.post("/moderation/login/passkey", page, credential=credential, **fields).status_code


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_passkey_is_made_used_and_removed(tmp_path: Path, database: str) -> None:
    address = new_postgres_database() if database == "postgresql" else ""
    stage, device = Stage(tmp_path, base_url=ORIGIN, database_url=address), Authenticator(ORIGIN)
    _add(stage.moderator("nora"), device)
    visitor = stage.visitor()
    answer = device.get(_asked(visitor))
    assert _enter(visitor, answer) == 303
    assert _enter(stage.visitor(), answer) == 401, "an answer is good once"
    number = re.search(r'name="passkey" value="(\d+)"', visitor.get(ACCOUNT).text)
    assert number is not None
    visitor.post("/moderation/account/passkeys/remove", ACCOUNT, passkey=number[1], password=PASSWORD)
    stranger = stage.visitor()
    assert _enter(stranger, device.get(_asked(stranger))) == 401


@pytest.fixture
def device(stage: Stage) -> Authenticator:
    """Nora's, whose passkey is made."""
    device = Authenticator(ORIGIN)
    assert "Your recovery codes" in _add(stage.moderator("nora"), device)
    return device


def test_a_passkey_alone_opens_the_desk_and_the_list_says_when(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    asked = _asked(visitor)
    assert asked["userVerification"] == "required"
    assert "allowCredentials" not in asked or asked["allowCredentials"] == []
    answer = visitor.post("/moderation/login/passkey", LOGIN, credential=device.get(asked), next="/moderation/history")
    assert answer.headers["Location"] == "/moderation/history"
    page = visitor.get(ACCOUNT).text
    assert "<bdi>telephone</bdi>" in page
    assert "last used" in page
    assert "by passkey" in page


def test_once_there_is_one_the_password_alone_is_not_enough(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    assert visitor.log_in("nora").headers["Location"].startswith(CODE)
    asked = _asked(visitor, CODE, step="second")
    assert [from_base64url(row["id"]) for row in asked["allowCredentials"]] == [device.credential_id]
    device.flags = USER_PRESENT
    assert _enter(visitor, device.get(asked), CODE, step="second") == 303
    assert visitor.get(DESK).status_code == 200


def test_several_devices_each_under_its_name(stage: Stage) -> None:
    nora = stage.moderator("nora")
    first, second = Authenticator(ORIGIN), Authenticator(ORIGIN)
    _add(nora, first)
    page = _add(nora, second, "office <b>key</b>")
    assert "office &lt;b&gt;key&lt;/b&gt;" in page
    assert len(_options(nora)["excludeCredentials"]) == 2
    for device in (first, second):
        visitor = stage.visitor()
        assert _enter(visitor, device.get(_asked(visitor))) == 303


def test_removing_one_takes_the_password_and_ends_it(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    _enter(visitor, device.get(_asked(visitor)))
    number = re.search(r'name="passkey" value="(\d+)"', visitor.get(ACCOUNT).text)
    assert number is not None
    remove = "/moderation/account/passkeys/remove"
    assert visitor.post(remove, ACCOUNT, passkey=number[1], password="wrong password").status_code == 422
    mona = stage.moderator("mona")
    mona.post(remove, ACCOUNT, passkey=number[1], password=PASSWORD)
    stranger = stage.visitor()
    assert _enter(stranger, device.get(_asked(stranger))) == 303, "a colleague's hands do not reach it"
    visitor.post(remove, ACCOUNT, passkey=number[1], password=PASSWORD)
    stranger = stage.visitor()
    assert _enter(stranger, device.get(_asked(stranger))) == 401
    assert stage.visitor().log_in("nora").headers["Location"] == DESK


def test_a_challenge_is_used_up_by_a_wrong_answer_and_by_time(stage: Stage, device: Authenticator) -> None:
    visitor, now = stage.visitor(), stage.runtime.clock()
    asked = _asked(visitor)
    assert _enter(visitor, Authenticator(ORIGIN).get({**asked})) == 401
    assert _enter(visitor, device.get(asked)) == 401
    late = device.get(_asked(visitor))
    stage.at(now + timedelta(seconds=301))
    assert _enter(visitor, late) == 401
    _asked(visitor)
    rows = stage.write(lambda session: session.scalars(select(LoginChallenge.id)).all())
    assert len(rows) == 1, "what is over is cleared away"


def _other_origin(device: Authenticator) -> None:
    device.origin = "http://localhost:8081"


def _not_verified(device: Authenticator) -> None:
    device.flags = USER_PRESENT


def _not_present(device: Authenticator) -> None:
    device.flags = USER_VERIFIED


def _other_person(device: Authenticator) -> None:
    device.handle = b"somebody else"


def _other_key(device: Authenticator) -> None:
    device._key = Authenticator(ORIGIN)._key


def _other_device(device: Authenticator) -> None:
    device.credential_id = b"\x00" * 24


CHEATS = [_other_origin, _not_verified, _not_present, _other_person, _other_key, _other_device]


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_wrong_answer_opens_nothing(
    stage: Stage, device: Authenticator, cheat: Callable[[Authenticator], None]
) -> None:
    visitor = stage.visitor()
    cheat(device)
    assert _enter(visitor, device.get(_asked(visitor))) == 401
    assert visitor.get(DESK).status_code == 302


def test_an_answer_for_another_site_opens_nothing(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    assert _enter(visitor, device.get({**_asked(visitor), "rpId": "evil.example"})) == 401


def test_a_counter_that_does_not_grow_means_a_copy(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    device.count = 7
    assert _enter(visitor, device.get(_asked(visitor))) == 303
    device.count = 3
    visitor = stage.visitor()
    assert _enter(visitor, device.get(_asked(visitor))) == 401


def test_an_answer_to_one_question_does_not_do_for_another(stage: Stage, device: Authenticator) -> None:
    mona, other = stage.moderator("mona"), Authenticator(ORIGIN)
    _add(mona, other)
    half = stage.visitor()
    half.log_in("nora")
    assert _enter(half, other.get(_asked(half, CODE, step="second")), CODE, step="second") == 401, "Mona's passkey"
    assert _enter(half, device.get(_asked(half, CODE)), CODE, step="second") == 401, "a challenge of the first step"
    stranger = stage.visitor()
    as_second = device.get(_asked(half, CODE, step="second"))
    assert _enter(stranger, as_second) == 401, "a second step without the first"
    assert _enter(stranger, as_second, step="second") == 401


def test_a_passkey_made_by_one_is_not_kept_for_another(stage: Stage) -> None:
    nora, mona, device = stage.moderator("nora"), stage.moderator("mona"), Authenticator(ORIGIN)
    answer = device.create(_options(nora))
    mona.post("/moderation/account/passkeys", ACCOUNT, credential=answer, name="x")
    assert "data-passkey=" in mona.get(ACCOUNT).text
    assert 'name="passkey"' not in mona.get(ACCOUNT).text
    _add(nora, device)
    mona.post("/moderation/account/passkeys", ACCOUNT, credential=device.create(_options(mona)), name="x")
    assert 'name="passkey"' not in mona.get(ACCOUNT).text, "a credential belongs to one person"


def test_making_one_takes_the_password(stage: Stage) -> None:
    answer = stage.moderator("nora").post("/moderation/account/passkeys/options", ACCOUNT, password="wrong password")
    assert answer.status_code == 422


def test_whoever_is_shut_out_is_so_for_passkeys_too(stage: Stage, device: Authenticator) -> None:
    stage.account("olga", "owner")
    stage.write(set_disabled, "nora", disabled=True)
    visitor = stage.visitor()
    assert _enter(visitor, device.get(_asked(visitor))) == 401


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "[]",
        "null",
        "{}",
        '{"response": 5}',
        "\x00",
        "[" * 5000,
        "x" * 30_000,
        json.dumps({"rawId": "é", "response": {"clientDataJSON": to_base64url(b'{"challenge": 5}')}}),
        json.dumps({"rawId": 7, "response": {"clientDataJSON": to_base64url(b'{"challenge": "\\ud800"}')}}),
    ],
)
def test_odd_answers_are_wrong_answers(stage: Stage, answer: str) -> None:
    assert _enter(stage.visitor(), answer) == 401
    nora = stage.moderator("nora")
    assert nora.post("/moderation/account/passkeys", ACCOUNT, credential=answer).status_code == 303


def test_odd_parts_of_a_known_challenge_are_wrong_answers(stage: Stage, device: Authenticator) -> None:
    visitor = stage.visitor()
    for part in ("authenticatorData", "signature", "userHandle", "clientDataJSON"):
        for odd in ("", "é", 5, None, [], to_base64url(b"\xff" * 60)):
            answer = json.loads(device.get(_asked(visitor)))
            answer["response"][part] = odd
            status = _enter(visitor, json.dumps(answer))
            assert status == 401 or (part == "userHandle" and not odd), (part, odd)
            if status == 303:
                visitor = stage.visitor()


def test_asking_again_and_again_is_bounded(stage: Stage) -> None:
    visitor = stage.visitor()
    token = visitor.token(LOGIN)
    codes = {
        visitor.client.post("/moderation/login/passkey/options", data={"csrf_token": token}).status_code
        for _ in range(40)
    }
    assert codes == {200, 429}


def test_where_browsers_know_no_passkeys_the_page_says_so(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "by-number", base_url="https://192.0.2.7", allowed_hosts=("localhost",))
    visitor = stage.visitor()
    assert "data-passkey" not in visitor.get(LOGIN).text
    assert (
        "COMMENTS_BASE_URL"
        in Stage(tmp_path / "plain", base_url="http://comments.example")
        .moderator("nora")
        .get(ACCOUNT, headers={"Host": "localhost"})
        .text
    )
