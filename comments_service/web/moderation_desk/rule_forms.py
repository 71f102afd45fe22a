"""Rules made at the desk: looked at first with what they would have caught, then added; removed; taken back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.content.links import links_in
from comments_service.moderation.permissions import SiteIds, sites_of
from comments_service.moderation.queue import find_item
from comments_service.moderation.rules.changes import By
from comments_service.moderation.rules.errors import NoSuchRule, RuleError
from comments_service.moderation.rules.importing import remove_list
from comments_service.moderation.rules.making import FROM_COMMENT, TERMS, Draft, Wanted, add_rule, draft, remove_rule
from comments_service.moderation.rules.trying import Trial, try_draft
from comments_service.moderation.rules.undo import own_change, undo_change
from comments_service.screening.rules.matching import host_of
from comments_service.storage.tables import RULE_ACTIONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import DECIDE, EDIT, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.moderation_desk.rule_words import in_words
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _

_SHOWN_HOSTS = 10


@blueprint.get("/rules/new")
@access(DECIDE)
def new_rule() -> ResponseReturnValue:
    return _form(_wanted(request.args), tried=bool(request.args.get("comment")))


@blueprint.post("/rules/try")
@access(DECIDE)
def try_rule() -> ResponseReturnValue:
    return _form(_wanted(request.form), tried=True)


@blueprint.post("/rules")
@access(DECIDE)
def save_rule() -> ResponseReturnValue:
    here, wanted = runtime(), _wanted(request.form)
    try:
        with here.transaction() as session:
            added = add_rule(session, _draft(session, wanted), _by())
    except RuleError as error:
        return _form(wanted, tried=False, error=error)
    _tell(_("The rule holds from now on.") if added.change_id else _("There is such a rule already."), added.change_id)
    return redirect(url_for("moderation_desk.rules"), 303)


@blueprint.post("/rules/remove")
@access(EDIT)
def remove_rules() -> ResponseReturnValue:
    with runtime().transaction() as session:
        try:
            listed, sites = _number("list"), covered(session, "")
            change = (
                remove_list(session, listed, sites, _by())
                if listed
                else remove_rule(session, _number("rule"), sites, _by())
            )
        except NoSuchRule:
            change = None
    done = _("The list is removed.") if listed else _("The rule is removed.")
    _tell(done if change else _("There is no such rule any more."), change)
    return redirect(url_for("moderation_desk.rules"), 303)


@blueprint.post("/rules/undo")
@access(DECIDE)
def undo_rule() -> ResponseReturnValue:
    with runtime().transaction() as session:
        try:
            change, site_ids = _number("change"), covered(session, "")
            if not identity().may("editor") and not own_change(session, change, identity().moderator_id):
                raise NoSuchRule
            undo_change(session, change, site_ids, _by())
            message = _("It is as it was before.")
        except NoSuchRule:
            message = _("There is nothing that you could take back here.")
        except RuleError as error:
            message = in_words(error)
    _tell(message, None)
    return redirect(url_for("moderation_desk.rules"), 303)


def _wanted(values: Any) -> Wanted:
    return Wanted(
        kind=values.get("kind", "address" if values.get("comment") else "word"),
        typed=values.get("pattern", "")[:1000],
        comment=values.get("comment", "")[:32],
        action=values.get("action", "spam"),
        term=values.get("term", "month"),
        note=values.get("note", ""),
    )


def _draft(session: Session, wanted: Wanted) -> Draft:
    """Raises RuleError, or Problem for what this person may not do or see."""
    if wanted.kind not in FROM_COMMENT and not identity().may("editor"):
        raise Problem(403, "role", _("Rules about words, domains and typed networks need the role editor."))
    try:
        return draft(session, _site_ids(session), wanted, runtime().clock())
    except NoSuchRule:
        raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.") from None


def _site_ids(session: Session) -> SiteIds:
    return covered(session, request.values.get("site", "")[:64])


def _form(wanted: Wanted, *, tried: bool, error: RuleError | None = None) -> ResponseReturnValue:
    here = runtime()
    trial: Trial | None = None
    with here.reading() as session:
        site_ids = _site_ids(session)
        item = find_item(session, wanted.comment, vault=here.vault, site_ids=site_ids) if wanted.comment else None
        if wanted.comment and item is None:
            raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.")
        try:
            if tried and (wanted.typed or wanted.kind in FROM_COMMENT):
                trial = try_draft(session, _draft(session, wanted), here.clock())
        except RuleError as found:
            error = found
        sites = sites_of(session, identity().site_id)
    hosts = [host_of(link) for link in [*links_in(item.body.text), item.website]] if item else []
    page = render_template(
        "desk/rules_new.html",
        wanted=wanted,
        item=item,
        hosts=[host for host in dict.fromkeys(hosts) if host][:_SHOWN_HOSTS],
        trial=trial,
        error=in_words(error) if error else "",
        error_field=error.field if error else "",
        sites=sites,
        site=request.values.get("site", "")[:64],
        actions=RULE_ACTIONS,
        terms=tuple(TERMS),
        may_edit=identity().may("editor"),
    )
    # A person who opens the form of a comment without an address has made no mistake.
    return page, 422 if error and request.method == "POST" else 200


def _by() -> By:
    return By(identity().moderator_id, runtime().clock())


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _tell(message: str, change: int | None) -> None:
    """For the next page: what was done, with the change that an undo takes back."""
    flash(f"{change or ''} {message}", "rules")
