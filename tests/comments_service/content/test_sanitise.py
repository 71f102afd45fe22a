"""Does anything but the allowed elements and links leave the one sanitising function?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.content.sanitise import sanitise
from tests.comments_service.content.payloads import EVENTS, TAGS, all_payloads, hrefs
from tests.comments_service.content.safe_html import faults, text_of

MARKUP = (
    "<!-- --> <![CDATA[ ]]> </ /> <a href= https://example.com/ //x x &lt; &#60; &#x3c; <p> </p> <b> <a> </a> <pre>"
    " <code> <li> <svg> <math> <table> <td> <select> <template> javascript: title= lang= id= class="
)
PIECES = st.sampled_from(
    [*MARKUP.split(" "), *"<>&\"'`=/! \n\0-[]", *(f"<{tag}>" for tag in TAGS.split()), *EVENTS.split()]
)
FRAGMENTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


@pytest.mark.parametrize("payload", all_payloads())
def test_no_payload_gets_through(payload: str) -> None:
    assert faults(sanitise(payload)) == []


@pytest.mark.parametrize("href", hrefs())
@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_no_such_href_stays(href: str, quote: str) -> None:
    clean = sanitise(f"<a href={quote}{href}{quote}>x</a>")
    assert faults(clean) == []
    assert "href" not in clean or not quote  # without quotes a blank ends the URL, and what is before may be one


@given(FRAGMENTS)
def test_whatever_goes_in_safe_html_comes_out(fragment: str) -> None:
    assert faults(sanitise(fragment)) == []


@given(FRAGMENTS)
def test_sanitising_twice_changes_nothing(fragment: str) -> None:
    """The second pass is an HTML5 parser's view of the first one's result: nothing in it reads otherwise."""
    clean = sanitise(fragment)
    assert sanitise(clean) == clean


@pytest.mark.parametrize(
    "mutating", ["<a><table><a>", "<A><TABLE><A>x", "<a href=https://a.b><table><td><a href=https://c.d>x"]
)
def test_links_nested_through_a_table_settle(mutating: str) -> None:
    clean = sanitise(mutating)
    assert sanitise(clean) == clean
    assert faults(clean) == []


def test_what_is_allowed_stays() -> None:
    allowed = (
        "<p>a<br>b <em>c</em> <strong>d</strong> <del>e</del> <code>f</code></p><pre><code>g\n</code></pre>"
        "<blockquote><ul><li>h</li></ul><ol><li>i</li></ol></blockquote>"
        '<p><a href="https://example.com/?a=1&amp;b=2" rel="nofollow ugc noopener noreferrer">j</a></p>'
    )
    assert sanitise(allowed) == allowed
    assert text_of(sanitise("<h1>Big</h1> <b>bold</b>")) == "Big bold"
