"""Whatever is sent to a public route, the answer is never a fault of ours."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comments_service.web.newsroom import ARTICLE, Newsroom

odd_text = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "\x00", "\ud800", "a@b.example", "https://news.example/harbour", "../..", "%00", "1" * 400, "{}"]
    ),
)
anything: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), odd_text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(odd_text, inner, max_size=3)),
    max_leaves=8,
)
FIELDS = ["url", "title", "parent_id", "name", "email", "website", "body", "notify", "form_token", "subject", "value",
    "voter", "reason", "note", "other"]  # fmt: skip
bodies = st.one_of(st.dictionaries(st.sampled_from(FIELDS), anything, max_size=8), anything)
PATHS = ["comments", "comments/{id}", "comments/{id}/votes", "comments/{id}/reports", "counts", "form", "feed.atom"]
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
HEADERS = ["Authorization", "Idempotency-Key", "Origin", "If-None-Match", "Accept-Encoding", "Accept", "Cookie",
    "X-Forwarded-For", "Content-Type", "Host", "If-Modified-Since", "Range", "Sec-Fetch-Site"]  # fmt: skip
QUERY = ["url", "sort", "limit", "cursor", "parent", "parent_id", "source", "site", "v"]
quick = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def posted(shared_newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    """A shown comment that the requests are about."""
    shared_newsroom.app.testing = False  # a fault must become a 500, not an exception in the test
    yield shared_newsroom.approved()
    assert shared_newsroom.thread()["comments"], "it is still served after all that"


def sent(newsroom: Newsroom, method: str, path: str, posted: dict[str, Any], **options: Any) -> None:
    where = f"/api/v1/sites/news/{path.format(id=posted['id'])}"
    answer = newsroom.client.open(where, method=method, **options)
    assert answer.status_code < 500, (method, where, options, answer.get_data(as_text=True)[:500])


@quick
@given(
    method=st.sampled_from(["POST", "PATCH", "PUT"]), path=st.sampled_from(PATHS[:4]), body=bodies, right=st.booleans()
)
def test_no_body(
    shared_newsroom: Newsroom, posted: dict[str, Any], method: str, path: str, body: Any, right: bool
) -> None:
    if right and isinstance(body, dict):
        body = {**shared_newsroom.submission(), **body}
    headers = {"Authorization": f"Bearer {posted['edit_token']}"} if right and path == PATHS[1] else {}
    data = json.dumps(body)
    sent(shared_newsroom, method, path, posted, data=data, content_type="application/json", headers=headers)


@quick
@given(
    path=st.sampled_from(PATHS[:4]),
    data=st.binary(max_size=200),
    kind=st.sampled_from(["application/json", "text/plain", "x/y; charset=utf-16"]),
)
def test_no_bytes(shared_newsroom: Newsroom, posted: dict[str, Any], path: str, data: bytes, kind: str) -> None:
    sent(shared_newsroom, "POST", path, posted, data=data, content_type=kind)


@quick
@given(
    path=st.sampled_from([*PATHS, "nothing"]),
    query=st.dictionaries(
        st.sampled_from(QUERY), st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=4
    ),
    about_it=st.booleans(),
)
def test_no_query(
    shared_newsroom: Newsroom, posted: dict[str, Any], path: str, query: dict[str, str], about_it: bool
) -> None:
    asked = {"url": ARTICLE, **query} if about_it else query
    for method in ("GET", "HEAD", "OPTIONS", "DELETE"):
        sent(shared_newsroom, method, path, posted, query_string=asked)


@quick
@given(
    path=st.sampled_from(PATHS),
    headers=st.dictionaries(st.sampled_from(HEADERS), header_text, max_size=5),
    method=st.sampled_from(["GET", "POST", "OPTIONS"]),
)
def test_no_header(
    shared_newsroom: Newsroom, posted: dict[str, Any], path: str, headers: dict[str, str], method: str
) -> None:
    body = {"data": json.dumps(shared_newsroom.submission())} if method == "POST" else {}
    sent(shared_newsroom, method, path, posted, headers=headers, query_string={"url": ARTICLE}, **body)


@quick
@given(
    form=st.dictionaries(
        st.sampled_from([*FIELDS, "once"]), st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=6
    ),
    url=st.one_of(st.just(ARTICLE), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)),
)
def test_no_form_and_no_page(shared_newsroom: Newsroom, posted: dict[str, Any], form: dict[str, str], url: str) -> None:
    for method, body in (("GET", None), ("POST", form)):
        answer = shared_newsroom.client.open(
            "/sites/news/thread", method=method, query_string={"url": url, **form}, data=body
        )
        assert answer.status_code < 500, (form, url)
        assert answer.mimetype == "text/html"
    for path in ("/sites/news/fragment", "/playground"):
        answer = shared_newsroom.client.get(path, query_string={"url": url, **form})
        assert answer.status_code < 500, (path, form, url)


@quick
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_no_path(shared_newsroom: Newsroom, posted: dict[str, Any], rest: str) -> None:
    for before in ("/", "/api/v1/sites/", "/api/v1/sites/news/comments/", "/sites/", "/demo/", "/api/v1/"):
        # A second slash would make the test client read a host, not a path.
        answer = shared_newsroom.client.get(before + rest.lstrip("/\\"))
        assert answer.status_code < 500, before + rest
