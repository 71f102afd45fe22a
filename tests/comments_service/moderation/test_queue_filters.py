"""Do views and filters show what they say, together and on both databases; is what cannot be used told by its field?"""

from typing import Any

import pytest

from tests.comments_service.moderation.stage import Stage, Visitor

QUEUE = "/api/v1/moderation/queue"


def shown(visitor: Visitor, **query: Any) -> set[str]:
    """Ids of the comments that the API gives."""
    answer = visitor.get(QUEUE, query_string={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    return {comment["id"] for comment in answer.get_json()["comments"]}


def test_each_filter_alone_and_all_together(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    stage.add_site("other")
    mona = stage.moderator("mona")
    wanted = stage.comment(
        "Casino here",
        name="Anna Ünlü",
        address="anna@example.org",
        scores={"spam": 0.9, "toxic": 0.1},
        policy="spam_score",
        checks=[("links", "hold", "3 links"), ("bans", "pass", "")],
        minutes_ago=60,
    )
    second = stage.comment("Again", address="anna@example.org", minutes_ago=60 * 24 * 9)
    beside = stage.comment(site="other", scores={"spam": 0.2})
    everything = {wanted, second, beside}
    today = stage.runtime.clock().date().isoformat()
    for query, expected in (
        ({}, everything),
        ({"site": "other"}, {beside}),
        ({"thread": "https://demo.example/a?utm_source=x#top"}, {wanted, second}),
        ({"thread": "https://demo.example/unheard-of"}, set()),
        ({"thread_of": beside}, {beside}),
        ({"author": second}, {wanted, second}),
        ({"author": beside}, {beside}),
        ({"name": "nna"}, {wanted}),
        ({"label": "spam", "least": "90"}, {wanted}),
        ({"label": "spam", "most": "20"}, {beside}),
        ({"label": "spam", "least": "21", "most": "89"}, set()),
        ({"label": "threat", "least": "0"}, set()),
        ({"reason": "spam_score"}, {wanted}),
        ({"reason": "links"}, {wanted}),
        ({"reason": "bans"}, set()),
        ({"days": "7"}, {wanted, beside}),
        ({"to": "1999-01-01"}, set()),
        ({"from": today, "to": "9000-01-01", "author": second, "label": "spam", "least": "50"}, {wanted}),
    ):
        assert shown(mona, **query) == expected - (set() if "from" not in query else everything - {wanted}), query


def test_views_of_uncertain_and_first_comments(stage_anywhere: Stage) -> None:
    stage, known = stage_anywhere, "known@example.org"
    mona = stage.moderator("mona")
    stage.comment(machine="approve", address=known)
    regular = stage.comment(address=known)
    newcomer = stage.comment(address="new@example.org")
    nameless = stage.comment()
    assert shown(mona, status="first_time") == {newcomer}
    assert shown(mona, status="pending") == {regular, newcomer, nameless}
    assert len(shown(mona, status="all")) == 4
    mona.api("/api/v1/moderation/decisions", {"ids": [newcomer], "decision": "approve"})
    assert shown(mona, status="first_time") == set()
    assert mona.get("/moderation/counts").get_json()["counts"]["first_time"] == 0


@pytest.mark.parametrize(
    ("field", "query"),
    [
        ("label", {"label": "beauty", "least": "3"}),
        ("label", {"least": "3"}),
        ("least", {"label": "spam"}),
        ("least", {"label": "spam", "least": "101"}),
        ("most", {"label": "spam", "most": "٣"}),
        ("days", {"days": "0"}),
        ("days", {"days": "9" * 400}),
        ("from", {"from": "2026-02-30"}),
        ("to", {"to": "9999-12-31"}),
        ("thread", {"thread": "not a url"}),
        ("thread", {"thread": "https://a.example/" + "x" * 3000}),
        ("name", {"name": "a\x00b"}),
        ("author", {"author": "a@example.org"}),
        ("language", {"language": "'; --"}),
        ("reason", {"reason": "a b"}),
        ("wish", {"wish": "1"}),
    ],
)
def test_what_cannot_be_used_is_told_by_its_field(stage: Stage, field: str, query: dict[str, str]) -> None:
    mona = stage.moderator("mona")
    answer = mona.get(QUEUE, query_string=query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
    page = mona.get("/moderation/", query_string=query)
    assert page.status_code == (200 if field == "wish" else 422)


def test_a_comment_of_another_site_names_no_author_and_no_article(stage: Stage) -> None:
    stage.add_site("other")
    secret = stage.comment(site="other", address="a@example.org")
    fred = stage.moderator("fred", site="demo")
    for name in ("author", "thread_of"):
        for comment in (secret, "nothing"):
            assert fred.get(QUEUE, query_string={name: comment}).status_code == 404
            assert fred.get("/moderation/", query_string={name: comment}).status_code == 404


def test_a_filter_is_a_chip_that_can_be_removed_and_survives_a_decision(stage: Stage) -> None:
    kept, other = stage.comment(name="Anna"), stage.comment(name="Berta")
    mona = stage.moderator("mona")
    page = mona.get("/moderation/?name=anna&days=3&sort=oldest")
    assert 'href="/moderation/?sort=oldest&amp;days=3"' in page.text, "the name's chip leads to the page without it"
    assert mona.items("/moderation/?name=anna&days=3&sort=oldest") == [kept]
    assert mona.items("/moderation/?name=nobody") == []
    answer = mona.post("/moderation/decisions", ids=other, decision="spam", filters="name=anna", sort="oldest")
    assert answer.headers["Location"] == "/moderation/?sort=oldest&name=anna"


def test_an_authors_page_counts_and_lists_what_this_address_wrote_on_the_site(stage: Stage) -> None:
    stage.add_site("other")
    anna = "anna@leaky.example"
    first = stage.comment("Number one", address=anna, machine="approve", minutes_ago=60)
    second = stage.comment("Number two", address=anna)
    stage.comment("Elsewhere", address=anna, site="other")
    mona = stage.moderator("mona")
    assert f'href="/moderation/comments/{second}/author"' in mona.get("/moderation/").text
    page = mona.get(f"/moderation/comments/{second}/author").text
    assert "Number one" in page
    assert "Number two" in page
    assert "Elsewhere" not in page
    assert anna not in page
    assert f"/moderation/comments/{first}" in page
    assert mona.get(f"/moderation/comments/{second}/author?cursor=x").status_code == 404
