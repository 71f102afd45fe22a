"""Sites: added, listed, their settings changed and merged, their server key kept. Printing and asking live in `cli`."""

import difflib
import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, get_origin

from pydantic import ValidationError
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from comments_service.content.urls import InvalidURL, parse_url
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Site, Thread

_KEY = re.compile(r"[a-z0-9-]{1,64}")
_FIND = select(Site).where(Site.key == bindparam("key"))
_FIND_LOCKED = _FIND.with_for_update()


class SiteError(ValueError):
    """What was asked of a site cannot be done. The message names the field or setting and the remedy, in one line."""


@dataclass(frozen=True)
class SiteRow:
    """A site as lists show it. `settings` holds only what differs from the installation's defaults."""

    key: str
    name: str
    origins: list[str]
    settings: dict[str, Any]
    has_server_key: bool
    threads: int
    comments: int


def add_site(
    session: Session,
    key: str,
    *,
    name: str,
    origins: Iterable[str],
    changes: Mapping[str, str],
    defaults: SiteSettings,
    now: datetime,
) -> None:
    """Store a new site. `changes` are settings as typed (`max_links` → `"2"`). Raises SiteError."""
    if not _KEY.fullmatch(key):
        raise SiteError(f"site key {key!r}: use 1 to 64 lower-case letters a-z, digits and hyphens, like my-blog")
    if not name.strip():
        raise SiteError("--name: give the site a name that readers know it by")
    if session.scalar(select(Site.id).where(Site.key == key)) is not None:
        raise SiteError(f"site {key} exists already; `comments-service site set {key} …` changes it")
    session.add(
        Site(
            key=key,
            name=name.strip(),
            origins=check_origins(origins),
            settings=_changed({}, changes, defaults),
            created_at=now,
        )
    )
    session.flush()


def list_sites(session: Session) -> list[SiteRow]:
    """All sites by key, with how many threads they have and how many comments readers see."""
    statement = (
        select(Site, func.count(Thread.id), func.coalesce(func.sum(Thread.count), 0))
        .outerjoin(Thread, Thread.site_id == Site.id)
        .group_by(Site.id)
        .order_by(Site.key)
    )
    return [
        SiteRow(
            site.key,
            site.name,
            list(site.origins),
            dict(site.settings),
            site.server_key_digest is not None,
            threads,
            int(comments),
        )
        for site, threads, comments in session.execute(statement)
    ]


def show_site(session: Session, key: str) -> SiteRow:
    """One site as lists show it. Raises SiteError."""
    find_site(session, key)
    return next(row for row in list_sites(session) if row.key == key)


def change_settings(session: Session, key: str, changes: Mapping[str, str], defaults: SiteSettings) -> SiteSettings:
    """Change some of a site's settings, given as typed; an empty value goes back to the default. Raises SiteError."""
    site = find_site(session, key, lock=True)
    site.settings = _changed(site.settings, changes, defaults)
    # Limits and required fields are part of what readers are served, so what was kept of it is stale now.
    site.version = site.version + 1
    session.flush()
    return site_settings(site, defaults)


def set_origins(session: Session, key: str, origins: Iterable[str]) -> None:
    """Replace the origins whose pages may carry the site's comments. Raises SiteError."""
    site = find_site(session, key, lock=True)
    site.origins = check_origins(origins)
    site.version = site.version + 1
    session.flush()


def set_server_key(session: Session, key: str, digest: str) -> None:
    """Replace the digest of a site's server key; the former key stops working at once. Raises SiteError."""
    site = find_site(session, key, lock=True)
    site.server_key_digest = digest
    site.version = site.version + 1  # what processes keep of the site is stale now
    session.flush()


def fresh_server_key() -> str:
    """A new server key, 256 random bits. The prefix lets secret scanners and people recognise it."""
    return f"cs_{secrets.token_urlsafe(32)}"


def server_key_digest(server_key: str) -> str:
    """SHA-256 in hex: enough for a key of 256 random bits, which nobody can guess from a list of likely ones."""
    return hashlib.sha256(server_key.encode()).hexdigest()


def site_settings(site: Site, defaults: SiteSettings) -> SiteSettings:
    """The settings in force for a site: its own where it has one, the installation's for the rest."""
    return merged(site.settings, defaults)


def merged(own: Mapping[str, Any], defaults: SiteSettings) -> SiteSettings:
    """What is in force where a site sets `own` itself."""
    return _merged(json.dumps(own, sort_keys=True), defaults)


@lru_cache(maxsize=256)  # validating takes as long as three statements, and every request needs it
def _merged(own: str, defaults: SiteSettings) -> SiteSettings:
    # A name that an older or newer release knew must not stop the site from being served.
    known = {name: value for name, value in json.loads(own).items() if name in SiteSettings.model_fields}
    return SiteSettings(**{**defaults.model_dump(), **known})


def find_site(session: Session, key: str, *, lock: bool = False) -> Site:
    """The site with this key, locked for the rest of the transaction if asked. Raises SiteError naming the nearest."""
    site = session.scalar(_FIND_LOCKED if lock else _FIND, {"key": key})
    if site is None:
        near = _nearest(key, session.scalars(select(Site.key)))
        raise SiteError(f"there is no site {key!r}{near or '; `comments-service site list` shows all'}")
    return site


def check_origins(origins: Iterable[str]) -> list[str]:
    """Origins as browsers send them, without doubles, in the order given. Raises SiteError."""
    return list(dict.fromkeys(_origin(text) for text in origins))


def _origin(text: str) -> str:
    if text.strip() == "*":
        raise SiteError(
            "--origin *: any page on the web could then send comments in a reader's name; name each origin,"
            " like https://example.org"
        )
    try:
        url = parse_url(text)
    except InvalidURL as error:
        raise SiteError(f"--origin {text}: {error.message}") from None
    if url.path != "/" or url.query or url.fragment:
        raise SiteError(f"--origin {text}: an origin has no path; write {_bare(url.scheme, url.host, url.port)}")
    return _bare(url.scheme, url.host, url.port)


def _bare(scheme: str, host: str, port: int | None) -> str:
    return f"{scheme}://{host}" + (f":{port}" if port is not None else "")


def _changed(stored: Mapping[str, Any], changes: Mapping[str, str], defaults: SiteSettings) -> dict[str, Any]:
    for name in changes:
        if name not in SiteSettings.model_fields:
            near = _nearest(name, SiteSettings.model_fields)
            raise SiteError(f"there is no site setting {name!r}{near or '; docs/settings.md lists all'}")
    kept = {name: value for name, value in stored.items() if changes.get(name) != ""}
    typed = {name: _value(name, text) for name, text in changes.items() if text != ""}
    try:
        checked = SiteSettings(**{**defaults.model_dump(), **kept, **typed})
    except ValidationError as error:
        first = error.errors()[0]
        raise SiteError(f"{first['loc'][0]}: {first['msg']} (got {first['input']!r})") from None
    as_json = checked.model_dump(mode="json")
    return {name: as_json[name] for name in SiteSettings.model_fields if name in {*kept, *typed}}


def _value(name: str, text: str) -> Any:
    """A setting's value as typed: lists as `a,b` or JSON, everything else as JSON where it is, as text where not."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    if get_origin(SiteSettings.model_fields[name].annotation) is not tuple or isinstance(value, list):
        return value
    return [part.strip() for part in text.split(",") if part.strip()]


def _nearest(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""
