"""`comments-service rule`: what a site does about authors, networks, words and domains by itself."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import TextIO

import click
from sqlalchemy.orm import Session

from comments_service.cli.installation import installation, plain_errors
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.permissions import SiteIds, sites_of
from comments_service.moderation.rules.block_lists import FORMATS, TooManyEntries, read_block_list
from comments_service.moderation.rules.changes import By
from comments_service.moderation.rules.errors import NoSuchRule, RuleError
from comments_service.moderation.rules.importing import import_list
from comments_service.moderation.rules.listing import MOST_RULES, RuleRow, rule_page
from comments_service.moderation.rules.making import TERMS, TYPED_KINDS, Draft, Wanted, add_rule, draft, remove_rule
from comments_service.moderation.rules.trying import Trial, try_draft, try_group
from comments_service.moderation.sites import SiteError, find_site
from comments_service.runtime import Runtime
from comments_service.screening.rules.matching import Entries, Group, Terms
from comments_service.storage.tables import RULE_ACTIONS

_plain_errors = partial(plain_errors, RuleError, SiteError, InvalidCursor, TooManyEntries, NoSuchRule)
_MOST_TOLD = 20  # bad lines
_kind = click.argument("kind", type=click.Choice(TYPED_KINDS))
_pattern = click.argument("pattern")
_site = click.option("--site", "site_key", required=True, metavar="KEY", help="The site that the rule is for.")
_action = click.option("--action", type=click.Choice(RULE_ACTIONS), default="spam", show_default=True)


@click.group()
def rule() -> None:
    """Rules of a site. Rules about an author are made at the desk, from a comment: nobody needs to see the address."""


@rule.command()
@_kind
@_pattern
@_site
@_action
@click.option("--for", "term", type=click.Choice(tuple(TERMS)), default="never", show_default=True)
@click.option("--note", default="", help="Why; colleagues read it at the desk.")
@click.option("--dry-run", is_flag=True, help="Add nothing; say what it would have caught in the last month.")
@json_option
def add(
    kind: str, pattern: str, site_key: str, action: str, term: str, note: str, dry_run: bool, as_json: bool
) -> None:
    """Add a rule about PATTERN, a word, a domain or a network. It holds from the next comment on."""
    wanted = Wanted(kind, pattern, action=action, term=term, note=note)
    if dry_run:
        _show(_tried(wanted, site_key), as_json)
        return
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        added = add_rule(session, _draft(session, wanted, site_key, runtime), By(None, runtime.clock()))
    if as_json:
        print_json({"rule": added.rule_id, "new": added.change_id is not None})
    else:
        click.echo(f"Rule {added.rule_id} " + ("holds from now on." if added.change_id else "was there already."))


@rule.command("try")
@_kind
@_pattern
@_site
@json_option
def try_(kind: str, pattern: str, site_key: str, as_json: bool) -> None:
    """Say what a rule about PATTERN would have caught in the last month; nothing is changed."""
    _show(_tried(Wanted(kind, pattern), site_key), as_json)


@rule.command("import")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@_site
@click.option("--name", required=True, help="Under which the list stands; importing it again replaces its entries.")
@_action
@click.option("--dry-run", is_flag=True, help="Change nothing; say what it would have caught in the last month.")
@json_option
def import_(form: str, file: TextIO, site_key: str, name: str, action: str, dry_run: bool, as_json: bool) -> None:
    """Import a block list from FILE ("-": standard input) into a site.

    FORMAT is words, domains (also ||domain^), hosts, wordpress (disallowed comment keys) or csv (kind,pattern). Lines
    that mean nothing here are named on standard error. Nothing is fetched from anywhere.
    """
    runtime = installation()
    with _plain_errors():
        found = read_block_list(file, form)
        for one in found.left_out[:_MOST_TOLD]:
            click.echo(f"line {one.line}: {one.why}", err=True)
        if len(found.left_out) > _MOST_TOLD:
            click.echo(f"… and {len(found.left_out) - _MOST_TOLD} lines more", err=True)
        if dry_run:
            with runtime.reading() as session:
                group = Group(Entries((0, *entry) for entry in found.entries), Terms(action, None))
                trial = try_group(session, find_site(session, site_key).id, group, runtime.clock())
            _show(trial, as_json)
            return
        with runtime.transaction() as session:
            site_id = find_site(session, site_key).id
            done = import_list(session, site_id, name, found.entries, action, By(None, runtime.clock()))
    if as_json:
        print_json({**asdict(done), "left_out": [asdict(one) for one in found.left_out]})
    else:
        click.echo(f"{done.name}: {done.added} added, {done.removed} removed, {done.size} entries in force.")


@rule.command("list")
@click.option("--site", "site_key", metavar="KEY", help="Only this site; all sites if left out.")
@json_option
def list_all(site_key: str | None, as_json: bool) -> None:
    """List the rules in force, newest first. Addresses and networks are not shown."""
    runtime = installation()
    with _plain_errors(), runtime.reading() as session:
        found = list(_rules(session, _site_ids(session, site_key), runtime))
    if as_json:
        print_json([asdict(one) for one in found])
    elif found:
        print_table(["rule", "site", "about", "action", "until", "caught"], [_cells(one) for one in found])
    else:
        click.echo("No rules. Make one: comments-service rule add word PATTERN --site KEY")


@rule.command()
@click.argument("rule_id", type=click.IntRange(1, 2**62))
def remove(rule_id: int) -> None:
    """Take RULE_ID out of force; the desk can put it back."""
    runtime = installation()
    with _plain_errors(), runtime.transaction() as session:
        remove_rule(session, rule_id, _site_ids(session, None), By(None, runtime.clock()))
    click.echo(f"Rule {rule_id} is removed.")


def _rules(session: Session, site_ids: SiteIds, runtime: Runtime) -> Iterator[RuleRow]:
    cursor: str | None = None
    while True:
        page = rule_page(session, site_ids=site_ids, now=runtime.clock(), cursor=cursor, limit=MOST_RULES)
        yield from page.rules
        cursor = page.next_cursor
        if cursor is None:
            return


def _tried(wanted: Wanted, site_key: str) -> Trial:
    runtime = installation()
    with _plain_errors(), runtime.reading() as session:
        return try_draft(session, _draft(session, wanted, site_key, runtime), runtime.clock())


def _draft(session: Session, wanted: Wanted, site_key: str, runtime: Runtime) -> Draft:
    return draft(session, _site_ids(session, site_key), wanted, runtime.clock())


def _site_ids(session: Session, site_key: str | None) -> SiteIds:
    return [find_site(session, site_key).id] if site_key else [site.id for site in sites_of(session, None)]


def _show(trial: Trial, as_json: bool) -> None:
    if as_json:
        print_json(asdict(trial))
        return
    if not trial.knowable:
        click.echo("Nobody can say: which network a comment came from is not kept.")
        return
    click.echo(
        f"{trial.caught} of {trial.looked_at} comments of the last month; people have approved {trial.approved}."
    )
    if trial.shown:
        print_table(["comment", "status", "text"], [[one.public_id, one.status, one.excerpt] for one in trial.shown])


def _cells(one: RuleRow) -> list[str]:
    about = f"{one.kind} {one.pattern}".strip()
    until = f"{one.expires_at:%Y-%m-%d}" if one.expires_at else "removed"
    return [str(one.id), one.site_key, about, one.action, until, str(one.caught)]
