"""Programs that call a newsroom by a surface they know already."""

from typing import Any

from werkzeug.test import TestResponse

from comments_service.moderation.api_keys import add_api_key, revoke_api_key
from tests.comments_service.web.newsroom import Newsroom

ANALYZE, SUGGEST = "/v1alpha1/comments:analyze", "/v1alpha1/comments:suggestscore"


class Caller:
    """A program with an API key of the site `news`."""

    def __init__(self, newsroom: Newsroom, per_minute: int = 10_000, scale: str = "own") -> None:
        self.newsroom = newsroom
        with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
            self.number, self.key = add_api_key(
                session, "news", name="forum", per_minute=per_minute, scale=scale, now=newsroom.runtime.clock()
            )

    def post(self, path: str, body: Any, **query: str) -> TestResponse:
        """POST `body` with the key."""
        return self.newsroom.client.post(path, json=body, query_string={"key": self.key} | query)

    def analyzed(self, text: str, *attributes: str, query: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        """The answer to a request that must succeed; TOXICITY where no attribute is named."""
        body = {"comment": {"text": text}, "requestedAttributes": {name: {} for name in attributes or ("TOXICITY",)}}
        answer = self.post(ANALYZE, body | more, **(query or {}))
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def refused(self, path: str, body: Any, status: int, **query: str) -> dict[str, Any]:
        """The error of a request that must be refused."""
        answer = self.post(path, body, **query)
        assert answer.status_code == status, answer.get_data(as_text=True)
        error: dict[str, Any] = answer.get_json()["error"]
        assert error["code"] == status
        return error

    def suggest(
        self, text: str, status: int = 200, more: dict[str, Any] | None = None, **scores: float
    ) -> TestResponse:
        """Suggest summary scores by attribute."""
        attributes = {name: {"summaryScore": {"value": value}} for name, value in scores.items()}
        answer = self.post(SUGGEST, {"comment": {"text": text}, "attributeScores": attributes} | (more or {}))
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer

    def revoke(self) -> None:
        """As `comments-service api-key revoke` does."""
        with self.newsroom.app.app_context(), self.newsroom.runtime.transaction() as session:
            revoke_api_key(session, self.number, self.newsroom.runtime.clock())


def value(answer: dict[str, Any], attribute: str = "TOXICITY") -> float:
    """The summary score of an attribute."""
    return float(answer["attributeScores"][attribute]["summaryScore"]["value"])
