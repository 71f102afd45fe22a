"""The people who moderate: added, listed, given a role, given a new first password. Logging in is not done here."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from comments_service.moderation.moderator_sessions import close_all
from comments_service.moderation.passwords import check_new_password, hash_password, make_password
from comments_service.moderation.second_factor import clear_factors
from comments_service.storage.tables import ROLES, Moderator, Site

# With @ and +, so that an e-mail address can be one: an identity provider tells people by it.
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


class ModeratorError(ValueError):
    """Something about a moderator that cannot be done; the text names what and how to mend it."""


class LoginTaken(ModeratorError):
    """There is an account of this login."""


class OddLogin(ModeratorError):
    """A login of other letters than those that make one."""


class LastOwner(ModeratorError):
    """What would leave the installation without anybody who may do everything."""


@dataclass(frozen=True)
class Profile:
    """One moderator as others may see them. `site` is the key of their only site, None for all sites."""

    id: int
    login: str
    name: str
    role: str
    site: str | None
    must_change: bool
    disabled: bool
    created_at: datetime


@dataclass(frozen=True)
class FirstPassword:
    """A moderator's login and the generated password, which exists nowhere else: show it once."""

    login: str
    role: str
    password: str


@dataclass(frozen=True)
class Credentials:
    """What logging in needs to know about an account."""

    id: int
    login: str
    password_hash: str
    disabled: bool


def add_moderator(
    session: Session, login: str, *, role: str, site_id: int | None, now: datetime, name: str = ""
) -> FirstPassword:
    """Add a moderator with a generated password that must be changed at first login. Raises ModeratorError."""
    login = check_login(session, login)
    check_role(role)
    password = make_password()
    session.execute(
        insert(Moderator).values(
            login=login,
            name=person_name(name) or login,
            password_hash=hash_password(password),
            role=role,
            site_id=site_id,
            must_change=True,
            disabled=False,
            created_at=now,
        )
    )
    return FirstPassword(login, role, password)


def list_moderators(session: Session) -> list[Profile]:
    """All moderators, by login."""
    rows = session.execute(
        select(Moderator, Site.key).outerjoin(Site, Site.id == Moderator.site_id).order_by(Moderator.login)
    )
    return [_profile(moderator, site) for moderator, site in rows]


def moderator_profile(session: Session, moderator_id: int) -> Profile:
    """One moderator by id. Raises ModeratorError."""
    row = session.execute(
        select(Moderator, Site.key).outerjoin(Site, Site.id == Moderator.site_id).where(Moderator.id == moderator_id)
    ).first()
    if row is None:
        raise ModeratorError("This account no longer exists.")
    return _profile(row[0], row[1])


def set_role(session: Session, login: str, *, role: str, site_id: int | None) -> None:
    """Give a moderator another role, on one site or (None) on all. Holds from their next request on."""
    check_role(role)
    known = _known(session, login)
    _keep_an_owner(session, known, stays_owner=role == "owner" and site_id is None)
    session.execute(update(Moderator).where(Moderator.id == known.id).values(role=role, site_id=site_id))


def set_disabled(session: Session, login: str, *, disabled: bool) -> None:
    """Shut a moderator out, or let them in again. Shutting out ends their sessions and tokens at once."""
    known = _known(session, login)
    if disabled:
        _keep_an_owner(session, known, stays_owner=False)
        close_all(session, known.id)
    session.execute(update(Moderator).where(Moderator.id == known.id).values(disabled=disabled))


def reset_password(session: Session, login: str) -> FirstPassword:
    """A new first password for somebody who has lost theirs. Sessions, tokens and second factors end with it."""
    known = _known(session, login)
    password = make_password()
    session.execute(
        update(Moderator)
        .where(Moderator.id == known.id)
        .values(password_hash=hash_password(password), must_change=True, sso_digest=None)
    )
    clear_factors(session, known.id)
    close_all(session, known.id)
    return FirstPassword(known.login, known.role, password)


def change_password(session: Session, moderator_id: int, new: str) -> None:
    """Set a password the moderator chose; ends all their sessions. Raises WeakPassword or ModeratorError."""
    known = session.get(Moderator, moderator_id)
    if known is None:
        raise ModeratorError("This account no longer exists.")
    check_new_password(new, known.login)
    store_hash(session, moderator_id, hash_password(new), must_change=False)
    close_all(session, moderator_id, kind="cookie")


def set_language(session: Session, moderator_id: int, language: str) -> None:
    """Have the desk speak `language` to a moderator; empty for what their browser asks for."""
    session.execute(update(Moderator).where(Moderator.id == moderator_id).values(language=language))


def store_hash(session: Session, moderator_id: int, password_hash: str, *, must_change: bool | None = None) -> None:
    """Keep a new hash of a password; `must_change` None leaves that mark as it is."""
    values: dict[str, object] = {"password_hash": password_hash}
    if must_change is not None:
        values["must_change"] = must_change
    session.execute(update(Moderator).where(Moderator.id == moderator_id).values(**values))


def credentials(session: Session, login: str) -> Credentials | None:
    """The account of `login`, whatever its letters' case, or None."""
    row = _find(session, login)
    return None if row is None else Credentials(row.id, row.login, row.password_hash, row.disabled)


def check_login(session: Session, login: str) -> str:
    """The login in the form that is stored, where it can be given to somebody. Raises OddLogin or LoginTaken."""
    folded = login.strip().casefold()
    if not _LOGIN.fullmatch(folded):
        raise OddLogin("LOGIN: use 1 to 64 of a-z, 0-9, dot, hyphen, underscore, + and @, a letter or digit first")
    if _find(session, folded) is not None:
        raise LoginTaken(
            f"LOGIN: there is a moderator {folded!r} already; `moderator reset {folded}` gives a new password"
        )
    return folded


def check_role(role: str) -> None:
    """Raise ModeratorError for what is no role."""
    if role not in ROLES:
        raise ModeratorError(f"--role: {role!r} is none; use one of {', '.join(ROLES)}")


def person_name(typed: str) -> str:
    """A name as others may see it: one line of what can be seen, 80 characters at most."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())[:80]


def _profile(moderator: Moderator, site: str | None) -> Profile:
    return Profile(
        moderator.id,
        moderator.login,
        moderator.name,
        moderator.role,
        site,
        moderator.must_change,
        moderator.disabled,
        moderator.created_at,
    )


def _known(session: Session, login: str) -> Moderator:
    row = _find(session, login)
    if row is None:
        raise ModeratorError(f"LOGIN: there is no moderator {login!r}; `moderator list` shows who there is")
    return row


def _find(session: Session, login: str) -> Moderator | None:
    folded = login.strip().casefold()
    # PostgreSQL takes no NUL character, not even to look for it.
    return session.scalar(select(Moderator).where(Moderator.login == folded)) if _LOGIN.fullmatch(folded) else None


def _keep_an_owner(session: Session, moderator: Moderator, *, stays_owner: bool) -> None:
    """Refuse what would leave the installation without anybody who may do everything."""
    if stays_owner or moderator.role != "owner" or moderator.site_id is not None or moderator.disabled:
        return
    # Locked, so that two owners can't end each other at the same moment.
    owners = session.scalars(
        select(Moderator.id)
        .where(Moderator.role == "owner", Moderator.site_id.is_(None), ~Moderator.disabled)
        .order_by(Moderator.id)
        .with_for_update()
    )
    if set(owners) <= {moderator.id}:
        raise LastOwner(f"LOGIN: {moderator.login} is the last owner; make somebody else an owner first")
