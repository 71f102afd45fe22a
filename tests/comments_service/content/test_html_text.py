"""What would a reader see of HTML that is sent to be scored, and where in the source does it stand?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.content.html_text import seen_in


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("plain & simple, 1 < 2", "plain & simple, 1 < 2"),
        ("<p>One</p><p>two<br/>three", "\nOne\n\ntwo\nthree"),
        ("id<b></b>iot id<!-- x > y -->iot", "idiot idiot"),
        ("f&#111;&#x6F;l &amp; &eacute;clat &unknown; &", "fool & éclat &unknown; &"),
        ("a<script>if (a < b) alert('</p>')</script >b<STYLE>p {}</STYLE>c", "abc"),
        ("a<script>never ended", "a"),
        ("a<!-- never ended", "a"),
        ('<a class="x" href="https://pills.example/?a&amp;b">pills</a>!', "pills https://pills.example/?a&b!"),
        ("<a href=pills.example>p</a> <a>q</a>", "p pills.example q"),
        ("&lt;b&gt;", "<b>"),
        ("<!DOCTYPE html><?xml?>x", "x"),
    ],
)
def test_what_is_seen(source: str, seen: str) -> None:
    assert seen_in(source).text == seen


@given(st.text(st.sampled_from("ab<>/!-&;# \"'=hrefscriptp1"), max_size=60))
def test_every_character_has_its_place_in_the_source(source: str) -> None:
    found = seen_in(source)
    assert len(found.text) == len(found.begins) == len(found.ends)
    for place, character in enumerate(found.text):
        begin, end = found.span(place, place + 1)
        assert 0 <= begin < end <= len(source)
        if end - begin == 1:
            assert source[begin] == character or character == "\n"
    assert found.begins == sorted(found.begins)


@pytest.mark.parametrize("bomb", ["<!--", "<a ", '<a href="', "&#", "<script", "<", "<a href= ", "</", "<p>", "&amp"])
def test_no_bomb_takes_long(bomb: str) -> None:
    source = (bomb * 20_480)[:20_480]
    begun = time.process_time()
    seen_in(source)
    assert time.process_time() - begun < 0.5
