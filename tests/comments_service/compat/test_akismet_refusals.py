"""What is not answered with true or false, and does it make a client hold the comment?"""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comments_service.compat.blogs import BLOG, KIND, SPAM, Blog, said
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

PATHS = ("/1.1/verify-key", "/1.1/comment-check", "/1.1/submit-spam", "/1.1/submit-ham", "/1.1/key-sites")


@pytest.fixture(scope="module")
def blog(shared_newsroom: Newsroom) -> Blog:
    return Blog(shared_newsroom)


def test_a_key_is_valid_for_any_blog_of_its_owner(blog: Blog) -> None:
    answer = blog.post("/1.1/verify-key", api_key="", key=blog.key)
    assert (answer.status_code, answer.text) == (200, "valid")
    assert blog.post("/1.1/verify-key").text == "valid"
    assert blog.post("/1.1/verify-key", blog="http://other.example:8000/blog/").text == "valid"


@pytest.mark.parametrize("path", [*PATHS, "/1.2/usage-limit"])
@pytest.mark.parametrize("key", ["", "ck-" + "0" * 48, "\x00", "clé"])
def test_a_wrong_key_is_invalid_in_akismets_word(blog: Blog, path: str, key: str) -> None:
    answer = blog.post(path, api_key=key)
    assert (answer.status_code, answer.text) == (200, "invalid")
    assert answer.headers["X-akismet-error"] == "invalid"
    assert "no such API key" in answer.headers["X-akismet-debug-help"]


def test_a_blog_must_be_named(blog: Blog) -> None:
    for path in PATHS[:4]:
        nameless, unreadable = blog.post(path, blog=""), blog.post(path, blog="http://")
        assert (nameless.text, nameless.headers["X-akismet-debug-help"]) == ("invalid", 'Empty "blog" value')
        assert unreadable.headers["X-akismet-debug-help"] == "We were unable to parse your blog URI"


def test_a_key_may_stand_before_the_host(blog: Blog) -> None:
    host = f"https://{blog.key.upper()}.comments.example:8443"
    assert blog.post("/1.1/verify-key", base_url=host, api_key="").text == "valid"
    assert blog.post("/1.1/comment-check", base_url=host, api_key="", comment_content=SPAM).text == "true"
    other = "https://ck-0000.comments.example"
    assert blog.post("/1.1/verify-key", base_url=other, api_key="").text == "invalid"
    assert len(blog.key) <= 63, "no label of a host name is longer"


def test_hosts_with_a_key_are_answered_below_these_paths_only(blog: Blog) -> None:
    client, host = blog.newsroom.client, f"https://{blog.key}.comments.example"
    for path in ("/healthz", "/api/v1/openapi.json", "/moderation/login", "/v1alpha1/comments:analyze", "/1.10/x"):
        assert client.get(path, base_url=host).status_code == 400
    for strange in (f"https://{blog.key}.evil.example", f"https://a.{blog.key}.comments.example"):
        answer = blog.post("/1.1/comment-check", base_url=strange, comment_content=KIND)
        assert answer.status_code == 400
        assert answer.text not in {"true", "false"}


def test_beyond_its_quota_a_key_is_told_to_wait(newsroom: Newsroom) -> None:
    blog = Blog(newsroom, per_minute=2)
    assert [blog.post("/1.1/verify-key").text for _ in range(2)] == ["valid", "valid"]
    answer = blog.post("/1.1/comment-check", comment_content=KIND)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert said(answer)[1] == "too_many"
    assert answer.text not in {"true", "false", "valid", "invalid"}


def test_without_a_model_nothing_is_published(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom()
    pointer = newsroom.settings.models_dir / "pointer.json"
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.write_text('{"current": "lost"}')
    newsroom.change(block_words="viagra")
    blog = Blog(newsroom)
    answer = blog.post("/1.1/comment-check", comment_content=KIND)
    assert (answer.status_code, answer.headers["X-akismet-error"]) == (503, "no_model")
    assert answer.text == "There is no model to ask right now."
    assert said(blog.check(SPAM)) == ("true", None, None), "a rule that says spam needs no model"
    assert blog.check(KIND, user_role="administrator").text == "false"


def test_what_breaks_is_never_taken_for_an_answer(newsroom: Newsroom) -> None:
    blog = Blog(newsroom)
    answers = [
        newsroom.client.get("/1.1/comment-check"),
        newsroom.client.post("/1.1/nothing-here"),
        blog.post("/1.1/comment-check", comment_content="x" * 300_000),
        newsroom.client.post("/1.1/comment-check", data="&".join(f"f{n}=1" for n in range(2000))),
    ]
    newsroom.run_sql("DROP TABLE blog_months")
    answers.append(blog.post("/1.1/comment-check", comment_content=KIND))
    for answer in answers:
        assert answer.text not in {"true", "false", "valid"}
        assert answer.headers["X-akismet-error"]
        assert "Traceback" not in answer.text
    assert {answer.status_code for answer in answers} <= {200, 400, 404, 405, 413, 503}


FIELDS = ("blog", "user_ip", "comment_author", "comment_author_email", "comment_author_url", "comment_content",
    "comment_context[]", "user_role", "is_test", "honeypot_field_name", "blog_charset", "month", "filter",
    "limit", "offset", "order", "format")  # fmt: skip
ODD = st.one_of(
    st.text(max_size=40), st.sampled_from(["\x00", "iso-8859-99", "a@b.example", "::1", "9" * 30, "[", "<a"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from([*PATHS, "/1.2/usage-limit"]), fields=st.dictionaries(st.sampled_from(FIELDS), ODD),
    tail=st.binary(max_size=20), named=st.booleans())  # fmt: skip
def test_no_form_breaks_it(blog: Blog, path: str, fields: dict[str, str], tail: bytes, named: bool) -> None:
    blog.newsroom.app.testing = False  # a fault must become a 500, not an exception in the test
    usual = {"api_key": blog.key} | ({"blog": BLOG} if named else {})
    body = urlencode(usual | fields, errors="replace").encode() + b"&x=" + tail
    kind = "application/x-www-form-urlencoded"
    assert blog.newsroom.client.post(path, data=body, content_type=kind).status_code < 500


def test_a_revoked_key_ends_at_once(newsroom: Newsroom) -> None:
    from tests.comments_service.compat.callers import Caller

    caller = Caller(newsroom)
    ask = {"api_key": caller.key, "blog": BLOG}
    assert newsroom.client.post("/1.1/verify-key", data=ask).text == "valid"
    caller.revoke()
    assert newsroom.client.post("/1.1/verify-key", data=ask).text == "invalid"
