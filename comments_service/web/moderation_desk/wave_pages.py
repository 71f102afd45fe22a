"""Waves at the desk: all of them, one with a sample, and the buttons that decide about all of it or end it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.moderation.bulk import ACTIONS
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.waves.arriving import KIND
from comments_service.moderation.waves.deciding import WaveMoved, dismiss_wave, end_wave, start_run, start_undo
from comments_service.moderation.waves.shown import WaveView, find_wave, latest_waves, sample_of
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import DECIDE, LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered, may_decide
from comments_service.web.problems import Problem
from comments_service.web.submissions import ring
from comments_service.web.wording import gettext as _

_LONGEST_NOTE = 1000  # characters
_HIGHEST = 2**63  # no row has such a number, and no database takes it


@blueprint.get("/waves")
@access(LOOK)
def waves() -> ResponseReturnValue:
    with runtime().reading() as session:
        found = latest_waves(session, covered(session, ""))
    return render_template("desk/waves.html", waves=found, reasons=REJECTION_REASONS, may_decide=may_decide())


@blueprint.get("/waves/<int:wave_id>")
@access(LOOK)
def wave(wave_id: int) -> ResponseReturnValue:
    with runtime().reading() as session:
        found = _found(session, wave_id)
        sample = sample_of(session, wave_id)
    return render_template(
        "desk/wave.html", wave=found, sample=sample, reasons=REJECTION_REASONS, may_decide=may_decide()
    )


@blueprint.post("/waves/<int:wave_id>/decision")
@access(DECIDE)
def decide_wave(wave_id: int) -> ResponseReturnValue:
    action, reason = _chosen()
    here = runtime()
    with here.transaction() as session:
        _found(session, wave_id)
        try:
            start_run(
                session,
                wave_id,
                action,
                moderator_id=identity().moderator_id,
                now=here.clock(),
                reason=reason,
                note=request.form.get("note", "").strip()[:_LONGEST_NOTE],
                follows="follows" in request.form,
            )
        except WaveMoved:
            return _moved(wave_id)
    return _on_its_way(wave_id, _("All of the wave is being decided. You can go on meanwhile."))


@blueprint.post("/waves/<int:wave_id>/undo")
@access(DECIDE)
def undo_wave(wave_id: int) -> ResponseReturnValue:
    here, run = runtime(), request.form.get("run", "")
    with here.transaction() as session:
        found = _found(session, wave_id)
        try:
            if found.run is None or run != str(found.run.id):
                raise WaveMoved
            start_undo(session, wave_id, found.run.id, moderator_id=identity().moderator_id, now=here.clock())
        except WaveMoved:
            return _moved(wave_id)
    return _on_its_way(wave_id, _("Everything is being put back."))


@blueprint.post("/waves/<int:wave_id>/end")
@access(DECIDE)
def end(wave_id: int) -> ResponseReturnValue:
    here, person, verdict = runtime(), identity(), request.form.get("verdict", "")
    if verdict not in {"over", "none"}:
        raise Problem(422, "unknown_verdict", _("Say whether the wave is over, or is none."))
    with here.transaction() as session:
        _found(session, wave_id)
        if verdict == "over":
            end_wave(session, wave_id, moderator_id=person.moderator_id, now=here.clock())
            return _on_its_way(wave_id, _("The wave is over. What comes now is judged as ever."))
        try:
            publish = "publish" in request.form
            dismiss_wave(session, wave_id, moderator_id=person.moderator_id, now=here.clock(), publish=publish)
        except WaveMoved:
            return _moved(wave_id)
    return _on_its_way(wave_id, _("It is no wave: its comments go back to the queue, each by itself."))


def _chosen() -> tuple[str, str]:
    """The decision and its reason. A button of the reject menu names the reason alone."""
    reason = request.form.get("reject_reason", "")
    if reason:
        if reason not in REJECTION_REASONS:
            raise Problem(422, "unknown_reason", _("Choose one of the reasons for rejecting."))
        return "reject", reason
    action = request.form.get("decision", "")
    if action not in ACTIONS or action == "reject":
        raise Problem(422, "unknown_decision", _("Choose approve, reject with a reason, spam or delete."))
    return action, ""


def _found(session: Session, wave_id: int) -> WaveView:
    found = find_wave(session, wave_id, covered(session, "")) if wave_id < _HIGHEST else None
    if found is None:
        raise Problem(404, "no_such_wave", _("There is no such wave."))
    return found


def _moved(wave_id: int) -> ResponseReturnValue:
    """Somebody was quicker, or pressed twice: they see how things stand, and why nothing was done."""
    told = _("Something else is being done with this wave, or this has been done already. Here is how it stands.")
    flash(told, "problem")
    return redirect(url_for("moderation_desk.wave", wave_id=wave_id), 303)


def _on_its_way(wave_id: int, told: str) -> ResponseReturnValue:
    ring(KIND)
    flash(told, "told")
    return redirect(url_for("moderation_desk.wave", wave_id=wave_id), 303)
