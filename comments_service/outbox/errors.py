"""What may be kept of an error: its kind and first line, without addresses, tokens or quoted values.

Used for parked rows, which moderators read, and for log lines.
"""

import re

LONGEST = 300  # characters

_HIDDEN = "[hidden]"
_SECRETS = re.compile(
    r"""
      [^\s@<>"'(),;:=]{1,64}@[^\s@<>"'(),;=]{1,255}          # an e-mail address, or user:password@host
    | (?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)          # IPv4
    | (?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}(?![\w:])   # IPv6 in full
    | (?<![\w:])(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){0,5})?(?![\w:])  # IPv6 shortened
    | (?<![\w:])::(?:[0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}(?![\w:])
    | (?<=[Bb]earer\ )\S+
    | (?<![\w/+-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+=-]{24,}   # a token: long, letters and digits, no blank
    """,
    re.VERBOSE,
)
_OWN = re.compile(r"127\.[\d.]+|0\.0\.0\.0|::1?")


def redacted(text: str) -> str:
    """`text` with everything that looks like an e-mail address, an IP address or a token replaced by "[hidden]".

    This machine's own addresses (127.…, ::1, 0.0.0.0) stay: they say nothing about anybody, and where a server listens.
    """
    return _SECRETS.sub(lambda found: found[0] if _OWN.fullmatch(found[0]) else _HIDDEN, text)


def summary(error: BaseException) -> str:
    """One redacted line about `error`, short enough for a table cell.

    SQLAlchemy's errors quote the statement's values, a comment's text among them; only the driver's own message
    is kept of those.
    """
    cause = getattr(error, "orig", None) or error
    first_line = (str(cause).strip().splitlines() or [""])[0]
    return redacted(f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__)[:LONGEST]
