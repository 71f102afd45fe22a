"""Has one article one URL, and does a link lead where it says?"""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.content.links import InvalidURL, canonical_url, find_links, links_in, safe_href, website_url
from tests.comments_service.content.payloads import hrefs
from tests.comments_service.content.safe_html import HREF

ARTICLE = "https://example.com/2020/sochi?id=7"
SPELLINGS_OF_ARTICLE = [
    "https://example.com/2020/sochi?id=7",
    "http://example.com/2020/sochi?id=7",
    "HTTPS://EXAMPLE.com:443/2020/sochi?id=7",
    "http://example.com:80/2020/sochi/?id=7",
    "https://example.com./2020/sochi?id=7#comments",
    "https://example.com/2020/sochi/index.html?id=7",
    "https://example.com/2020/sochi/Index.PHP?id=7&",
    "https://example.com/2020/./x/../sochi?id=7",
    "https://example.com/2020/%73ochi?id=7",
    "  https://example.com/2020/sochi?id=7\n",
    "https://example.com/2020/sochi?utm_source=a&id=7&utm_medium=b",
    "https://example.com/2020/sochi?id=7&fbclid=x&gclid=y&mc_cid=z&mc_eid=q&ref=home&msclkid=1",
    "https://example.com/2020/sochi?id=7&email=jane%40example.com&m=jane@example.com",
    "https://example.com/2020/sochi?id=7&replytocom=12#respond",
    "https://example.com/2020/sochi?UTM_Source=a&id=7&&",
]
CANONICAL = {
    "https://example.com": "https://example.com/",
    "https://example.com//": "https://example.com/",
    "https://example.com/index.html": "https://example.com/",
    "https://example.com/a/index.html/index.html/": "https://example.com/a",
    "https://example.com/?": "https://example.com/",
    "https://example.com/a?b=1&a=2": "https://example.com/a?b=1&a=2",
    "https://example.com/a?q=a+b%20c": "https://example.com/a?q=a+b%20c",
    "https://example.com/%e4%BD%A0": "https://example.com/%E4%BD%A0",
    "https://example.com/你": "https://example.com/%E4%BD%A0",
    "https://example.com/100%": "https://example.com/100%25",
    "https://münchen.example/straße": "https://xn--mnchen-3ya.example/stra%C3%9Fe",
    "https://ＥＸＡＭＰＬＥ.com/": "https://example.com/",
    "http://localhost:8080/demo/sochi/": "http://localhost:8080/demo/sochi",
    "http://127.0.0.1:8080/demo/sochi": "http://127.0.0.1:8080/demo/sochi",
    "https://127.0.0.1/x": "http://127.0.0.1/x",
    "https://news.local/x": "http://news.local/x",
    "http://[::1]/x": "http://[::1]/x",
    "http://[2001:4860:0:0::8888]:80/x": "https://[2001:4860::8888]/x",
    "https://example.com:8443/x": "https://example.com:8443/x",
    "https://example.com/@jane": "https://example.com/@jane",
    "https://example.com/pkg@1.2.3": "https://example.com/pkg@1.2.3",
    "https://my_site.example.com/x": "https://my_site.example.com/x",
}
REFUSED = {
    "": "empty",
    "example.com/x": "scheme",
    "ftp://example.com/": "scheme",
    "javascript:alert(1)": "scheme",
    "https://": "host",
    "https:///x": "host",
    "https:example.com": "host",
    "https://exa mple.com/": "control",
    "https://example.com/\x00": "control",
    "https://example.com/\u2028": "control",
    "https://example.com/\ud800": "control",
    "https://example.com/a\nb": "control",
    "https:\\\\example.com": "backslash",
    "https://jane@example.com/": "userinfo",
    "https://jane:secret@example.com/": "userinfo",
    "https://example.com:port/": "host",
    "https://example.com:99999/": "host",
    "https://[::1/": "host",
    "https://[::1%25eth0]/": "host",
    "https://[fe80::1%eth0]/": "host",
    "https://[nonsense]/": "host",
    "https://-example.com/": "host",
    "https://example..com/": "host",
    "https://exam%70le.com/": "host",
    "https://1.2.3/": "host",
    "https://0x7f.0x1/": "host",
    "https://2130706433/": "host",
    "https://" + "a" * 64 + ".com/": "host",
    "https://" + "a." * 130 + "com/": "host",
    "https://example.com/" + "a" * 2000: "too_long",
    "https://example.com/" + "é" * 1000: "too_long",
    "https://example.com/user/jane@example.org": "address",
}
WEBSITES = {
    "example.com": "https://example.com/",
    "www.example.com/me": "https://www.example.com/me",
    "//example.com": "https://example.com/",
    "http://example.com/me/": "http://example.com/me/",
    "HTTPS://Example.com/Me#top": "https://example.com/Me#top",
    "example.com:8080/x": "https://example.com:8080/x",
    "https://mastodon.example/@jane": "https://mastodon.example/@jane",
}
NO_WEBSITES = {
    "": "empty",
    "jane@example.com": "address",
    "https://example.com/?mail=jane%40example.com": "address",
    "https://example.com/?mail=jane%2540example.com": "address",
    "https://jane@example.com": "userinfo",
    "javascript:alert(1)": "scheme",
    "JavaScript:alert(1)//example.com": "scheme",
    "data:text/html,x": "scheme",
    "mailto:jane@example.com": "scheme",
    "localhost": "host",
    "http://intranet/": "host",
    "none": "host",
    "my site": "control",
    "https://example.com\\@evil.example": "backslash",
}
URLS = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{path}?{query}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["example.com", "EXAMPLE.com:443", "münchen.de", "localhost", "[::1]:80", "192.168.0.1", "a.b.c:8080"]
    ),
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(["/", ".", "..", "index.html", "a", "%2e", "%41", "%", "é", "@", ";"])).map("/".join),
    ),
    st.lists(st.sampled_from(["a=1", "utm_x=2", "ref=3", "=&", "b&c", "%", "é=é", "x@y.zz", "%40"])).map("&".join),
)


