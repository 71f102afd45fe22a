"""Does a Flask application notice that comments are mounted in it?"""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect

from comments_service import CommentsService
from examples.host_app.newspaper import create_newspaper, database
from tests.comments_service.web.newsroom import settings_for
from tests.embedding.conftest import Embedded

REQUESTS = [
    ("GET", "/", {}),
    ("GET", "/articles/harbour", {}),
    ("GET", "/articles/nothing", {}),
    ("GET", "/about", {}),
    ("GET", "/log-in", {}),
    ("GET", "/nowhere", {}),
    ("GET", "/broken", {}),
    ("HEAD", "/about", {}),
    ("OPTIONS", "/articles/harbour", {}),
    ("DELETE", "/about", {}),
    ("POST", "/notes", {"data": {"note": "a note"}}),
    ("POST", "/notes?none", {}),
    ("POST", "/log-in", {"data": {"name": "ann"}}),
    ("GET", "/commentsx", {}),
    ("GET", "/comment", {}),
    ("GET", "/static/none.css", {}),
]


def answered(app: Flask, method: str, path: str, options: dict[str, Any], *, logged_in: bool) -> Any:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    if logged_in:
        token = _token(client)
        assert client.post("/log-in", data={"name": "ann", "csrf_token": token}).status_code == 302
        options = options | {"headers": {"X-CSRFToken": token}}
    answer = client.open(path, method=method, **options)
    # A CSRF token and the cookie that holds it are random by nature: everything else must be equal byte by byte.
    body = re.sub(rb'name="csrf_token" value="[^"]+"', b"<token>", answer.get_data())
    headers = [(name, re.sub(r"session=[^;]+", "session=…", value)) for name, value in answer.headers]
    return answer.status_code, [one for one in headers if one[0] != "Content-Length" or b"<token>" not in body], body


def _token(client: Any) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/log-in").get_data(as_text=True))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("logged_in", [False, True])
@pytest.mark.parametrize(("method", "path", "options"), REQUESTS)
def test_every_answer_of_the_host_is_the_same(
    embedded: Embedded, method: str, path: str, options: dict[str, Any], logged_in: bool
) -> None:
    with_comments = answered(embedded.host, method, path, options, logged_in=logged_in)
    assert with_comments == answered(embedded.alone, method, path, options, logged_in=logged_in)
    assert ("X-Newspaper", "The Newspaper") in with_comments[1]


def test_the_requests_above_meet_what_a_host_has(embedded: Embedded) -> None:
    """Its wall, its error pages and its CSRF protection: else the comparison would compare nothing."""
    found = {
        (method, path, logged_in): answered(embedded.host, method, path, options, logged_in=logged_in)
        for method, path, options in REQUESTS
        for logged_in in (False, True)
    }
    assert found["GET", "/", False][0] == 302
    assert b"You are ann." in found["GET", "/", True][2]
    assert b"not in today" in found["GET", "/articles/nothing", False][2]
    assert (found["GET", "/broken", True][0], b"Stop press!" in found["GET", "/broken", True][2]) == (500, True)
    assert found["POST", "/notes", False][0] == 400
    assert found["POST", "/notes", True][0] == 201
    assert found["POST", "/notes?none", True][2] == b'{"newspaper":"not like this"}\n'
    assert found["GET", "/about", False][2] == b'{"name":"The Newspaper","articles":1,"founded":1871}\n'
    assert b"Good morning" in found["GET", "/articles/harbour", False][2]


def test_nothing_of_the_host_is_extended_or_replaced(embedded: Embedded) -> None:
    host, alone = embedded.host, embedded.alone
    assert {rule.rule for rule in host.url_map.iter_rules()} == {rule.rule for rule in alone.url_map.iter_rules()}
    assert set(host.extensions) - set(alone.extensions) == {"comments_service"}
    assert set(host.blueprints) == set(alone.blueprints)
    for kept in (
        "before_request_funcs",
        "after_request_funcs",
        "teardown_request_funcs",
        "template_context_processors",
    ):
        assert len(getattr(host, kept)[None]) == len(getattr(alone, kept)[None]), kept
    assert set(host.error_handler_spec[None]) == set(alone.error_handler_spec[None])
    assert set(host.jinja_env.globals) == set(alone.jinja_env.globals)
    assert {k: v for k, v in host.config.items() if "URI" not in k} == {
        k: v for k, v in alone.config.items() if "URI" not in k
    }
    assert type(host.json) is type(alone.json)


def test_the_hosts_database_holds_the_hosts_tables_alone(embedded: Embedded) -> None:
    """Though one of them is called as one of the service's is."""
    with embedded.host.app_context():
        assert set(inspect(database.engine).get_table_names()) == {"article", "comments"}
        assert {column["name"] for column in inspect(database.engine).get_columns("comments")} == {"id", "note"}
    assert set(database.metadata.tables) == {"article", "comments"}


@pytest.mark.parametrize(
    "prefix", ["", "/", "comments", "/comments/", "//comments", "/a b", "/a?b", "/a%20b", "/../x", "/a//b"]
)
def test_a_bad_prefix_is_refused_with_an_example(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(ValueError, match="give a path such as '/comments'"):
        CommentsService(Flask("host"), url_prefix=prefix, settings=settings_for("sqlite", tmp_path))


def test_a_second_mount_is_refused(embedded: Embedded) -> None:
    with pytest.raises(ValueError, match="has a comments service already"):
        CommentsService(embedded.host, url_prefix="/other", settings=embedded.runtime.settings)
    assert embedded.host.test_client().get("/comments/healthz").status_code == 200


def test_it_can_be_made_first_and_mounted_later_deeper_down(tmp_path: Path) -> None:
    service = CommentsService(url_prefix="/a/b-c.d", settings=settings_for("sqlite", tmp_path))
    host = Flask("host")
    service.init_app(host)
    assert host.test_client().get("/a/b-c.d/healthz").status_code == 200
    assert host.test_client().get("/a/healthz").status_code == 404


def test_a_wrong_setting_leaves_the_host_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from comments_service.settings import SettingsError

    monkeypatch.setenv("COMMENTS_PORT", "many")
    host = create_newspaper(tmp_path, with_comments=False)
    with pytest.raises(SettingsError, match="COMMENTS_PORT"):
        CommentsService(host, url_prefix="/comments")
    assert host.extensions.get("comments_service") is None
    assert host.test_client().get("/about").status_code == 200
