"""Is a comment shown as its author meant it, safe for its readers, and without anybody's address?"""

import html
import re
import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.content.markdown import LONGEST_SOURCE
from comments_service.content.render import RENDERER_VERSION
from comments_service.content.render import render as render_with
from comments_service.content.sanitise import sanitise
from comments_service.privacy.hide import find_addresses
from tests.comments_service.content.payloads import all_payloads
from tests.comments_service.content.safe_html import REL, depth_of, faults, text_of
from tests.comments_service.privacy.corpus import SPELLINGS, examples, without_marks

A = f'rel="{REL}"'
SHOWN = {
    "": "",
    "Hello": "<p>Hello</p>",
    "one\ntwo": "<p>one<br>\ntwo</p>",
    "one\r\ntwo\rthree": "<p>one<br>\ntwo<br>\nthree</p>",
    "one\n\ntwo": "<p>one</p>\n<p>two</p>",
    "*a* **b** ~~c~~ `d`": "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>",
    "> a\n> b": "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>",
    "- a\n- b": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
    "1. a\n2. b": "<ol>\n<li>a</li>\n<li>b</li>\n</ol>",
    "```python\nx < 1\n```": "<pre><code>x &lt; 1\n</code></pre>",
    "1984. A good year": "<p>1984. A good year</p>",
    "3. a\n4. b": "<p>3. a</p>\n<p>4. b</p>",
    "7.\n\nx": "<p>7.</p>\n<p>x</p>",
    "7. a\n   - b": "<p>7. a</p>\n<ul>\n<li>b</li>\n</ul>",
    "# not a heading": "<p># not a heading</p>",
    "no heading\n---": "<p>no heading<br>\n---</p>",
    "5 < 6 & 7 > 6": "<p>5 &lt; 6 &amp; 7 &gt; 6</p>",
    "<b>bold</b>": "<p>&lt;b&gt;bold&lt;/b&gt;</p>",
    "&copy; &#169;": "<p>© ©</p>",
    "[a](https://example.com)": f'<p><a href="https://example.com/" {A}>a</a></p>',
    '[a](https://example.com "title")': f'<p><a href="https://example.com/" {A}>a</a></p>',
    "<https://example.com/x>": f'<p><a href="https://example.com/x" {A}>https://example.com/x</a></p>',
    "at https://example.com/a_b,": f'<p>at <a href="https://example.com/a_b" {A}>https://example.com/a_b</a>,</p>',
    "(https://example.com/a_(b))": f'<p>(<a href="https://example.com/a_(b)" {A}>https://example.com/a_(b)</a>)</p>',
    "www.example.com.": f'<p><a href="https://www.example.com/" {A}>www.example.com</a>.</p>',
    "`https://example.com`": "<p><code>https://example.com</code></p>",
    "[https://example.com](https://example.org)": f'<p><a href="https://example.org/" {A}>https://example.com</a></p>',
    "[](https://example.com/x)": f'<p><a href="https://example.com/x" {A}>https://example.com/x</a></p>',
    "![cat](https://example.com/cat.png)": f'<p>!<a href="https://example.com/cat.png" {A}>cat</a></p>',
    "[x](javascript:alert(1))": "<p>[x](javascript:alert(1))</p>",
    "[x](//example.com)": "<p>[x](//example.com)</p>",
    "[x]: https://example.com": f'<p>[x]: <a href="https://example.com/" {A}>https://example.com</a></p>',
    "a\u202eb\u2066c\u0000d\u200be": "<p>abcde</p>",
    "می\u200cخواهم 👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": (
        "<p>می\u200cخواهم 👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f</p>"
    ),
    "z" + "\u0301" * 50 + "algo": "<p>z" + "\u0301" * 6 + "algo</p>",
    "wɪ\u0303\u0308 e\u0301": "<p>wɪ\u0303\u0308 e\u0301</p>",
    "jane*@*example.com": "<p>[address hidden]</p>",
    "[jane](https://example.com/)@example.com": f'<p><a href="https://example.com/" {A}>[address hidden]</a></p>',
    "[mail](https://example.com/?to=jane%40example.com)": "<p>mail</p>",
    "[mail](mailto:jane@example.com)": "<p>[mail](mailto:[address hidden])</p>",
    "<jane@example.com>": "<p>&lt;[address hidden]&gt;</p>",
    "`jane@example.com`": "<p><code>[address hidden]</code></p>",
    "```\njane@example.com\n```": "<pre><code>[address hidden]\n</code></pre>",
    "npm i pkg@1.2.3 as user@host:~$ by @handle": "<p>npm i pkg@1.2.3 as user@host:~$ by @handle</p>",
}
WRAPPERS = [
    *(
        "{}",
        "*{}*",
        "**{}**",
        "~~{}~~",
        "> {}",
        "- {}",
        "7. {}",
        "# {}",
        "```\n{}\n```",
        "    {}",
        "<{}>",
        "(see {})",
        "**a{}",
    ),
    *("[{}](https://example.org)", "[x](https://example.org/?q={})", "[x](https://example.org/{}/y)", "mailto:{}"),
    *('[x](https://example.org "{}")', "![{}](https://example.org/x.png)", "![x](https://example.org/{})", "<b>{}</b>"),
    *("[x]: https://example.org/{}\n\n[x]", "https://{}/path", "https://example.org/?a=1&mail={}&b=2", "<!-- {} -->"),
    *("| {} | b |\n|---|---|\n| c | d |", "<a href='mailto:{}'>x</a>", "1. a\n\n   {}\n\n2. b", "> - {}"),
    "https://example.org/x {} https://example.org",
]
MARKUP = (
    "** ~~ ]( ](https:// <https:// https://example.com/ jane@example.com &#64; &lt; javascript: <script> onclick= word"
    " 日本 at %40 \u200b \u202e \0 \ud800 \u0301"
)
FRAGMENTS = st.sampled_from(
    [*MARKUP.split(" "), *"*_`~[]()<>!#&\\\"'@.:/-+= \n", "\n\n", "```\n", "> ", "- ", "1. ", "    ", " dot "]
)
SOURCES = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=40).map("".join))


