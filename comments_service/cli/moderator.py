"""`comments-service moderator`: the people who moderate, and tokens for programs that do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click
from sqlalchemy.orm import Session

from comments_service.cli.installation import installation
from comments_service.cli.moderator_mail import mail
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation import moderators
from comments_service.moderation.bearer_tokens import (
    LONGEST_DAYS,
    SCOPES,
    TokenError,
    TokenRow,
    list_tokens,
    make_token,
    revoke_token,
)
from comments_service.moderation.invitations import GOOD_DAYS, invite
from comments_service.moderation.moderator_sessions import ALL_SCOPES
from comments_service.moderation.sites import SiteError, find_site
from comments_service.storage.tables import ROLES

_site_option = click.option("--site", "site_key", metavar="KEY", help="Only this site; all sites if left out.")


@click.group()
def moderator() -> None:
    """The people who may use the review desk."""


moderator.add_command(mail)


@moderator.command()
@click.argument("login")
@click.option("--role", type=click.Choice(ROLES), default="moderator", show_default=True)
@_site_option
@click.option("--name", default="", help="Shown beside decisions; the login if left out.")
@json_option
def add(login: str, role: str, site_key: str | None, name: str, as_json: bool) -> None:
    """Add LOGIN and print a first password, once. It must be changed at the first login."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        first = moderators.add_moderator(
            session, login, role=role, site_id=_site_id(session, site_key), now=runtime.clock(), name=name
        )
    _show_password(first, runtime.settings.public_url, as_json)


@moderator.command("invite")
@click.option("--role", type=click.Choice(ROLES), default="moderator", show_default=True)
@_site_option
@click.option("--days", type=click.IntRange(1, 30), default=GOOD_DAYS, show_default=True, help="How long it is good.")
@json_option
def invite_person(role: str, site_key: str | None, days: int, as_json: bool) -> None:
    """Print a link, once, with which one person makes an account and chooses login and password."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        secret = invite(
            session,
            role=role,
            site_id=_site_id(session, site_key),
            invited_by=None,
            now=runtime.clock(),
            days=days,
        )
    link = f"{runtime.settings.public_url}/moderation/invitation/{secret}"
    if as_json:
        print_json({"link": link, "role": role, "site": site_key, "days": days})
        return
    click.echo(link)
    click.echo(f"For one person, {role} on {site_key or 'all sites'}; good for {days} days, shown only now.", err=True)


@moderator.command("list")
@json_option
def list_all(as_json: bool) -> None:
    """List the moderators with role, site and state."""
    with installation().reading() as session:
        people = moderators.list_moderators(session)
    if as_json:
        print_json([asdict(person) for person in people])
    elif people:
        print_table(["login", "name", "role", "site", "state"], [_cells(person) for person in people])
    else:
        click.echo("No moderator yet. Add one: comments-service moderator add LOGIN --role owner")


@moderator.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@_site_option
def set_role(login: str, role: str, site_key: str | None) -> None:
    """Give LOGIN another role, on one site or on all; it holds from their next click on."""
    with _plain_errors(), installation().transaction() as session:
        moderators.set_role(session, login, role=role, site_id=_site_id(session, site_key))
    click.echo(f"{login} is {role} on {site_key or 'all sites'}.")


@moderator.command()
@click.argument("login")
@json_option
def reset(login: str, as_json: bool) -> None:
    """Print a new first password for LOGIN, once; their sessions, tokens and second factors end."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        first = moderators.reset_password(session, login)
    _show_password(first, runtime.settings.public_url, as_json)


@moderator.command()
@click.argument("login")
@click.option("--undo", is_flag=True, help="Let a moderator in again who was shut out.")
def disable(login: str, undo: bool) -> None:
    """Shut LOGIN out at once. Their decisions stay in the history under their name."""
    with _plain_errors(), installation().transaction() as session:
        moderators.set_disabled(session, login, disabled=not undo)
    click.echo(f"{login} may log in again." if undo else f"{login} is shut out.")


@moderator.command()
@click.argument("login")
@click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=90, show_default=True, help="How long it is good."
)
@click.option("--name", default="command line", show_default=True, help="Which program it is for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="What it may do, repeated; all if left out."
)
@json_option
def token(login: str, days: int, name: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Print a bearer token for the moderation API, once; it may do what LOGIN may, or less."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        known = _active(session, login)
        secret = make_token(
            session, known.id, name=name, scopes=list(scopes) or [ALL_SCOPES], days=days, now=runtime.clock()
        )
    if as_json:
        print_json({"login": known.login, "token": secret, "days": days, "scopes": list(scopes)})
        return
    click.echo(secret)
    click.echo(f"Good for {days} days; keep it now, only its digest is stored.", err=True)


@moderator.command()
@click.argument("login")
@json_option
def tokens(login: str, as_json: bool) -> None:
    """List the bearer tokens of LOGIN."""
    runtime = installation()
    with _plain_errors(), runtime.reading() as session:
        found = list_tokens(session, _active(session, login).id, runtime.clock())
    if as_json:
        print_json([asdict(row) for row in found])
    elif found:
        print_table(["number", "name", "scopes", "last used", "good until"], [_token_cells(row) for row in found])
    else:
        click.echo(f"{login} has no token. Make one: comments-service moderator token {login}")


@moderator.command()
@click.argument("login")
@click.argument("number", type=click.IntRange(1))
def revoke(login: str, number: int) -> None:
    """End a bearer token of LOGIN at once; `moderator tokens LOGIN` shows the numbers."""
    with _plain_errors(), installation().transaction() as session:
        if not revoke_token(session, _active(session, login).id, number):
            raise moderators.ModeratorError(
                f"NUMBER: {login} has no token {number}; `moderator tokens {login}` shows all"
            )
    click.echo(f"Token {number} opens nothing any more.")


def _active(session: Session, login: str) -> moderators.Credentials:
    known = moderators.credentials(session, login)
    if known is None or known.disabled:
        raise moderators.ModeratorError(f"LOGIN: there is no active moderator {login!r}")
    return known


def _token_cells(row: TokenRow) -> list[str]:
    used = row.used_at.strftime("%Y-%m-%d %H:%M") if row.used_at else "never"
    return [str(row.id), row.name, " ".join(row.scopes) or "everything", used, row.expires_at.strftime("%Y-%m-%d")]


@contextmanager
def _plain_errors() -> Iterator[None]:
    """A user's mistake as one line."""
    try:
        yield
    except TokenError as error:
        raise click.ClickException(f"--{error.field}: {error}") from None
    except (moderators.ModeratorError, SiteError) as error:
        raise click.ClickException(str(error)) from None


def _site_id(session: Session, key: str | None) -> int | None:
    return None if key is None else find_site(session, key).id


def _cells(person: moderators.Profile) -> list[str]:
    state = "shut out" if person.disabled else "first password" if person.must_change else "active"
    return [person.login, person.name, person.role, person.site or "all sites", state]


def _show_password(first: moderators.FirstPassword, public_url: str, as_json: bool) -> None:
    url = f"{public_url}/moderation/"
    if as_json:
        print_json({**asdict(first), "url": url})
        return
    click.echo(f"login     {first.login}\npassword  {first.password}")
    click.echo(f"Shown only now. Log in at {url} and choose another password there.", err=True)
