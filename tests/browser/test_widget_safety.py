"""The widget under the strictest policy, among hostile attributes, and on a page that poisons the prototype."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.pages.serve import PublisherSite
from tests.browser.pages.widget import Widget, Wire, once

pytest_plugins = ("tests.browser.pages.fixtures",)

GOOD = "A fair account of both sides; I learned something about **toll bridges** today."


def strict_policy(service: str) -> str:
    return (
        f"default-src 'none'; script-src {service}; connect-src {service}; style-src {service}; "
        "require-trusted-types-for 'script'; trusted-types comments-service"
    )


def test_everything_works_under_a_strict_policy_with_trusted_types(
    page: Page, wire: Wire, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("article", url=article_url, policy=strict_policy(publisher.service)))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published("A fair account")
    expect(widget.comment("A fair account").locator("strong", has_text="toll bridges")).to_be_visible()

    widget.comment("A fair account").get_by_role("button", name="Vote up 0").click()
    expect(widget.comment("A fair account").get_by_role("button", name="Vote up 1")).to_have_attribute(
        "aria-pressed", "true"
    )
    widget.button("More actions").click()
    widget.button("Report").click()
    widget.root.get_by_label("What is wrong with this comment?").select_option("off_topic")
    widget.root.get_by_role("form", name="Report").get_by_role("button", name="Report").click()
    expect(widget.root.locator("[part=thanks]")).to_have_text("Thank you. A moderator will look at it.")
    assert wire.complaints == []
    # The styles are at work although the policy allows no inline style.
    assert (
        widget.button("Post comment").evaluate("button => getComputedStyle(button).backgroundColor")
        == "rgb(26, 95, 180)"
    )


def test_a_nonce_lets_the_script_load_its_parts_too(
    page: Page, wire: Wire, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    policy = strict_policy(publisher.service).replace(f"script-src {publisher.service}", "script-src 'nonce-once-only'")
    page.goto(publisher.page("nonce", url=article_url, policy=policy))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published("A fair account")
    widget.button("More actions").click()
    expect(widget.button("Report")).to_be_visible()
    assert wire.complaints == []


def test_without_its_policy_comments_are_shown_as_plain_words(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    policy = strict_policy(publisher.service).replace("trusted-types comments-service", "trusted-types 'none'")
    page.goto(publisher.page("article", url=article_url, policy=policy))
    widget = Widget(page).ready()
    widget.post(body=good, name="Ada", email="ada@mailbox.example.org")
    widget.expect_published("A fair account")
    expect(widget.comment("toll bridges").locator("strong", has_text="toll bridges")).to_have_count(0)


def test_hostile_attributes_and_a_poisoned_prototype_do_nothing(
    page: Page, wire: Wire, publisher: PublisherSite, article_url: str
) -> None:
    good = once(GOOD)
    page.goto(publisher.page("hostile", url=article_url))
    widget = Widget(page, "#well").ready()
    widget.post(body=good, name="<img src=x onerror=ran()>", email="ada@mailbox.example.org")
    widget.expect_published("A fair account")
    expect(widget.comment("A fair account").get_by_text("<img src=x onerror=ran()>")).to_be_visible()
    expect(widget.comment("A fair account").get_by_role("link", name="img")).to_have_count(0)
    expect(Widget(page, "#ill").root.get_by_text("The comments could not be loaded.", exact=False)).to_be_visible()
    assert page.evaluate("runs.length") == 0
    assert page.evaluate("document.querySelectorAll('img').length") == 0
    assert [url for url in wire.requested if "/api/v1/sites/demo/../" in url] == []


def test_html_that_the_server_should_never_send_is_cut_down_before_it_is_shown(
    page: Page, publisher: PublisherSite, article_url: str
) -> None:
    evil = (
        "<p onclick=ran() style=position:fixed id=x>kept <a href='javascript:ran()'>word</a> <img src=x onerror=ran()>"
        "<svg onload=ran()></svg><style>*{display:none}</style><iframe srcdoc='<script>parent.ran()</script>'></iframe>"
        "<a href='https://good.example/' rel='nofollow ugc' target=_top onmouseover=ran()>good</a></p>"
        "<script>ran()</script>"
    )

    def poison(route: Route) -> None:
        answer = route.fetch()
        author = {"name": "Eve", "website": "javascript:ran()", "avatar": '"><img src=x onerror=ran()>'}
        comment: dict[str, object] = {
            "id": 'x"><img src=x>',
            "parent_id": None,
            "author": author,
            "html": evil,
            "created_at": "not a date",
            "votes": {"up": 0, "down": 0},
            "replies": [],
            "reply_count": 0,
        }
        route.fulfill(response=answer, json={**answer.json(), "comments": [comment]})

    page.route("**/comments?**", poison)
    page.add_init_script("window.runs = []; window.ran = () => runs.push(1);")
    page.goto(publisher.page("article", url=article_url))
    comment = Widget(page).ready().comment("kept")
    expect(comment).to_be_visible()
    assert comment.locator("[part=body]").inner_html() == (
        '<p>kept <a>word</a> <a href="https://good.example/" rel="nofollow ugc">good</a></p>'
    )
    expect(comment.get_by_role("link", name="Eve")).to_have_count(0)
    assert page.evaluate("runs") == []


def test_the_script_leaves_no_global_behind(page: Page, publisher: PublisherSite, article_url: str) -> None:
    page.route("**/embed.js", lambda route: route.abort())
    page.goto(publisher.page("article", url=article_url))
    before = page.evaluate("Object.getOwnPropertyNames(globalThis).sort()")
    page.unroute("**/embed.js")
    page.goto(publisher.page("article", url=article_url))
    Widget(page).ready()
    assert page.evaluate("Object.getOwnPropertyNames(globalThis).sort()") == before
