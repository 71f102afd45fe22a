"""An author's status page, as a browser without JavaScript has it."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.comments_service.web.newsroom import Newsroom

WORDS = "It quotes the mayor, word for word, and insults nobody."


def address_of(newsroom: Newsroom, posted: dict[str, Any]) -> str:
    """Path and query of a fresh link to the status page of the comment."""
    parts = urlsplit(newsroom.own(posted).get_json()["status_url"])
    return f"{parts.path}?{parts.query}"


def open_page(newsroom: Newsroom, address: str, language: str = "en") -> str:
    """What the page says, without its markup, on one line; it must be there."""
    answer = newsroom.client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return said(answer)


def said(answer: TestResponse) -> str:
    body = re.sub(r"<textarea.*?</textarea>|<head>.*?</head>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(body).split())


def object_there(newsroom: Newsroom, address: str, words: str = WORDS) -> TestResponse:
    """Send the page's form and follow to where it leads."""
    return newsroom.client.post(
        address, data={"words": words}, headers={"Accept-Language": "en"}, follow_redirects=True
    )
