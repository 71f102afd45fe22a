"""Checks a login and opens a session: one answer and the same work whether the login exists or not.

Where the account has a second factor, the password opens half a session, which is good for the second step alone.

The slow comparison runs between two short transactions, so that guessing never holds the database's writing lock.
"""

from dataclasses import dataclass

from comments_service.accounts.throttle import CODE_ALLOWANCES, admit_try, forgive
from comments_service.moderation.moderator_sessions import (
    close_session,
    find_half,
    open_half,
    open_session,
    sweep_sessions,
)
from comments_service.moderation.moderators import credentials, moderator_profile, store_hash
from comments_service.moderation.passwords import hash_is_outdated, hash_password, password_matches
from comments_service.moderation.second_factor import factors, use_code
from comments_service.privacy.network import network_of
from comments_service.privacy.secret_box import SecretBox
from comments_service.runtime import Runtime


class WrongPassword(Exception):
    """Login and password do not belong together, or the account is disabled: it is not said which."""

    def __init__(self) -> None:
        super().__init__("Login and password don't match. Check both and try again.")


class HalfLoginOver(Exception):
    """The second step came too late, or without the first."""

    def __init__(self) -> None:
        super().__init__("That took too long. Log in again.")


@dataclass(frozen=True, slots=True)
class Entry:
    """The secret for the cookie, and whether the login is complete or its second step is still to come."""

    secret: str
    complete: bool


def log_in(runtime: Runtime, *, login: str, password: str, source: str, browser: str = "") -> Entry:
    """Open a session for `login`, or half of one; `source` is the client's address.

    Raises WrongPassword, or TooManyTries before the password is even looked at.
    """
    moderator_id = _checked(runtime, login, password, source)
    now = runtime.clock()
    with runtime.transaction() as session:
        sweep_sessions(session, now)
        if factors(session, moderator_id).any:
            return Entry(open_half(session, moderator_id, now=now), complete=False)
        secret = open_session(session, moderator_id, now=now, max_s=runtime.settings.session_max_s, browser=browser)
        return Entry(secret, complete=True)


def log_in_by_code(runtime: Runtime, *, half: str, code: str, source: str, browser: str = "") -> str:
    """Take the second step with a code of the app or a recovery code; `half` is the cookie's secret so far.

    Returns the secret of a whole session. Raises HalfLoginOver, WrongCode, or TooManyTries, as for passwords.
    """
    with runtime.reading() as session:
        moderator_id = find_half(session, half, runtime.clock())
    if moderator_id is None:
        raise HalfLoginOver
    method = confirm_code(runtime, moderator_id, code, source)
    now = runtime.clock()
    with runtime.transaction() as session:
        close_session(session, half)
        return open_session(
            session, moderator_id, now=now, max_s=runtime.settings.session_max_s, method=method, browser=browser
        )


def confirm_code(runtime: Runtime, moderator_id: int, code: str, source: str) -> str:
    """Use up a code of the second factor; says which kind it was. Raises WrongCode or TooManyTries."""
    now, key, network = runtime.clock(), runtime.keys.session, network_of(source)
    with runtime.transaction() as session:
        login = f"second step of {moderator_profile(session, moderator_id).login}"
        admit_try(session, key, login=login, source=network, now=now, allowances=CODE_ALLOWANCES)
    with runtime.transaction() as session:
        method = use_code(session, SecretBox(runtime.keys), moderator_id, code, now)
        forgive(session, key, login=login, source=network, now=now)
    return method


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
