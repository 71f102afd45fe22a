"""Is a path that is not there a 404, a method that is not offered a 405, and a browser's question still answered?"""

import pytest

from tests.comments_service.web.newsroom import ORIGIN, Newsroom

HERE = "/api/v1/sites/news"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nothing", "/comments/" + "f" * 24 + "/nothing", "/", "/comments/"])
def test_what_is_not_there_is_a_404(shared_newsroom: Newsroom, method: str, path: str) -> None:
    answer = shared_newsroom.client.open(HERE + path, method=method, json={})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_offered_is_a_405_with_those_that_are(shared_newsroom: Newsroom) -> None:
    answer = shared_newsroom.client.put(f"{HERE}/comments", json={})
    assert answer.status_code == 405
    assert {"GET", "POST", "OPTIONS"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize("path", ["/comments", "/preview", "/comments/" + "f" * 24, "/comments/" + "f" * 24 + "/votes"])
def test_a_browser_that_asks_before_it_sends_is_answered(shared_newsroom: Newsroom, path: str) -> None:
    def ask(origin: str, site: str = "news") -> dict[str, str]:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = shared_newsroom.client.options(f"/api/v1/sites/{site}{path}", headers=headers)
        assert answer.status_code == (204 if site == "news" else 404)
        return {name: value for name, value in answer.headers.items() if name.startswith("Access-Control")}

    allowed = ask(ORIGIN)
    assert allowed["Access-Control-Allow-Origin"] == ORIGIN
    assert {"PATCH", "DELETE"} <= {name.strip() for name in allowed["Access-Control-Allow-Methods"].split(",")}
    assert ask("https://evil.example") == {}
    assert ask(ORIGIN, "none") == {}
