"""Does the whole road of a comment work below a prefix, with everything of the host switched on around it?"""

import re
from typing import Any

from comments_service.moderation.judge import judge_batch
from comments_service.outbox.claim import claim
from tests.comments_service.web.newsroom import WrittenScores
from tests.embedding.conftest import PASSWORD, Embedded

API = "/comments/api/v1/sites/newspaper"
ARTICLE = "http://localhost/articles/harbour"


def posted(embedded: Embedded, **fields: Any) -> dict[str, Any]:
    client = embedded.host.test_client()
    form = client.get(f"{API}/form", query_string={"url": ARTICLE}).get_json()
    body = {"url": ARTICLE, "name": "Ann", "email": "ann@example.org", "body": "A fine harbour.", **fields}
    answer = client.post(f"{API}/comments", json={**body, "form_token": form["form_token"]})
    assert answer.status_code == 202, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def judge(embedded: Embedded) -> None:
    with embedded.service.app_context():
        with embedded.runtime.transaction() as session:
            rows = claim(session, "judge", 10, 60)
        judge_batch(embedded.runtime, WrittenScores(), rows)


def csrf(page: Any) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert found is not None, page.get_data(as_text=True)
    return found[1]


def test_a_comment_goes_its_whole_road(embedded: Embedded) -> None:
    """Though the host has a login wall and CSRF protection for every page: the service's are its own."""
    told = posted(embedded)
    judge(embedded)
    client = embedded.host.test_client()
    shown = client.get(f"{API}/comments", query_string={"url": ARTICLE})
    assert [one["id"] for one in shown.get_json()["comments"]] == [told["id"]]
    assert "X-Newspaper" not in shown.headers
    kept = client.get(f"{API}/comments", query_string={"url": ARTICLE})
    assert kept.get_data() == shown.get_data()
    bearer = {"Authorization": f"Bearer {told['edit_token']}"}
    assert client.get(f"{API}/comments/{told['id']}", headers=bearer).get_json()["status"] == "approved"
    vote = client.post(f"{API}/comments/{told['id']}/votes", json={"value": 1})
    assert vote.status_code == 204
    counted = client.get(f"{API}/counts", query_string={"url": ARTICLE}).get_json()["counts"]
    assert counted == {ARTICLE: 1}
    feed = client.get(f"{API}/feed.atom").get_data(as_text=True)
    assert f"http://localhost{API}/feed.atom" in feed


def test_the_article_finds_its_widget_below_the_prefix(embedded: Embedded) -> None:
    client = embedded.host.test_client()
    page = client.get("/articles/harbour").get_data(as_text=True)
    found = re.search(r'<script src="([^"]+)"', page)
    assert found is not None
    script = client.get(found[1])
    assert script.mimetype == "text/javascript"
    assert b"comment-section" in script.get_data()
    link = re.search(r'<a href="(/comments/[^"]+)"', page)
    assert link is not None
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200


def test_the_page_without_javascript_stays_below_the_prefix(embedded: Embedded) -> None:
    client = embedded.host.test_client()
    page = client.get("/comments/sites/newspaper/thread", query_string={"url": ARTICLE}).get_data(as_text=True)
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', page)
    assert action.startswith("/comments/sites/newspaper/thread?url=")
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert client.get(style).mimetype == "text/css"
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    answer = client.post(action, data={**fields, "name": "Bob", "email": "bob@example.org", "body": "Without scripts."})
    assert answer.status_code == 202


def test_the_drawn_page_and_the_playground_name_addresses_below_the_prefix(embedded: Embedded) -> None:
    client = embedded.host.test_client()
    drawn = client.get("/comments/sites/newspaper/fragment", query_string={"url": ARTICLE}).get_data(as_text=True)
    named = re.findall(r'(?:href|action)="(http://localhost/comments/[^"]+)"', drawn)
    assert [client.get(address.replace("&amp;", "&")).status_code for address in named] == [200, 200]
    playground = client.get("/comments/playground").get_data(as_text=True)
    assert 'data-base="http://localhost/comments"' in playground
    for address in re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', playground):
        assert client.get(address).status_code == 200, address


def test_wrong_requests_below_the_prefix_get_the_services_answers(embedded: Embedded) -> None:
    client = embedded.host.test_client()
    for path, status in (("/comments/nowhere", 404), ("/comments", 404), ("/comments/", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert "today's paper" not in answer.get_data(as_text=True)
    for path, status in ((f"{API}/nowhere", {404, 405}), ("/comments/api/v1/moderation/queue", {401})):
        answer = client.get(path)
        assert answer.status_code in status
        assert answer.mimetype == "application/problem+json"
    wrong = client.post(f"{API}/comments", json={})
    assert (wrong.status_code, wrong.mimetype) == (422, "application/problem+json")


def test_the_desk_logs_in_below_the_prefix_without_touching_the_hosts_login(embedded: Embedded) -> None:
    told = posted(embedded, body="Hm, spam=0.7")
    judge(embedded)
    client = embedded.host.test_client()
    sent_to_login = client.get("/comments/moderation/")
    assert sent_to_login.status_code == 302
    assert sent_to_login.headers["Location"].startswith("/comments/moderation/login")
    token = csrf(client.get("/comments/moderation/login"))
    answer = client.post(
        "/comments/moderation/login", data={"login": "desk", "password": PASSWORD, "csrf_token": token}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/comments/moderation/")
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(one.startswith("comments_session=") and "Path=/comments;" in f"{one};" for one in cookies)
    assert not any(one.startswith("session=") for one in cookies), "that one is the host's"
    queue = client.get("/comments/moderation/")
    assert queue.status_code == 200
    page = queue.get_data(as_text=True)
    assert told["id"] in page
    inside = list(re.findall(r'(?:href|action|src)="(/[^"]*)"', page))
    assert inside
    assert all(link.startswith("/comments/") for link in inside), inside
    assert client.get("/").headers["Location"] == "/log-in", "the host does not know this person"
    assert client.get("/comments/api/v1/moderation/queue").status_code == 200


def test_a_host_behind_a_prefix_of_its_own(embedded: Embedded) -> None:
    answer = embedded.host.test_client().get("/comments/moderation/", environ_overrides={"SCRIPT_NAME": "/paper"})
    assert answer.headers["Location"].startswith("/paper/comments/moderation/login")
