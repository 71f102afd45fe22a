"""Single sign-on against a real OpenID Connect provider on loopback: who gets in, and which attacks do not."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from werkzeug.test import TestResponse

from comments_service.moderation.moderators import add_moderator, list_moderators, set_disabled
from comments_service.settings import SettingsError, load_settings
from tests.comments_service.accounts.provider import CLIENT, SECRET, Claims, Provider, rsa_key
from tests.comments_service.moderation.stage import Stage, Visitor
from tests.stacks.servers import new_postgres_database

BEGIN, DONE, DESK = "/moderation/login/sso", "/moderation/login/sso/done", "/moderation/"


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


def _stage(folder: Path, provider: Provider, **settings: str) -> Stage:
    named = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, **settings}
    return Stage(folder, base_url="http://localhost:8080", **named)


@pytest.fixture
def stage(tmp_path: Path, provider: Provider) -> Stage:
    """A desk that knows Nora by her address."""
    stage = _stage(tmp_path, provider)
    stage.account("nora@example.org")
    return stage


def _away(visitor: Visitor, begin: str = BEGIN) -> str:
    """Begin, and agree at the provider; where its answer sends the browser, as a path of this service."""
    there = visitor.get(begin).headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"http://localhost:8080{DONE}?")
    return back.removeprefix("http://localhost:8080")


def _entered(visitor: Visitor, begin: str = BEGIN) -> TestResponse:
    return visitor.get(_away(visitor, begin))


def _changed(address: str, **query: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{urlencode({**dict(parse_qsl(parts.query)), **query})}"


def test_a_person_of_the_provider_gets_in_and_where_they_wanted(stage: Stage) -> None:
    visitor = stage.visitor()
    assert "Log in by single sign-on" in visitor.get("/moderation/login").text
    answer = _entered(visitor, f"{BEGIN}?next=/moderation/history")
    assert answer.headers["Location"] == "/moderation/history"
    assert "single sign-on" in visitor.get("/moderation/account").text


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_first_login_binds_the_account_to_the_person(tmp_path: Path, provider: Provider, database: str) -> None:
    address = new_postgres_database() if database == "postgresql" else ""
    stage = _stage(tmp_path, provider, database_url=address)
    stage.account("nora@example.org")
    assert _entered(stage.visitor()).status_code == 303
    provider.person["email"] = "nora.new@example.org"
    assert _entered(stage.visitor()).status_code == 303, "known by the provider's own name for her"
    provider.person |= {"sub": "0815", "email": "nora@example.org"}
    assert _entered(stage.visitor()).status_code == 401, "somebody else who was given her address"


@pytest.mark.parametrize(
    "person",
    [
        {"email": "stranger@example.org"},
        {"email_verified": False},
        {"email_verified": None},
        {"email": ""},
        {"email": ["nora@example.org"]},
        {"email": "nora@example.org\x00"},
    ],
)
def test_whoever_is_not_known_here_stays_out(stage: Stage, provider: Provider, person: Claims) -> None:
    provider.person |= person
    answer = _entered(stage.visitor())
    assert (answer.status_code, "not known here" in answer.text) == (401, True)


def test_whoever_was_shut_out_stays_out_before_and_after_being_bound(stage: Stage) -> None:
    stage.account("olga", "owner")
    stage.write(set_disabled, "nora@example.org", disabled=True)
    assert _entered(stage.visitor()).status_code == 401
    stage.write(set_disabled, "nora@example.org", disabled=False)
    assert _entered(stage.visitor()).status_code == 303
    stage.write(set_disabled, "nora@example.org", disabled=True)
    assert _entered(stage.visitor()).status_code == 401


def test_by_setting_whoever_the_provider_knows_gets_an_account(tmp_path: Path, provider: Provider) -> None:
    stage = _stage(tmp_path, provider, oidc_new_role="viewer", oidc_claim="sub", oidc_label="Example")
    assert "Log in with Example" in stage.visitor().get("/moderation/login").text
    for _ in range(2):
        assert _entered(stage.visitor()).status_code == 303
    (person,) = stage.write(list_moderators)
    assert (person.login, person.name, person.role, person.must_change) == ("4711", "Nora N.", "viewer", False)


def test_what_the_token_lacks_is_asked_for_separately(stage: Stage, provider: Provider) -> None:
    provider.in_token = False
    assert _entered(stage.visitor()).status_code == 303


def _tampered(**claims: object) -> Callable[[Claims], None]:
    return lambda token: token.update(claims)


def _without(name: str) -> Callable[[Claims], None]:
    return lambda token: token.pop(name) and None


@pytest.mark.parametrize(
    "cheat",
    [
        pytest.param(_tampered(nonce="another"), id="another nonce"),
        pytest.param(_tampered(nonce=["another"]), id="a list of nonces"),
        pytest.param(_without("nonce"), id="no nonce"),
        pytest.param(_tampered(aud="another-client"), id="another audience"),
        pytest.param(_tampered(aud=[CLIENT, "another-client"]), id="for several, and not said for whom"),
        pytest.param(_tampered(azp="another-client"), id="another client's"),
        pytest.param(_tampered(iss="https://evil.example"), id="another issuer"),
        pytest.param(_tampered(exp=1_000_000_000), id="expired"),
        pytest.param(_tampered(exp="tomorrow"), id="an odd expiry"),
        pytest.param(_without("exp"), id="no expiry"),
        pytest.param(_tampered(iat=4_000_000_000), id="from the future"),
        pytest.param(_without("sub"), id="nobody's"),
    ],
)
def test_a_token_that_says_something_wrong_opens_nothing(
    stage: Stage, provider: Provider, cheat: Callable[[Claims], None]
) -> None:
    provider.cheat = cheat
    visitor = stage.visitor()
    answer = _entered(visitor)
    assert (answer.status_code, "did not let you in" in answer.text) == (401, True)
    assert visitor.get(DESK).status_code == 302


@pytest.mark.parametrize("way", ["unsigned", "signed_with_the_public_key", "signed_with_another_key"])
def test_a_token_that_is_not_signed_by_the_provider_opens_nothing(stage: Stage, provider: Provider, way: str) -> None:
    provider.sign = getattr(provider, way)
    assert _entered(stage.visitor()).status_code == 401


def test_a_new_key_of_the_provider_is_fetched(stage: Stage, provider: Provider) -> None:
    now = stage.runtime.clock()
    assert _entered(stage.visitor()).status_code == 303
    provider.key = rsa_key("second")
    assert _entered(stage.visitor()).status_code == 401, "not more than once a minute"
    stage.at(now + timedelta(seconds=61))
    assert _entered(stage.visitor()).status_code == 303


def test_a_state_that_is_wrong_or_another_browsers_or_used_opens_nothing(stage: Stage) -> None:
    visitor, attacker = stage.visitor(), stage.visitor()
    back = _away(visitor)
    for wrong in (_changed(back, state="x"), _changed(back, state="é\x00")):
        stranger = stage.visitor()
        _away(stranger)
        assert stranger.get(wrong).status_code == 401
    assert attacker.get(back).status_code == 401, "it was begun in another browser"
    assert visitor.get(back).status_code == 303
    assert attacker.get(DESK).status_code == 302
    again = stage.visitor()
    assert again.get(back).status_code == 401


def test_an_answer_in_the_name_of_another_provider_opens_nothing(stage: Stage) -> None:
    visitor = stage.visitor()
    assert visitor.get(_changed(_away(visitor), iss="https://evil.example")).status_code == 401


@pytest.mark.parametrize("code", ["", "made-up", "\x00", "é" * 300])
def test_a_code_that_the_provider_did_not_give_opens_nothing(stage: Stage, code: str) -> None:
    visitor = stage.visitor()
    assert visitor.get(_changed(_away(visitor), code=code)).status_code == 401


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/moderation/", "/\\evil.example", "/x"])
def test_it_leads_nowhere_else(stage: Stage, wanted: str) -> None:
    assert _entered(stage.visitor(), f"{BEGIN}?{urlencode({'next': wanted})}").headers["Location"] == DESK


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_document_that_makes_no_sense_is_not_followed(stage: Stage, provider: Provider, document: Claims) -> None:
    provider.document = document
    visitor = stage.visitor()
    there = visitor.get(BEGIN)
    if there.status_code == 303:
        back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
        there = visitor.get(back.removeprefix("http://localhost:8080"))
    assert there.status_code == 401


def test_a_provider_that_is_down_is_said_to_be_so(stage: Stage, provider: Provider) -> None:
    provider.close()
    answer = stage.visitor().get(BEGIN)
    assert (answer.status_code, "did not let you in" in answer.text) == (401, True)


def test_neither_code_nor_token_nor_secret_is_logged(
    stage: Stage, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.cheat = _tampered(aud="another-client")
    visitor = stage.visitor()
    back = _away(visitor)
    caplog.clear()
    visitor.get(back)
    told = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("urllib3"))
    assert "ID token that is not good" in told
    for secret in (dict(parse_qsl(urlsplit(back).query))["code"], SECRET, "4711", "nora@"):
        assert secret not in told


def test_whoever_comes_from_the_provider_needs_no_password_of_ours_nor_a_second_factor(
    tmp_path: Path, provider: Provider
) -> None:
    stage = _stage(tmp_path, provider, require_second_factor="viewer")
    stage.write(add_moderator, "nora@example.org", role="owner", site_id=None, now=stage.runtime.clock())
    visitor = stage.visitor()
    _entered(visitor)
    assert visitor.get(DESK).status_code == 200
    begun = visitor.post("/moderation/account/app", "/moderation/account")
    assert (begun.status_code, "<svg" in begun.text) == (200, True)
    stage.at(stage.runtime.clock() + timedelta(minutes=11))
    late = visitor.post("/moderation/account/app", "/moderation/account")
    assert (late.status_code, "within ten minutes" in late.text) == (422, True)


def test_without_a_provider_there_is_no_button_and_no_way(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    assert "sso" not in stage.visitor().get("/moderation/login").text
    assert "not set up here" in stage.visitor().get(BEGIN).text
    assert stage.visitor().get(f"{DONE}?state=x&code=y").status_code == 401


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"oidc_issuer": "http://login.example.org", "oidc_client_id": "x"}, "COMMENTS_OIDC_ISSUER"),
        ({"oidc_issuer": "login.example.org", "oidc_client_id": "x"}, "COMMENTS_OIDC_ISSUER"),
        ({"oidc_issuer": "https://login.example.org"}, "COMMENTS_OIDC_CLIENT_ID"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load_settings(secret_key="k" * 40, **settings)
