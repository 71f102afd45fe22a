"""Is the page that a publisher's server puts into its article whole, harmless, and the same data that the API gives?"""

import json
import re

import pytest
from werkzeug.test import TestResponse

from comments_service.web.embed.drawing.avatar import avatar
from tests.comments_service.web.newsroom import ARTICLE, BASE_URL, Newsroom

FRAGMENT = "/sites/news/fragment"


def _asked(newsroom: Newsroom, headers: dict[str, str] | None = None, **query: str) -> TestResponse:
    return newsroom.client.get(FRAGMENT, query_string={"url": ARTICLE, **query}, headers=headers)


def _data(markup: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json">(.*?)</script>', markup, re.DOTALL)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


def test_it_carries_what_the_api_gives(newsroom: Newsroom) -> None:
    top = newsroom.approved(name="Ann")
    newsroom.approved(parent_id=top["id"], name="Bob", body="Since *Monday*.")
    for sort in ("oldest", "newest"):
        assert _data(_asked(newsroom, sort=sort).get_data(as_text=True)) == newsroom.thread(sort=sort)


def test_the_element_gets_the_publisher_s_attributes_and_absolute_addresses(newsroom: Newsroom) -> None:
    newsroom.approved()
    markup = _asked(newsroom, lang="de", theme="dark", title='The "bridge"').get_data(as_text=True)
    element = f'<comment-section site="news" url="{ARTICLE}" title="The &#34;bridge&#34;" lang="de" theme="dark">'
    assert markup.startswith(f'{element}<template shadowrootmode="open">')
    assert markup.endswith("</template></comment-section>")
    assert re.search(rf'<link rel="stylesheet" href="{BASE_URL}/embed/reading\.css\?v=\w+">', markup)
    assert f'action="{BASE_URL}/sites/news/thread?url=' in markup
    assert "1 Kommentar" in markup


def test_it_may_be_kept_for_a_minute_and_asked_for_by_its_etag(newsroom: Newsroom) -> None:
    first = _asked(newsroom)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = _asked(newsroom, {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    newsroom.approved()
    assert _asked(newsroom, {"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_closed_thread_has_no_form(newsroom: Newsroom) -> None:
    newsroom.approved()
    newsroom.run_sql("UPDATE threads SET open = false")
    markup = _asked(newsroom).get_data(as_text=True)
    assert "Comments are closed." in markup
    assert "<form" not in markup


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--<script>"]
)
def test_nothing_that_is_typed_becomes_markup(newsroom: Newsroom, text: str) -> None:
    newsroom.approved(name=text, title=text, body=f"{text} in the body")
    markup = _asked(newsroom, title=text, theme=text, lang=text).get_data(as_text=True)
    assert markup.count("<script") == 1
    assert markup.count("</script") == 1
    assert "<img" not in markup
    assert "<!--" not in markup
    assert _data(markup) == newsroom.thread()


@pytest.mark.parametrize(("site", "url", "status"), [("news", "javascript:x", 422), ("nowhere", ARTICLE, 404)])
def test_what_is_not_there_is_no_fragment(shared_newsroom: Newsroom, site: str, url: str, status: int) -> None:
    answer = shared_newsroom.client.get(f"/sites/{site}/fragment", query_string={"url": url})
    assert answer.status_code == status
    assert "<comment-section" not in answer.get_data(as_text=True)


def test_avatars_are_the_widget_s() -> None:
    # What avatar.ts draws for these seeds.
    assert 'fill="hsl(0 45% 88%)"' in avatar("")
    assert 'd=""' in avatar("no seed")
    assert 'd="M1 1h1v1h-1zM5 1h1v1h-1z"' in avatar("00000001")
    assert 'd="M3 5h1v1h-1zM3 5h1v1h-1z"' in avatar("00004000")
    assert 'fill="hsl(255 50% 38%)"' in avatar("ffffffffabc")
