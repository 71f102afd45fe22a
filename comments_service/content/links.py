"""What is done with strangers' URLs: one canonical URL for an article, an author's website, the links of a text.

Parsing and rebuilding stands in urls.py. Which links a site allows is the business of screening.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from comments_service.content.urls import URL, InvalidURL, holds_address, parse_url, safe_href

__all__ = ["FoundLink", "InvalidURL", "canonical_url", "find_links", "links_in", "safe_href", "website_url"]

_TRACKING_PREFIXES = (
    "utm_",
    "mc_",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "oly_",
    "_hs",
    "hsa_",
    "at_custom",
    "ns_",
)
_TRACKING_NAMES = (
    "__twitter_impression _ga _gl at_campaign at_medium cmpid dclid epik fb_action_ids fb_action_types fb_source"
    " fbclid gbraid gclid gclsrc hsctatracking icid igsh igshid jsessionid li_fat_id mkt_tok msclkid phpsessid"
    " rb_clickid ref ref_src ref_url referrer replytocom s_cid scid sc_campaign spm sr_share srsltid trk ttclid"
    " twclid vero_conv vero_id wbraid wickedid wt_mc wt_zmc xtor yclid ysclid"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())
_DIRECTORY_FILES = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|cfm|shtml)$", re.IGNORECASE)

_STOP = r"\s<>\"`\\^{|}。，、！？；：）】》」』“”"
_WITH_SCHEME = re.compile(rf"(?<![A-Za-z0-9@._-])(?:https?://|www\.)[^{_STOP}]{{1,2000}}", re.IGNORECASE)
_TOP_DOMAINS = (
    "com net org info biz xyz top site online shop store club live icu vip win bet casino poker loan money cash"
    " click link space website fun pro app dev io ai co me tv cc gg ly to ru su ua by de at ch fr it es pt nl be"
    " uk ie us ca au nz in id cn jp kr hk tw vn th my sg ph br mx ar cl pe pl cz sk hu ro bg gr tr ir il ae sa"
    " za ng ke se no fi dk ee lv lt eu asia edu gov mil int name mobi news blog page wiki tech cloud host agency"
    " life world today center company email network digital media photo design art cfd sbs lol buzz rest monster"
    " онлайн рф укр бел"
)
_DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\)|\{dot\})"
_WITHOUT_SCHEME = re.compile(
    rf"(?<![\w@./%:-])(?:(?:hxxps?|ftp)://)?(?:[^\W_][\w-]{{0,62}}{_DOT}){{1,8}}"
    rf"(?:{'|'.join(_TOP_DOMAINS.split())})(?![\w@-])(?:[:/?#][^{_STOP}]{{0,2000}})?",
    re.IGNORECASE,
)


class FoundLink(NamedTuple):
    """A link written out in a text: where it stands (characters) and where it leads."""

    begin: int
    end: int
    href: str


def canonical_url(url: str) -> str:
    """The one URL by which an article's thread is known; equal for all spellings of it. Idempotent.

    Fragment, tracking parameters, parameters that hold an e-mail address, `index.html` and trailing slashes are
    dropped; the other parameters keep their order. Hosts of the open web get https, others (localhost, private
    networks) http, so that both schemes give one thread; beside an explicit port the scheme stays, since a port
    speaks only one of them. Raises InvalidURL.
    """
    parts = parse_url(url)
    if holds_address(parts.path):
        raise InvalidURL("address", "The page's URL holds an email address; give the page one without.")
    scheme = parts.scheme if parts.port is not None else "https" if parts.is_public else "http"
    query = "&".join(pair for pair in parts.query.split("&") if _is_kept(pair))
    return str(URL(scheme, parts.host, parts.port, _article_path(parts.path), query, ""))


def website_url(text: str) -> str:
    """An author's website as it may be linked: `example.com` becomes `https://example.com/`. Raises InvalidURL."""
    text = text.strip(" \t\r\n")
    if text and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", text):
        if "@" in re.split(r"[/?#]", text, maxsplit=1)[0]:
            raise InvalidURL("address", "A website is wanted here, not an email address; remove it.")
        text = "https://" + text.removeprefix("//")
    parts = parse_url(text)
    if "." not in parts.host and not parts.host.startswith("["):
        raise InvalidURL("host", "The website needs its full name, like https://example.com.")
    if holds_address(str(parts)):
        raise InvalidURL("address", "The website's URL holds an email address; remove that part.")
    return str(parts)


def find_links(text: str) -> list[FoundLink]:
    """Links written out with http://, https:// or www. in `text`, without the punctuation that follows them."""
    found: list[FoundLink] = []
    for match in _WITH_SCHEME.finditer(text):
        shown = _without_tail(match[0])
        href = safe_href(shown if shown.lower().startswith("http") else f"https://{shown}")
        if href is not None:
            found.append(FoundLink(match.start(), match.start() + len(shown), href))
    return found


def links_in(source: str) -> list[str]:
    """Every link of a source in order, bare domains and `example[.]com` included, for counting and block lists.

    Rebuilt where they can be; as written where not (`http://user@host/`), so that a broken link still counts.
    """
    found = [(match.start(), _as_link(_without_tail(match[0]))) for match in _WITH_SCHEME.finditer(source)]
    # A bare domain inside a link that was already found must not count twice: blank those out first.
    rest = _WITH_SCHEME.sub(lambda match: " " * len(match[0]), source)
    found += [(match.start(), _as_link(_without_tail(match[0]))) for match in _WITHOUT_SCHEME.finditer(rest)]
    return [link for _, link in sorted(found)]


def _as_link(written: str) -> str:
    plain = re.sub(_DOT, ".", written, flags=re.IGNORECASE)
    plain = re.sub(r"^hxxp", "http", plain, flags=re.IGNORECASE)
    return safe_href(plain if "://" in plain else f"https://{plain}") or written


def _without_tail(written: str) -> str:
    """The link without the sentence's own punctuation; a closing bracket stays where its opening one is inside."""
    end = len(written)
    surplus = {")": written.count(")") - written.count("("), "]": written.count("]") - written.count("[")}
    while end:
        last = written[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in ".,;:!?'*_~…’":
            break
        end -= 1
    return written[:end]


def _is_kept(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    if not pair or name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return False
    return not holds_address(pair)


def _article_path(path: str) -> str:
    """Without directory files and trailing slashes, however they are stacked, so that a second pass changes nothing."""
    while True:
        shorter = _DIRECTORY_FILES.sub("/", path.rstrip("/")).rstrip("/")
        if shorter == path:
            return path or "/"
        path = shorter
