"""Recognises the moderator behind a request, by bearer token or login cookie. `web.access` says what they may do."""

from flask import request

from comments_service.accounts.cookies import read_secret
from comments_service.moderation.moderator_sessions import BEARER, COOKIE, SSO, LoggedIn, find_session, touch
from comments_service.web.access import ROLES, Identity
from comments_service.web.context import runtime


def identify() -> Identity | None:
    """The moderator who sends this request, or None. A wrong bearer token never falls back to the cookie."""
    header = request.headers.get("Authorization", "")
    if header:
        scheme, _, secret = header.partition(" ")
        found = _look_up(secret.strip(), BEARER) if scheme.lower() == "bearer" else None
    else:
        found = _look_up(read_secret(), COOKIE)
    return None if found is None else _identity(found, by_token=bool(header))


def _identity(found: LoggedIn, *, by_token: bool) -> Identity:
    return Identity(
        moderator_id=found.moderator_id,
        name=found.name,
        role=found.role,
        site_id=found.site_id,
        # A program has no first password to change, nor has whoever comes from the identity provider.
        must_change=found.must_change and not by_token and found.method != SSO,
        by_token=by_token,
        language=found.language,
        session_id=found.session_id,
        must_enrol=not by_token and _lacks_factor(found),
        method=found.method,
        scopes=frozenset(found.scopes.split()) if by_token else frozenset(),
    )


def _lacks_factor(found: LoggedIn) -> bool:
    least = runtime().settings.require_second_factor
    # Whoever comes from the identity provider has shown there what the provider asks for.
    return (
        bool(least) and ROLES.index(found.role) >= ROLES.index(least) and not found.has_factor and found.method != SSO
    )


def _look_up(secret: str, kind: str) -> LoggedIn | None:
    if not secret:
        return None
    here = runtime()
    now = here.clock()
    with here.reading() as session:
        found = find_session(session, secret, kind=kind, now=now, idle_s=here.settings.session_idle_s)
    if found is not None and found.stale:
        with here.transaction() as session:
            touch(session, found.session_id, now)
    return found