def render(source: str) -> str:
    return render_with(source, find_hidden=find_addresses)


@pytest.mark.parametrize(("source", "shown"), SHOWN.items())
def test_what_a_reader_gets(source: str, shown: str) -> None:
    assert render(source) == shown
    assert RENDERER_VERSION >= 1


@pytest.mark.parametrize("payload", all_payloads())
def test_no_payload_gets_through(payload: str) -> None:
    for source in (payload, f"before {payload} after", f"> - **{payload}**\n\n{payload}"):
        assert faults(render(source)) == []


@given(SOURCES)
def test_any_source_gives_safe_html_that_stays_itself(source: str) -> None:
    shown = render(source)
    assert faults(shown) == []
    assert sanitise(shown) == shown


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_address_survives_in_any_place_and_spelling(spelling: str) -> None:
    people = (("zqjane", "zqfirm.example.com"), ("zq.doe+x", "zq-firm.de"))
    for wrapper, (local, domain) in product(WRAPPERS, people):
        shown = render(wrapper.format(SPELLINGS[spelling](local, domain)))
        text = html.unescape(shown)
        assert not find_addresses(text_of(shown)), shown
        for href in re.findall(r'href="([^"]*)"', text):
            assert not find_addresses(href), shown


@pytest.mark.parametrize("example", [*examples("common"), *examples("rare")])
def test_what_is_hidden_in_a_text_is_hidden_on_the_page(example: str) -> None:
    assert not find_addresses(text_of(render(without_marks(example))))


@given(st.integers(0, 15), st.sampled_from(["**", "`", "~~", "*", "](https://example.org)", "\\", "&#8203;", "<b>"]))
def test_an_address_split_by_marks_at_any_place_is_hidden(place: int, mark: str) -> None:
    address = "jane@example.com"
    shown = text_of(render(f"[{address[:place]}{mark}{address[place:]}{mark}"))
    assert not find_addresses(shown)


@given(SOURCES)
def test_hidden_is_hidden(source: str) -> None:
    assert not find_addresses(text_of(render(source)))


BOMBS = [
    *(
        "[",
        "![",
        "](",
        "[a](",
        "[a](b",
        "[[a](b)",
        "<",
        "<a",
        "<!--",
        "<http://a",
        "http://",
        "http://a ",
        "www.a.",
        "*",
        "**a ",
    ),
    *(
        "*a**b",
        "_a_",
        "~~a",
        "~",
        "`",
        "``a",
        "\\",
        "&",
        "&#64;",
        "&amp;",
        "> ",
        ">",
        "- ",
        "* ",
        "1. ",
        "1) ",
        "    ",
        "\t",
    ),
    *(
        "\n",
        " \n",
        "a\n",
        "a@",
        "@a",
        "a@b.cc ",
        "a at b dot c ",
        "(at)",
        "日@",
        "|",
        "||\n",
        '"',
        "'",
        "<b>",
        "</",
        "\u0301",
    ),
    *(
        "\u200b",
        "\0",
        "]",
        ")",
        "(",
        "- a\n  - b\n",
        "> > > > ",
        "* * * * ",
        "1. 1. 1. ",
        "```\n",
        "~~~",
        "- - - - a\n",
    ),
    *("\u202e", "[x]: y\n", "https://a.b/(", "\ud800"),
]


@pytest.mark.parametrize("piece", BOMBS)
def test_the_worst_ten_thousand_characters_take_less_than_a_second(piece: str) -> None:
    source = (piece * LONGEST_SOURCE)[:LONGEST_SOURCE]
    started = time.process_time()
    shown = render(source)
    assert time.process_time() - started < 1.0  # seconds of CPU; about 0.2 on one free core
    assert faults(shown) == []
    assert depth_of(shown) <= 45


def test_a_longer_source_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ValueError, match="at most 10000 characters; this one has 10001"):
        render("x" * 10_001)
    assert text_of(render("x" * 10_000)) == "x" * 10_000
