"""A reader who talks to a stack by HTTP, as the widget does."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

GOOD = "Thank you for the clear explanation of the new harbour budget"


class Reader:
    """Posts to `base_url`; every comment has words of its own, so that none is a duplicate."""

    def __init__(self, base_url: str, site: str = "demo") -> None:
        self._site_url = f"{base_url}/api/v1/sites/{site}"
        self._session = requests.Session()

    def post(self, body: str = "", url: str = "https://news.example/budget", **values: Any) -> requests.Response:
        """POST one comment; the answer, whatever it is."""
        mark = secrets.token_hex(4)
        sent = {
            "url": url,
            "name": f"Ann {mark}",
            "email": f"ann.{mark}@example.org",
            "body": body or f"{GOOD} ({mark}).",
        }
        key = {"Idempotency-Key": secrets.token_hex(16)}
        return self._session.post(f"{self._site_url}/comments", json={**sent, **values}, headers=key, timeout=30)

    def status(self, posted: dict[str, Any]) -> str:
        """What has become of a comment that `post` answered 202 for."""
        headers = {"Authorization": f"Bearer {posted['edit_token']}"}
        answer = self._session.get(f"{self._site_url}/comments/{posted['id']}", headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["status"])

    def shown(self, url: str = "https://news.example/budget") -> list[dict[str, Any]]:
        """The first page of what everybody can read."""
        answer = self._session.get(f"{self._site_url}/comments", params={"url": url, "limit": 100}, timeout=30)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["comments"]
        return found


def post_many(base_url: str, count: int, writers: int = 4) -> list[str]:
    """Post `count` comments from `writers` at once; the ids of those that were acknowledged (all, or it fails)."""

    def some(number: int) -> list[str]:
        reader = Reader(base_url)
        answers = [reader.post() for _ in range(number)]
        assert {answer.status_code for answer in answers} <= {202}, [
            answer.text for answer in answers if answer.status_code != 202
        ]
        return [answer.json()["id"] for answer in answers]

    shares = [count // writers + (index < count % writers) for index in range(writers)]
    with ThreadPoolExecutor(writers) as pool:
        return [public_id for ids in pool.map(some, shares) for public_id in ids]
