"""Authors' appeals: the list, one of them, and deciding about it. Whether somebody may decides `moderation.appeals`."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.moderation.appeals import (
    LONGEST_ANSWER,
    AlreadySettled,
    Judge,
    NoSuchAppeal,
    NotUpheld,
    OwnDecision,
    Verdict,
    reopen_appeal,
    settle_appeal,
)
from comments_service.moderation.appeals_listed import STATES, appeals, whole_appeal
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.decide import Conflict
from comments_service.moderation.permissions import sites_of
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import DECIDE, LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _

_VERDICTS: dict[str, Verdict] = {"uphold": "upheld", "reverse": "reversed"}


@blueprint.get("/appeals")
@access(LOOK)
def appeal_list() -> ResponseReturnValue:
    site, wanted = request.args.get("site", "")[:64], request.args.get("state", "")
    state = next((one for one in STATES if one == wanted), STATES[0])
    with runtime().reading() as session:
        try:
            page = appeals(session, state, site_ids=covered(session, site), cursor=request.args.get("cursor", ""))
        except InvalidCursor:
            raise Problem(
                404, "no_such_page", _("This page of the list does not exist. Begin with the first.")
            ) from None
        sites = sites_of(session, identity().site_id)
    return render_template("desk/appeals.html", page=page, state=state, site=site, sites=sites)


@blueprint.get("/appeals/<reference>")
@access(LOOK)
def appeal(reference: str) -> ResponseReturnValue:
    here = runtime()
    with here.reading() as session:
        try:
            found = whole_appeal(session, reference, judge=_judge(session), vault=here.vault)
        except NoSuchAppeal:
            raise _absent() from None
    return render_template("desk/appeal.html", appeal=found, reasons=REJECTION_REASONS, longest=LONGEST_ANSWER)


@blueprint.post("/appeals/<reference>")
@access(DECIDE)
def decide_appeal(reference: str) -> ResponseReturnValue:
    verdict, answer = _said()
    here = runtime()
    with here.transaction() as session:
        try:
            settle_appeal(session, reference, verdict, answer=answer, judge=_judge(session), now=here.clock())
        except NoSuchAppeal:
            raise _absent() from None
        except OwnDecision:
            raise _own() from None
        except (AlreadySettled, Conflict):
            # Told on the appeal's own page, where stands what was decided; nothing of this transaction is kept.
            session.rollback()
            flash(_("This appeal has been decided meanwhile."), "problem")
            return redirect(url_for("moderation_desk.appeal", reference=reference), 303)
    flash(_("Appeal %(reference)s is decided. Its author reads your answer.", reference=reference), "told")
    return redirect(url_for("moderation_desk.appeal_list"), 303)


@blueprint.post("/appeals/<reference>/reopen")
@access(DECIDE)
def reopen(reference: str) -> ResponseReturnValue:
    here = runtime()
    with here.transaction() as session:
        try:
            reopen_appeal(session, reference, judge=_judge(session), now=here.clock())
        except NoSuchAppeal:
            raise _absent() from None
        except OwnDecision:
            raise _own() from None
        except NotUpheld:
            text = _(
                "Only an appeal that was turned down is opened again here. Undo a reversal in the comment's history."
            )
            raise Problem(409, "not_upheld", text) from None
    return redirect(url_for("moderation_desk.appeal", reference=reference), 303)


def _judge(session: Session) -> Judge:
    person = identity()
    return Judge(person.moderator_id, person.role, covered(session, ""))


def _said() -> tuple[Verdict, str]:
    verdict = _VERDICTS.get(request.form.get("verdict", ""))
    answer = request.form.get("answer", "").replace("\x00", "").strip()
    if verdict is None:
        raise Problem(422, "unknown_verdict", _("Choose whether the decision stands or is reversed."))
    if not answer:
        raise Problem(422, "answer_missing", _("Write an answer: the author reads it."))
    if len(answer) > LONGEST_ANSWER:
        text = _("The answer is too long: at most %(number)s characters.", number=LONGEST_ANSWER)
        raise Problem(422, "answer_too_long", text)
    return verdict, answer


def _absent() -> Problem:
    return Problem(404, "no_such_appeal", _("There is no appeal of this reference on your sites."))


def _own() -> Problem:
    text = _(
        "You decided against this comment yourself, so somebody else decides about the appeal. It stays in the list for"
        " your colleagues."
    )
    return Problem(403, "own_decision", text)
