"""Why mail does not arrive, for owners: the log of tries, what was given up, and a check of the way that mail takes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.content.desk_texts import Words
from comments_service.notifications.mail_check import Finding, check_mail
from comments_service.notifications.mail_log import LogPage, read_log
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox import backlog
from comments_service.storage.tables import MAIL_OUTCOMES
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import OWN, blueprint
from comments_service.web.wording import desk_language
from comments_service.web.wording import gettext as _


@blueprint.get("/mail/log")
@access(OWN)
def mail_log() -> ResponseReturnValue:
    outcome, before = request.args.get("outcome", ""), _number(request.args.get("before", ""))
    chosen = outcome if outcome in MAIL_OUTCOMES else ""
    page, parked = LogPage((), None), []
    if _has_a_part():
        with runtime().reading() as session:
            page = read_log(session, outcome=chosen, before=before)
            parked = [row for row in backlog.parked(session) if row.kind == MAIL]
    return render_template(
        "desk/mail_log.html",
        page=page,
        parked=parked,
        outcome=chosen,
        outcomes=MAIL_OUTCOMES,
        has_a_part=_has_a_part(),
    )


@blueprint.post("/mail/log/retry")
@access(OWN)
def retry_mail() -> ResponseReturnValue:
    row_id, found = _number(request.form.get("row", "")), False
    if _has_a_part() and row_id is not None:
        with runtime().transaction() as session:
            among = {row.id for row in backlog.parked(session) if row.kind == MAIL}
            found = row_id in among and backlog.retry(session, row_id)
    flash(_("It is tried again within seconds.") if found else _("That mail is not given up any more."), "notice")
    return redirect(url_for("moderation_desk.mail_log"), 303)


@blueprint.get("/mail/check")
@access(OWN)
def mail_check() -> ResponseReturnValue:
    return _check_page(None)


@blueprint.post("/mail/check")
@access(OWN)
def run_mail_check() -> ResponseReturnValue:
    """Asks others and may send a mail, so a POST."""
    to = request.form.get("to", "").strip()[:254]
    found = list(check_mail(runtime(), Words(desk_language()), to=to)) if _has_a_part() else None
    return _check_page(found, to)


def _check_page(findings: list[Finding] | None, to: str = "") -> ResponseReturnValue:
    return render_template("desk/mail_check.html", findings=findings, to=to, has_a_part=_has_a_part())


def _has_a_part() -> bool:
    """Mail is the whole service's: an owner of one site would see the mails of the others."""
    return identity().site_id is None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
