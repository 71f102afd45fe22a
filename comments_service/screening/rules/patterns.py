"""What a rule may be about, typed by a person or read from a list: put into one form, or refused with the remedy."""

import unicodedata
from ipaddress import ip_network

from comments_service.content.urls import InvalidURL, parse_url
from comments_service.privacy.hide import find_addresses
from comments_service.screening.rules.word_patterns import NothingToFind, word_pattern

LONGEST = 200  # characters


MESSAGES = {
    "address": "It is an address; ban its author at the desk, from a comment.",
    "no_kind": "Its kind is none; write word, domain or network.",
    "empty": "It is empty; write what is to be found.",
    "too_long": f"It is too long: at most {LONGEST} characters.",
    "control": "It holds control characters; type it anew instead of pasting it.",
    "no_letters": "It has no letter or digit; write the word that is meant.",
    "bare_star": "A star needs at least two letters beside it, like casino*.",
    "no_domain": "It is no domain; write it like casino.example, without path. Names below it are meant as well.",
    "no_network": "It is no address or network; write it like 192.0.2.0/24 or 2001:db8::/48.",
    "wide_network": "The network is too wide: at least /8, and /16 for IPv6.",
}


class BadPattern(ValueError):
    """It cannot be a rule: `code` of MESSAGES, whose line says what is wrong and the remedy."""

    def __init__(self, code: str) -> None:
        super().__init__(MESSAGES[code])
        self.code = code


def clean_pattern(kind: str, typed: str) -> str:
    """A word, domain or network as rules keep it. Raises BadPattern."""
    text = typed.strip()
    if not text:
        raise BadPattern("empty")
    if len(text) > LONGEST:
        raise BadPattern("too_long")
    if any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} for c in text):
        raise BadPattern("control")
    return {"word": _word, "domain": _domain, "network": _network}[kind](text)


def _word(text: str) -> str:
    if find_addresses(text):
        raise BadPattern("address")  # the list of rules is read by everybody at the desk
    try:
        word_pattern(text)
    except NothingToFind as error:
        raise BadPattern(error.code) from None
    return " ".join(text.split())


def _domain(text: str) -> str:
    host = text.lower().removeprefix("*.").removeprefix("||").rstrip("^./")
    try:
        host = parse_url(host if "://" in host else f"http://{host}").host
    except InvalidURL:
        raise BadPattern("no_domain") from None
    host = host.removeprefix("www.").rstrip(".")
    if "." not in host or host.startswith("[") or host.replace(".", "").isdigit():
        raise BadPattern("no_domain")
    return host


def _network(text: str) -> str:
    """The network; never smaller than what the service knows of a reader: /24, and /48 for IPv6."""
    try:
        found = ip_network(text, strict=False)
    except ValueError:
        raise BadPattern("no_network") from None
    known = 24 if found.version == 4 else 48
    if found.prefixlen > known:
        found = found.supernet(new_prefix=known)
    if found.prefixlen < (8 if found.version == 4 else 16):
        raise BadPattern("wide_network")
    return str(found)
