"""Checks a login and opens a session: one answer and the same work whether the login exists or not.

The slow comparison runs between two short transactions, so that guessing never holds the database's writing lock.
"""

from comments_service.accounts.throttle import admit_try, forgive
from comments_service.moderation.moderator_sessions import open_session, sweep_sessions
from comments_service.moderation.moderators import credentials, moderator_profile, store_hash
from comments_service.moderation.passwords import hash_is_outdated, hash_password, password_matches
from comments_service.privacy.network import network_of
from comments_service.runtime import Runtime


class WrongPassword(Exception):
    """Login and password do not belong together, or the account is disabled: it is not said which."""

    def __init__(self) -> None:
        super().__init__("Login and password don't match. Check both and try again.")


def log_in(runtime: Runtime, *, login: str, password: str, source: str) -> str:
    """Open a session for `login`; `source` is the client's address. Returns the secret for the cookie.

    Raises WrongPassword, or TooManyTries before the password is even looked at.
    """
    moderator_id = _checked(runtime, login, password, source)
    now = runtime.clock()
    with runtime.transaction() as session:
        sweep_sessions(session, now)
        return open_session(session, moderator_id, now=now, max_s=runtime.settings.session_max_s)


def confirm_password(runtime: Runtime, moderator_id: int, password: str, source: str) -> None:
    """Make sure that the person at the desk knows the password. Raises WrongPassword or TooManyTries."""
    with runtime.reading() as session:
        login = moderator_profile(session, moderator_id).login
    _checked(runtime, login, password, source)


def _checked(runtime: Runtime, login: str, password: str, source: str) -> int:
    now, key, network = runtime.clock(), runtime.keys.session, network_of(source)
    with runtime.transaction() as session:
        admit_try(session, key, login=login, source=network, now=now)
        known = credentials(session, login)
    if not password_matches(known.password_hash if known else None, password) or known is None or known.disabled:
        raise WrongPassword
    fresh = hash_password(password) if hash_is_outdated(known.password_hash) else None
    with runtime.transaction() as session:
        forgive(session, key, login=login, source=network, now=now)
        if fresh:
            store_hash(session, known.id, fresh)
    return known.id
