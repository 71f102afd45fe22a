"""Do clients that were written for Akismet get along with nothing changed but the host: `akismet`, `pykismet3`?"""

import threading
from collections.abc import Iterator

import akismet
import httpx
import pykismet3
import pytest
from akismet import _common
from werkzeug.serving import make_server

from tests.comments_service.compat.blogs import BLOG, KIND, RUDE, SPAM, Blog
from tests.comments_service.web.newsroom import BASE_URL, Newsroom
from tests.stacks.ports import free_port

IP = "198.51.100.7"
HOST = "comments.example"


@pytest.fixture
def blog(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A blog whose client asks us; the client has its host as a constant, and no option for it."""
    monkeypatch.setattr(_common, "_API_URL", BASE_URL)
    return Blog(newsroom)


def client_of(blog: Blog, key: str) -> akismet.SyncClient:
    """As its documentation makes one, with our application behind its own HTTP library."""
    http = httpx.Client(transport=httpx.WSGITransport(app=blog.newsroom.app))
    return akismet.SyncClient.validated_client(config=akismet.Config(key, BLOG), http_client=http)


def test_it_verifies_checks_and_corrects(blog: Blog) -> None:
    client = client_of(blog, blog.key)
    answers = akismet.CheckResponse
    assert client.comment_check(IP, comment_content=KIND, comment_author="Ann") is answers.HAM
    assert client.comment_check(IP, comment_content=SPAM) is answers.SPAM
    assert client.comment_check(IP, comment_content=RUDE) is answers.SPAM, "it knows no waiting, and does not publish"
    assert client.comment_check(IP, comment_content=SPAM, user_role="administrator") is answers.HAM
    blog.ban("network", "198.51.100.0/24")
    assert client.comment_check(IP, comment_content=SPAM, comment_context="pills", is_test=True) is answers.DISCARD
    assert client.submit_spam(IP, comment_content=KIND)
    assert client.submit_ham(IP, comment_content=RUDE, comment_author_email="ann@mail.example")
    assert client.usage_limit() == {"limit": "none", "usage": 4, "percentage": "0.00", "throttled": False}


def test_it_is_told_that_its_key_is_none(blog: Blog) -> None:
    with pytest.raises(akismet.APIKeyError):
        client_of(blog, "123456789abc")


def test_it_lists_blogs_where_the_key_stands_before_the_host(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """It sends no key along with this request, to Akismet either."""
    client = client_of(blog, blog.key)
    client.comment_check(IP, comment_content=KIND)
    with pytest.raises(akismet.APIKeyError):
        client.key_sites()
    monkeypatch.setattr(_common, "_API_URL", f"https://{blog.key}.{HOST}")
    assert client.key_sites()["total"] == 1
    assert "blog.example,1,0,1,0,0,false" in client.key_sites(result_format="csv")


@pytest.fixture
def served(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A blog whose client asks `comments.example`, to which all requests of this process go, as through a proxy."""
    port = free_port()
    server = make_server("127.0.0.1", port, newsroom.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    for name in ("CHECK", "SUBMIT_SPAM", "SUBMIT_HAM"):
        theirs = f"AKISMET_{name}_URL"
        monkeypatch.setattr(pykismet3, theirs, getattr(pykismet3, theirs).replace("rest.akismet.com", HOST))
    yield Blog(newsroom)
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_the_other_client_of_pypi_puts_its_key_before_the_host(served: Blog) -> None:
    client = pykismet3.Akismet(blog_url=BLOG, api_key=served.key, user_agent="Blog/1.0")
    usual = {"user_ip": IP, "user_agent": "Mozilla/5.0", "referrer": ""}
    assert client.check(usual | {"comment_content": KIND}) is False
    assert client.check(usual | {"comment_content": SPAM}) is True
    client.submit_ham(usual | {"comment_content": RUDE})
    client.submit_spam(usual | {"comment_content": KIND})
    assert served.newsroom.run_sql("SELECT text FROM suggestions ORDER BY id") == [(RUDE,), (KIND,)]
    client.api_key = "ck-of-nobody"
    with pytest.raises(pykismet3.AkismetServerError, match="invalid"):
        client.check(usual | {"comment_content": KIND})
