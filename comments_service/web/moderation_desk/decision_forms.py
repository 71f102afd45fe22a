"""What the desk's buttons send: decisions and their undoing, as plain forms or from the desk's script."""

from collections.abc import Iterable, Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.bulk import ACTIONS, DONE, MOST_AT_ONCE, Result, Seen, decide_many, undo_many
from comments_service.moderation.conflicts import explain
from comments_service.moderation.opinions import ASKED, PROPOSED, WITHDRAWN, propose_many
from comments_service.moderation.queue import count_views
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.moderation_desk.blueprint import DECIDE, PROPOSE, blueprint, wants_json
from comments_service.web.moderation_desk.queue_page import covered, place_of
from comments_service.web.problems import Problem

LONGEST_NOTE = 1000  # characters
_MOST_IN_TOAST = 50  # the toast's undo travels in a cookie of at most 4 kB; more is undone in the history


@blueprint.post("/decisions")
@access(PROPOSE)
def decisions() -> ResponseReturnValue:
    ids, (action, reason) = chosen_ids(request.form.getlist("ids")), _chosen()
    here, person = runtime(), identity()
    # A trainee's word is kept for a colleague to confirm; it changes nothing by itself.
    decide = decide_many if person.may("moderator") else propose_many
    with here.transaction() as session:
        results = decide(
            session,
            ids,
            action,
            moderator_id=person.moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            seen=seen_on_page(request.form.getlist("seen")),
            reason=reason,
            note=request.form.get("note", "").strip()[:LONGEST_NOTE],
        )
    return answer(results, action)


@blueprint.post("/undo")
@access(DECIDE)
def undo() -> ResponseReturnValue:
    here, person = runtime(), identity()
    wanted = _undone(request.form.getlist("undo"))
    with here.transaction() as session:
        results = undo_many(
            session,
            chosen_ids(list(wanted)),
            moderator_id=person.moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            decisions=wanted,
        )
    return answer(results, "undo")


def chosen_ids(ids: list[str]) -> list[str]:
    if not ids:
        raise Problem(422, "nothing_chosen", "No comment was chosen. Tick the comments that you mean, then decide.")
    if len(ids) > MOST_AT_ONCE:
        raise Problem(422, "too_many", f"At most {MOST_AT_ONCE} comments can be decided at once.")
    return ids


def _chosen() -> tuple[str, str]:
    """The decision and its reason. A button of the reject menu names the reason alone."""
    reason = request.form.get("reject_reason", "")
    if reason:
        if reason not in REJECTION_REASONS:
            raise Problem(422, "unknown_reason", "Choose one of the reasons for rejecting.")
        return "reject", reason
    action = request.form.get("decision", "")
    if action not in ACTIONS:
        raise Problem(422, "unknown_decision", "Choose approve, reject, spam or delete.")
    if action == "reject":
        raise Problem(422, "reason_missing", "Choose a reason for rejecting: the author can read it.")
    return action, ""


def seen_on_page(values: list[str]) -> dict[str, Seen]:
    """`ID:REVISION:STATUS` of each comment on the page, as it was when the page was made."""
    parts = (value.split(":") for value in values)
    return {part[0]: Seen(int(part[1]), part[2]) for part in parts if len(part) == 3 and _is_number(part[1])}


def _undone(values: list[str]) -> dict[str, int]:
    """`ID:DECISION` of each decision that is to be taken back."""
    parts = (value.split(":") for value in values)
    return {part[0]: int(part[1]) for part in parts if len(part) == 2 and _is_number(part[1])}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def answer(results: Sequence[Result], action: str) -> ResponseReturnValue:
    """Tell what became of each comment: as JSON for the desk's script, else on the page that the form came from."""
    place = place_of(request.form)
    if wants_json():
        with runtime().reading() as session:
            counts = count_views(session, covered(session, place.site), eyes())
        return {"results": [_as_json(result) for result in results], "counts": counts}
    _remember(results, action)
    page = request.form.get("page", "")
    if page == "history":
        return redirect(url_for("moderation_desk.history"), 303)
    if page:
        return redirect(url_for("moderation_desk.comment", public_id=page), 303)
    return redirect(place.url(), 303)


def _as_json(result: Result) -> dict[str, object]:
    return {
        "id": result.public_id,
        "result": result.result,
        "status": result.status,
        "decision_id": result.decision_id,
        "message": explain(result),
    }


def _remember(results: Sequence[Result], action: str) -> None:
    """What the next page says about this decision, with the way back: `ACTION COUNT ID:DECISION…`."""
    undo = [f"{result.public_id}:{result.decision_id}" for result in results if result.result == DONE]
    if undo:
        undoable = action != "undo" and len(undo) <= _MOST_IN_TOAST
        flash(" ".join([action, str(len(undo)), *(undo if undoable else [])]), "done")
    kept = [result.public_id for result in results if result.result in (PROPOSED, ASKED)]
    withdrawn = [result for result in results if result.result == WITHDRAWN]
    if kept or withdrawn:
        flash(" ".join([action, str(len(kept or withdrawn)), *kept[:_MOST_IN_TOAST]]), "kept")
    for message, count in _counted(filter(None, map(explain, results))).items():
        flash(message if count == 1 else f"{message} ({count} comments)", "problem")


def _counted(messages: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in messages:
        counts[message] = counts.get(message, 0) + 1
    return counts
