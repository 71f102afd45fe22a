"""What the desk's buttons send: decisions and their undoing, as plain forms or from the desk's script."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from comments_service.content.desk_texts import Words
from comments_service.moderation.batches import MOST_AT_ONCE, batch_of, decisions_of, in_turns, new_batch
from comments_service.moderation.bulk import ACTIONS, decide_many, undo_many
from comments_service.moderation.chosen import DONE, Result
from comments_service.moderation.conflicts import explain
from comments_service.moderation.opinions import ASKED, PROPOSED, WITHDRAWN, propose_many
from comments_service.moderation.queue_views import count_views
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.moderation_desk.blueprint import DECIDE, PROPOSE, blueprint, wants_json
from comments_service.web.moderation_desk.meanwhile import is_number, seen_on_page
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.moderation_desk.queue_place import place_of
from comments_service.web.problems import Problem
from comments_service.web.wording import desk_language, ngettext
from comments_service.web.wording import gettext as _

LONGEST_NOTE = 1000  # characters
_BATCH = re.compile(r"[0-9a-f]{24}")
_TOKEN = re.compile(r"[0-9a-f-]{16,40}")
_MOST_IN_TOAST = 50  # what was proposed is withdrawn from the toast, which travels in a cookie of at most 4 kB


@blueprint.post("/decisions")
@access(PROPOSE)
def decisions() -> ResponseReturnValue:
    picked = seen_on_page(request.form.getlist("pick"))
    seen = seen_on_page(request.form.getlist("seen")) | picked
    ids, (action, reason) = chosen_ids([*request.form.getlist("ids"), *picked]), _chosen()
    here, person, batch = runtime(), identity(), _batch(len(ids))
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    # A trainee's word is kept for a colleague to confirm; it changes nothing by itself.
    decide = partial(decide_many, batch=batch) if person.may("moderator") else propose_many

    def act(session: Session, part: list[str]) -> list[Result]:
        return decide(
            session,
            part,
            action,
            moderator_id=person.moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            seen=seen,
            reason=reason,
            note=note,
        )

    return answer(in_turns(here.transaction, ids, act), action, batch)


@blueprint.post("/undo")
@access(DECIDE)
def undo() -> ResponseReturnValue:
    here, person = runtime(), identity()
    wanted = _undone(request.form.getlist("undo")) or _of_batch(request.form.get("batch", ""))
    ids = chosen_ids(list(wanted))
    batch = _batch(len(ids))

    def act(session: Session, part: list[str]) -> list[Result]:
        return undo_many(
            session,
            part,
            moderator_id=person.moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            decisions=wanted,
            batch=batch,
        )

    return answer(in_turns(here.transaction, ids, act), "undo", batch)


def _batch(how_many: int) -> str | None:
    """What these decisions share: with others of the same `together` token, else among themselves.

    The script sends one comment after the other without a token, also where it put several into one request.
    """
    token = request.form.get("together", "")
    if _TOKEN.fullmatch(token):
        return batch_of(identity().moderator_id, token)
    return new_batch() if how_many > 1 and not wants_json() else None


def _of_batch(batch: str) -> Mapping[str, int]:
    if not _BATCH.fullmatch(batch):
        return {}
    with runtime().reading() as session:
        found = decisions_of(session, batch, site_ids=covered(session, ""))
    if not found:
        raise Problem(404, "no_such_batch", _("There are no such decisions on your sites."))
    return found


def chosen_ids(ids: list[str]) -> list[str]:
    if not ids:
        raise Problem(422, "nothing_chosen", _("No comment was chosen. Tick the comments that you mean, then decide."))
    if len(ids) > MOST_AT_ONCE:
        message = _("At most %(most)s comments can be decided at once. Choose fewer.", most=MOST_AT_ONCE)
        raise Problem(422, "too_many", message)
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


def _undone(values: list[str]) -> dict[str, int]:
    """`ID:DECISION` of each decision that is to be taken back."""
    parts = (value.split(":") for value in values)
    return {part[0]: int(part[1]) for part in parts if len(part) == 2 and is_number(part[1])}


def answer(results: Sequence[Result], action: str, batch: str | None = None) -> ResponseReturnValue:
    """Tell what became of each comment: as JSON for the desk's script, else on the page that the form came from."""
    place = place_of(request.form)
    if wants_json():
        with runtime().reading() as session:
            counts = count_views(session, covered(session, place.site), eyes())
        return {"results": [_as_json(result) for result in results], "counts": counts}
    _remember(results, action, batch)
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
        "why": result.why,
        "message": _explained(result),
    }


def _remember(results: Sequence[Result], action: str, batch: str | None) -> None:
    """What the next page says about this decision, with the way back: `ACTION COUNT`, then `ID:DECISION` or a batch."""
    done = [f"{result.public_id}:{result.decision_id}" for result in results if result.result == DONE]
    if done:
        way_back = batch or done[0]
        flash(" ".join([action, str(len(done)), *([way_back] if action != "undo" else [])]), "done")
    kept = [result.public_id for result in results if result.result in (PROPOSED, ASKED)]
    withdrawn = [result for result in results if result.result == WITHDRAWN]
    if kept or withdrawn:
        flash(" ".join([action, str(len(kept or withdrawn)), *kept[:_MOST_IN_TOAST]]), "kept")
    for message, count in _counted(filter(None, map(_explained, results))).items():
        times = ngettext("%(num)s comment", "%(num)s comments", count)
        flash(message if count == 1 else f"{message} ({times})", "problem")


def _explained(result: Result) -> str:
    return explain(result, Words(desk_language()))


def _counted(messages: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in messages:
        counts[message] = counts.get(message, 0) + 1
    return counts
