"""A URL taken apart and put together again: whatever can't be understood whole is refused, never passed on.

The only place that parses a URL. What is done with the parts (canonical, website, link in a text) stands in links.py.
Nothing is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from itertools import pairwise
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

LONGEST_URL = 2000  # characters, before and after rebuilding

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_IN_PATH = "/:@!$&()*+,;=-._~%"
_IN_QUERY = _IN_PATH + "?"
_UNREADABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PRIVATE_NAMES = {"corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost", "test"}
_FILE_ENDINGS = {
    "css",
    "gif",
    "htm",
    "html",
    "jpeg",
    "jpg",
    "js",
    "json",
    "pdf",
    "php",
    "png",
    "svg",
    "webp",
    "xml",
}


class InvalidURL(ValueError):
    """A URL that can't be taken: `code` for programs, `message` in plain words with the remedy."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class URL:
    """The parts of an http or https URL, each already normalised and percent-encoded; `port` None = the default."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        port = f":{self.port}" if self.port is not None else ""
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{query}{fragment}"

    @property
    def is_public(self) -> bool:
        """Whether the host can be one of the open web, not a machine's or a house's own name or address."""
        if self.host.startswith("["):
            return IPv6Address(self.host[1:-1]).is_global
        last = self.host.rpartition(".")[2]
        if last.isdigit():
            return IPv4Address(self.host).is_global
        return "." in self.host and last not in _PRIVATE_NAMES


def parse_url(text: str) -> URL:
    """The URL in `text`, absolute and http(s) only. Raises InvalidURL.

    A backslash, a control character or inner space is refused, because browsers and parsers disagree about them
    and a link could then lead elsewhere than its check believed.
    """
    text = text.strip(" \t\r\n")
    _refuse_unreadable(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InvalidURL("host", "The host or port of the URL is not valid.") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise InvalidURL("scheme", "A URL must start with https:// or http://.")
    if "@" in parts.netloc:
        raise InvalidURL("userinfo", "A URL must not hold a user name or password (the part before the @-sign).")
    url = URL(
        scheme=scheme,
        host=normal_host(_host_text(parts)),
        port=None if port in (None, _DEFAULT_PORTS[scheme]) else port,
        path=_without_dots(_encoded(parts.path, _IN_PATH)) or "/",
        query=_encoded(parts.query, _IN_QUERY),
        fragment=_encoded(parts.fragment, _IN_QUERY),
    )
    if len(str(url)) > LONGEST_URL:
        raise InvalidURL("too_long", f"A URL has at most {LONGEST_URL} characters once it is encoded.")
    return url


def normal_host(text: str) -> str:
    """A host name in lower-case ASCII (IDNA, UTS 46) or an address in its shortest form. Raises InvalidURL."""
    bad = InvalidURL("host", "The URL has no valid host; it should look like https://example.com/page.")
    if text.startswith("[") and "%" not in text:  # a zone (%eth0) means something on one machine only
        try:
            return f"[{IPv6Address(text[1:-1]).compressed}]"
        except AddressValueError as error:
            raise bad from error
    try:
        host = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise bad from error
    host = host.removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise bad
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        # Browsers read 2130706433 and 0x7f.1 as addresses; only the plain dotted form is taken here.
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise bad from error
    return host


@lru_cache(maxsize=512)  # a comment's link is asked for by the parser, the renderer and the sanitiser
def safe_href(text: str) -> str | None:
    """The rebuilt URL, good for an href, or None. Every href of every page goes through here."""
    try:
        return str(parse_url(text))
    except InvalidURL:
        return None


def holds_address(text: str) -> bool:
    """Whether a part of a URL holds an e-mail address, however often it is percent-encoded."""
    for _ in range(3):
        text = unquote(text)
    pieces = text.split("@")
    return any(_ends_like_local(before) and _begins_like_domain(after) for before, after in pairwise(pieces))


def _ends_like_local(text: str) -> bool:
    return bool(text) and (text[-1].isalnum() or text[-1] in "_.+-'\"")


def _begins_like_domain(text: str) -> bool:
    match = re.match(r"([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", text)
    if match is None:
        return False
    first, *_, last = match[0].split(".")
    return last.isalpha() and len(last) > 1 and last.lower() not in _FILE_ENDINGS and not first.isdigit()


def _refuse_unreadable(text: str) -> None:
    if not text:
        raise InvalidURL("empty", "Enter a URL, like https://example.com/page.")
    if len(text) > LONGEST_URL:
        raise InvalidURL("too_long", f"A URL has at most {LONGEST_URL} characters; this one has {len(text)}.")
    if _UNREADABLE.search(text):
        raise InvalidURL("control", "The URL holds a space or an invisible character. Remove it.")
    if "\\" in text:
        raise InvalidURL("backslash", "A URL has forward slashes only. Replace the backslash.")


def _host_text(parts: SplitResult) -> str:
    """The host as written, brackets of an IPv6 address kept (SplitResult.hostname drops them)."""
    host = parts.netloc
    end = host.rfind("]")
    colon = host.find(":", max(end, 0))
    return host if colon < 0 else host[:colon]


def _encoded(text: str, allowed: str) -> str:
    """`text` with one spelling of its escapes: needless ones undone, the others in capitals, the rest escaped."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(re.sub(r"%[0-9A-Fa-f]{2}", _one_escape, text), safe=allowed)


def _one_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else match[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4: `/a/./b/../c` is `/a/c`."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        is_last = place == len(segments) - 1
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
            continue
        if is_last:
            kept.append("")
    return "/" + "/".join(kept) if segments else ""
