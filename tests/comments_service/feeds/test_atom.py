"""Is the feed Atom 1.0 that every reader can parse, whatever people write?"""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests.comments_service.web.newsroom import ARTICLE, Newsroom

FEED = "/api/v1/sites/news/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = [
    "]]> <![CDATA[ x",
    "<script>alert(1)</script> & &amp; &lt;",
    "\x01\x08\x0b\x1f\ufffe\uffff control",
    "\U0001f600 \u202e right to left",
    '<!ENTITY x "y"> <?xml version="1.0"?> <!--',
    "</content></entry></feed>",
]


def feed(newsroom: Newsroom, **query: str) -> ET.Element:
    answer = newsroom.client.get(FEED, query_string=query)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.get_data())


def test_hostile_texts_stay_texts(newsroom: Newsroom) -> None:
    for number, text in enumerate(HOSTILE):
        newsroom.approved(body=f"{text} {number}", name=f"N {text}"[:80], title=text, url=f"{ARTICLE}/{number}")
    root = feed(newsroom)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(HOSTILE)
    assert {child.tag for entry in entries for child in entry} == {
        f"{ATOM}{tag}" for tag in ("id", "title", "published", "updated", "link", "author", "content")
    }
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        assert "<script" not in (content.text or "")


def test_the_feed_has_what_the_format_asks_for(newsroom: Newsroom) -> None:
    first = newsroom.approved(url=ARTICLE, title="The harbour", name="Ann")
    second = newsroom.approved(url="https://news.example/other", name="Bob")
    root = feed(newsroom)
    assert root.findtext(f"{ATOM}id") == root.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
    assert root.findtext(f"{ATOM}id", "").startswith("https://comments.example/")
    assert root.findtext(f"{ATOM}title") == "Harbour News"
    ids = [entry.findtext(f"{ATOM}id", "") for entry in root.findall(f"{ATOM}entry")]
    assert ids == [f"https://comments.example/comments/{one['id']}" for one in (second, first)]
    assert root.findtext(f"{ATOM}updated") == second["comment"]["created_at"]
    own = feed(newsroom, url=ARTICLE)
    assert own.findtext(f"{ATOM}title") == "Harbour News: The harbour"
    address = own.findtext(f"{ATOM}id", "")
    assert address != root.findtext(f"{ATOM}id"), "two feeds, two ids"
    assert newsroom.client.get(address.removeprefix("https://comments.example")).status_code == 200
    assert [entry.find(f"{ATOM}link").get("href") for entry in own.findall(f"{ATOM}entry")] == [  # type: ignore[union-attr]
        f"{ARTICLE}#comment-{first['id']}"
    ]


def test_only_what_is_approved_and_the_newest_fifty(newsroom: Newsroom) -> None:
    sent = [newsroom.posted() for _ in range(52)]
    newsroom.judge()
    newsroom.decide(sent[-1]["id"], "reject")
    entries = feed(newsroom).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id", "")[-24:] for entry in entries] == [one["id"] for one in sent[50:0:-1]]


def test_an_unchanged_feed_is_a_304(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    etag = newsroom.client.get(FEED).headers["ETag"]
    assert newsroom.client.get(FEED, headers={"If-None-Match": etag}).status_code == 304
    newsroom.decide(posted["id"], "spam")
    assert newsroom.client.get(FEED, headers={"If-None-Match": etag}).status_code == 200


def test_an_empty_thread_has_an_empty_feed(shared_newsroom: Newsroom) -> None:
    assert feed(shared_newsroom, url="https://news.example/none").findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("url", ["nonsense", "javascript:alert(1)", ""])
def test_a_wrong_url_is_refused(shared_newsroom: Newsroom, url: str) -> None:
    answer: Any = shared_newsroom.client.get(FEED, query_string={"url": url})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "url"
