"""What the playground says of itself without a demo, and whether anything in its address becomes markup."""

from tests.comments_service.web.newsroom import BASE_URL, Newsroom


def test_without_a_demo_the_publisher_types_the_site(shared_newsroom: Newsroom) -> None:
    answer = shared_newsroom.client.get("/playground")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert f'<main data-base="{BASE_URL}">' in page
    assert '<input name="site" value=""' in page
    # Which sites there are is nobody's business.
    assert "Harbour News" not in page
    assert '"news"' not in page


def test_it_runs_under_the_strict_policy_and_without_a_line_of_inline_code(shared_newsroom: Newsroom) -> None:
    answer = shared_newsroom.client.get("/playground")
    policy, page = answer.headers["Content-Security-Policy"], answer.get_data(as_text=True)
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_what_stands_in_the_address_stays_text(shared_newsroom: Newsroom) -> None:
    evil = '"><script>alert(1)</script>'
    page = shared_newsroom.client.get("/playground", query_string={"site": evil, "url": evil}).get_data(as_text=True)
    assert "<script>alert" not in page


def test_other_files_are_not_given_out(shared_newsroom: Newsroom) -> None:
    assert shared_newsroom.client.get("/playground/playground.js").mimetype == "text/javascript"
    assert shared_newsroom.client.get("/playground/page.css").status_code == 404
