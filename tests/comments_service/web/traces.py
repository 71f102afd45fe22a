"""Addresses planted in every field, and every form in which one could be found again."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

FIELDS = (
    *("email", "name", "website", "website_query", "body", "markdown", "title", "url"),
    *("note", "agent", "key", "voter", "parent", "subject", "edit", "reply"),
    *("notice", "notice_words", "follow"),
)


def planted(field: str) -> str:
    """An address that is typed nowhere but into `field`."""
    return f"secret-{field.replace('_', '-')}@leak-{field.replace('_', '-')}.example.org"


def forms_of(address: str) -> Iterator[tuple[str, bytes]]:
    """The address as it is, encoded in the usual ways, and its usual digests (Gravatar's among them)."""
    for spelt in (address, address.lower()):
        raw = spelt.encode()
        yield "plain", raw
        yield "hex", raw.hex().encode()
        yield "base64", base64.b64encode(raw).rstrip(b"=")[:-1]
        yield "base64 for URLs", base64.urlsafe_b64encode(raw).rstrip(b"=")[:-1]
        yield "percent", quote(spelt, safe="").encode()
        yield "entity", spelt.replace("@", "&#64;").encode()
        yield "JSON", json.dumps(spelt).strip('"').replace("@", "\\u0040").encode()
        for algorithm in ("md5", "sha1", "sha256"):
            digest = hashlib.new(algorithm, raw)
            yield algorithm, digest.hexdigest().encode()
            yield f"{algorithm} in base64", base64.b64encode(digest.digest()).rstrip(b"=")
    # Its parts alone, too: half an address is enough to find a person.
    yield "local part", address.partition("@")[0].encode()
    yield "domain", address.partition("@")[2].encode()


def found_in(where: str, content: bytes, allowed: frozenset[str] = frozenset()) -> list[tuple[str, str, str]]:
    """What of the planted addresses stands in `content`, as (where, field, form)."""
    lower = content.lower()
    return [
        (where, field, form)
        for field in FIELDS
        if field not in allowed
        for form, trace in forms_of(planted(field))
        if trace in content or (form in {"plain", "hex", "percent"} and trace.lower() in lower)
    ]


def everything_of(answer: Any) -> bytes:
    """An answer's status, headers and body."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return f"{answer.status}\n{headers}\n".encode() + bytes(answer.get_data())


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` with its content."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()
