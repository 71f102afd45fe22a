"""Blogs that ask a newsroom as they asked Akismet."""

import secrets
from datetime import UTC, datetime

from werkzeug.test import TestResponse

from comments_service.moderation.api_keys import add_api_key
from comments_service.storage.tables import Ban, Site
from tests.comments_service.web.newsroom import BASE_URL, Newsroom

BLOG = "https://blog.example"
KIND = "Thank you for this thorough report about the ferry."
RUDE = "You are a stupid idiot"
SPAM = "Buy cheap viagra online now!!! Best casino bonus, click https://casino-win.example/ today"


class Blog:
    """A blog with an API key of the site `news`."""

    def __init__(self, newsroom: Newsroom, per_minute: int = 10_000) -> None:
        self.newsroom = newsroom
        with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
            self.number, self.key = add_api_key(
                session, "news", name="blog", per_minute=per_minute, scale="own", now=newsroom.runtime.clock()
            )

    def post(self, path: str, *, base_url: str = BASE_URL, **fields: str) -> TestResponse:
        """POST a form with the key and a blog, unless `fields` say otherwise; an empty field is left out."""
        usual = {"api_key": self.key, "blog": BLOG, "user_ip": "198.51.100.7"}
        sent = {name: value for name, value in (usual | fields).items() if value}
        return self.newsroom.client.post(path, data=sent, base_url=base_url)

    def check(self, content: str, **fields: str) -> TestResponse:
        """The answer to a check that must be understood."""
        answer = self.post("/1.1/comment-check", comment_content=content, **fields)
        assert answer.status_code == 200, answer.text
        assert answer.text in {"true", "false"}, answer.text
        return answer

    def correct(self, what: str, content: str, **fields: str) -> None:
        """Submit `content` as spam or ham."""
        answer = self.post(f"/1.1/submit-{what}", comment_content=content, **fields)
        assert (answer.status_code, answer.text) == (200, "Thanks for making the web a better place.")

    def ban(self, kind: str, pattern: str) -> None:
        """Ban an address (by its blind index), network, word or domain on the site."""
        with self.newsroom.app.app_context(), self.newsroom.runtime.transaction() as session:
            session.add(Ban(site_id=1, kind=kind, pattern=pattern, expires_at=None, created_at=datetime.now(UTC)))
            session.get_one(Site, 1).rules_version += 1


def said(answer: TestResponse) -> tuple[str, str | None, str | None]:
    """The word of an answer, why WordPress would hold it, and whether it may be thrown away."""
    return answer.text, answer.headers.get("X-akismet-error"), answer.headers.get("X-akismet-pro-tip")


def fresh(words: str) -> str:
    """A text that nobody sent before."""
    return f"{words} {secrets.token_hex(6)}"
