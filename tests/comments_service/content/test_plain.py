"""Is the plain text what a reader sees, and is an excerpt short without half an address at its end?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.content.excerpt import excerpt
from comments_service.content.plain import plain
from comments_service.content.render import render
from comments_service.privacy.hide import find_addresses
from tests.comments_service.content.safe_html import text_of

PLAIN = {
    "": "",
    "*a* **b** ~~c~~ `d`": "a b c d",
    "one\ntwo\n\n\nthree": "one\ntwo\n\nthree",
    "> quote\n\n- item\n- item": "quote\n\nitem\n\nitem",
    "[text](https://example.com) <https://example.org>": "text https://example.org",
    "<b>x</b> &amp; &lt;": "<b>x</b> & <",
    "a\u202eb\u200bc\u00add": "abcd",
    "```\ncode\n```": "code",
    "1984. a year": "1984. a year",
}


@pytest.mark.parametrize(("source", "text"), PLAIN.items())
def test_plain(source: str, text: str) -> None:
    assert plain(source) == text


@given(st.text(alphabet="ab *_`~>-#\n1.[]()@<&", max_size=80))
def test_plain_text_is_the_text_of_the_page(source: str) -> None:
    page = text_of(render(source, find_hidden=find_addresses))
    assert plain(source, find_hidden=find_addresses).split() == page.split()


def test_addresses_are_hidden_on_demand() -> None:
    assert plain("write jane*@*example.com") == "write jane*@*example.com"
    assert plain("write jane*@*example.com", find_hidden=find_addresses) == "write [address hidden]"


@pytest.mark.parametrize(
    ("source", "limit", "text"),
    [
        ("short", 200, "short"),
        ("one\n\ntwo", 200, "one two"),
        ("one two three four", 14, "one two three…"),
        ("one two three four", 13, "one two…"),
        ("one two, three four", 10, "one two…"),
        ("onelongwordwithoutspaces", 10, "onelongwo…"),
        ("abc", 1, "…"),
    ],
)
def test_excerpts(source: str, limit: int, text: str) -> None:
    assert excerpt(source, limit) == text


@given(st.text(max_size=300), st.integers(1, 100))
def test_an_excerpt_keeps_its_limit_and_one_line(source: str, limit: int) -> None:
    text = excerpt(source, limit)
    assert len(text) <= limit
    assert "\n" not in text
    assert text == plain(source) or " ".join(plain(source).split()).startswith(text.removesuffix("…"))


@given(st.integers(20, 45))
def test_no_half_address_is_left_by_the_cut(limit: int) -> None:
    text = excerpt("Please write to jane.doe@example.com about it", limit, find_hidden=find_addresses)
    assert "jane" not in text


def test_limits() -> None:
    with pytest.raises(ValueError, match="at least one"):
        excerpt("x", 0)
    with pytest.raises(ValueError, match="at most 10000"):
        plain("x" * 10_001)