@pytest.mark.parametrize("url", SPELLINGS_OF_ARTICLE)
def test_one_article_has_one_url(url: str) -> None:
    assert canonical_url(url) == ARTICLE


@pytest.mark.parametrize(("url", "canonical"), CANONICAL.items())
def test_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(("url", "code"), REFUSED.items())
def test_refused_with_a_reason(url: str, code: str) -> None:
    with pytest.raises(InvalidURL) as refused:
        canonical_url(url)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert safe_href(url) is None or code == "address"


@given(st.one_of(URLS, st.text(max_size=60), st.text(max_size=60).map("https://".__add__)))
def test_canonical_is_settled_and_a_plain_url(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except InvalidURL:
        return
    assert canonical_url(canonical) == canonical
    assert HREF.fullmatch(canonical)
    assert urlsplit(canonical).fragment == ""
    assert urlsplit(canonical).username is None
    assert len(canonical) <= 2000


@given(URLS)
def test_a_safe_href_is_settled(url: str) -> None:
    href = safe_href(url)
    assert href is None or (safe_href(href) == href and HREF.fullmatch(href))


@pytest.mark.parametrize("url", hrefs())
def test_hostile_hrefs_are_none(url: str) -> None:
    assert safe_href(url) is None


@pytest.mark.parametrize(("typed", "url"), WEBSITES.items())
def test_websites(typed: str, url: str) -> None:
    assert website_url(typed) == url
    assert website_url(url) == url


@pytest.mark.parametrize(("typed", "code"), NO_WEBSITES.items())
def test_what_is_no_website(typed: str, code: str) -> None:
    with pytest.raises(InvalidURL) as refused:
        website_url(typed)
    assert refused.value.code == code


@given(st.text(max_size=80))
def test_any_website_is_taken_whole_or_refused(typed: str) -> None:
    try:
        website = website_url(typed)
    except InvalidURL:
        return
    assert HREF.fullmatch(website)
    assert website_url(website) == website


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("no link here, e.g. this or that.Then i.e. 3.14", []),
        ("see https://example.com/x, http://example.org.", ["https://example.com/x", "http://example.org/"]),
        ("www.example.com and example.net/buy", ["https://www.example.com/", "https://example.net/buy"]),
        ("[text](https://example.com/a) <https://example.com/b>", ["https://example.com/a", "https://example.com/b"]),
        ("example[.]com example(dot)com hxxp://example.com", ["https://example.com/"] * 2 + ["http://example.com/"]),
        ("jane@example.com", []),
        ("http://user@example.com/", ["http://user@example.com/"]),
        ("index.html setup.py Node.js v1.2.3", []),
        ("<a href='https://example.com'>x</a>", ["https://example.com/"]),
        ("пример.рф и example.ru", ["https://xn--e1afmkfd.xn--p1ai/", "https://example.ru/"]),
        ("買https://example.com/a。見", ["https://example.com/a"]),
    ],
)
def test_links_in_a_text(source: str, links: list[str]) -> None:
    assert links_in(source) == links


@given(st.text(max_size=100), st.lists(st.sampled_from(["https://example.com/a", " ", ")", ".", "(", "[x](", "www."])))
def test_found_links_stand_where_they_say(noise: str, pieces: list[str]) -> None:
    text = "".join(pieces) + noise
    end = 0
    for link in find_links(text):
        assert end <= link.begin < link.end <= len(text)
        assert HREF.fullmatch(link.href)
        end = link.end
