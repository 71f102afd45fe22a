"""The account page: the desk's language, and where one is logged in."""

import re

import pytest

from comments_service.accounts.browsers import coarse_browser
from comments_service.web.wording import desk_languages
from tests.comments_service.moderation.stage import PASSWORD, Stage, Visitor

ACCOUNT, DESK = "/moderation/account", "/moderation/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_ENDING = re.compile(r'name="session" value="(\d+)"')


def _logged_in(stage: Stage, login: str, agent: str) -> Visitor:
    visitor = stage.visitor()
    visitor.client.environ_base["HTTP_USER_AGENT"] = agent
    assert visitor.log_in(login).status_code == 303
    return visitor


def test_the_list_tells_kind_of_browser_and_time_and_marks_this_one(stage: Stage) -> None:
    stage.account("nora")
    page = _logged_in(stage, "nora", FIREFOX).get(ACCOUNT).text
    assert "Firefox on Linux" in page
    assert page.count("this one") == 1
    assert "rv:140.0" not in page
    assert "127.0.0.1" not in page
    assert "nowhere else" in page


def test_logging_in_again_in_the_same_browser_leaves_no_login_behind(stage: Stage) -> None:
    stage.account("nora")
    visitor = _logged_in(stage, "nora", FIREFOX)
    token = visitor.token(ACCOUNT)
    form = {"login": "nora", "password": PASSWORD, "csrf_token": token}
    assert visitor.client.post("/moderation/login", data=form).status_code == 303
    assert "nowhere else" in visitor.get(ACCOUNT).text


def test_one_login_is_ended_from_another(stage: Stage) -> None:
    stage.account("nora")
    here, there, third = (_logged_in(stage, "nora", FIREFOX) for _ in range(3))
    ids = _ENDING.findall(here.get(ACCOUNT).text)
    assert len(ids) == 2
    here.post("/moderation/account/sessions/end", ACCOUNT, session=min(ids, key=int))
    assert [visitor.get(DESK).status_code for visitor in (here, there, third)] == [200, 302, 200]


def test_all_others_are_ended_at_once_and_tokens_stay(stage: Stage) -> None:
    stage.account("nora")
    here, there = (_logged_in(stage, "nora", "") for _ in range(2))
    token = stage.bearer("nora")
    here.post("/moderation/account/sessions/end-others", ACCOUNT)
    assert [visitor.get(DESK).status_code for visitor in (here, there)] == [200, 302]
    assert stage.app.test_client().get("/api/v1/moderation/queue", headers=token).status_code == 200


@pytest.mark.parametrize("number", ["1", "0", "-1", "9" * 40, "x", "٣", ""])
def test_nobody_ends_a_colleagues_login_or_breaks_anything(stage: Stage, number: str) -> None:
    nora, mona = stage.moderator("nora"), stage.moderator("mona")
    assert mona.post("/moderation/account/sessions/end", ACCOUNT, session=number).status_code == 303
    assert nora.get(DESK).status_code == 200


def test_a_language_is_kept_for_this_person_and_an_unknown_one_refused(stage: Stage) -> None:
    nora = stage.moderator("nora")
    language = desk_languages()[0]
    assert nora.post("/moderation/account/language", ACCOUNT, language=language).status_code == 303
    page = nora.get(ACCOUNT).text
    assert f'<html lang="{language}"' in page
    assert f'value="{language}" lang="{language}" selected' in page
    assert nora.post("/moderation/account/language", ACCOUNT, language="xx-\x00").status_code == 422


def test_an_account_is_in_no_programs_hands(stage: Stage) -> None:
    stage.account("nora", "owner")
    client, header = stage.app.test_client(), stage.bearer("nora")
    assert client.get(ACCOUNT, headers=header).status_code == 403
    form = {"old": PASSWORD, "new": "a quite different one", "again": "a quite different one"}
    assert client.post("/moderation/password", data=form, headers=header).status_code == 403


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (FIREFOX, "Firefox/Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome/Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge/Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari/macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/1 Safari/604.1", "Safari/iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome/Android"),
        ("curl/8.5.0", ""),
        ("Linux", "/Linux"),
    ],
)
def test_a_browser_is_said_in_two_words_at_most(header: str, words: str) -> None:
    assert coarse_browser(header) == words
