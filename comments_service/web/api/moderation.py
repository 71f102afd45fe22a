"""The moderation API: queue, counts, decisions and their history, for the desk's own script and for other programs.

Called with the desk's cookie and CSRF token (`X-CSRFToken`), or with a bearer token.
"""

from dataclasses import dataclass
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from comments_service.moderation.batches import in_turns, new_batch
from comments_service.moderation.bulk import decide_many, undo_many
from comments_service.moderation.chosen import Result, Seen
from comments_service.moderation.conflicts import explain
from comments_service.moderation.cursors import InvalidCursor
from comments_service.moderation.decide import NoSuchComment
from comments_service.moderation.history import Entry, comment_log
from comments_service.moderation.opinions import propose_many
from comments_service.moderation.permissions import NoSuchSite, SiteIds, chosen_sites
from comments_service.moderation.queue import QueuePage, find_item, waiting
from comments_service.moderation.queue_filters import PARAMETERS, BadFilter, read_filters
from comments_service.moderation.queue_views import count_views
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import Identity, Rule, access, identity
from comments_service.web.api.moderation_schemas import (
    CountsQuery,
    DecisionsInput,
    DecisionsSchema,
    HistorySchema,
    ItemSchema,
    QueueCountsSchema,
    QueueQuery,
    QueueSchema,
)
from comments_service.web.api.strict_arguments import StrictParser
from comments_service.web.context import runtime
from comments_service.web.eyes import eyes
from comments_service.web.problems import FieldError, Problem

blueprint = Blueprint(
    "moderation_api",
    __name__,
    url_prefix="/api/v1/moderation",
    description="The review queue for programs. Cookie and CSRF token, or a bearer token.",
)

blueprint.ARGUMENTS_PARSER = StrictParser()

_LOOK = Rule("desk", "viewer", scope="queue:read")
_PROPOSE = Rule("desk", "trainee", scope="decide")
_AUTHORISED = blueprint.doc(security=[{"moderator": ["queue:read"]}])
_DECIDING = blueprint.doc(security=[{"moderator": ["decide"]}])


@dataclass(frozen=True)
class _Told:
    """A result with its explanation, as the schema wants it."""

    public_id: str
    result: str
    status: str
    decision_id: int | None
    message: str


@blueprint.after_request
def _never_cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/queue")
@access(_LOOK)
@_AUTHORISED
@blueprint.arguments(QueueQuery, location="query")
@blueprint.response(200, QueueSchema)
def queue(query: dict[str, Any]) -> QueuePage:
    """A page of the review queue

    Each comment comes with its scores and the spans behind them, the checks' evidence, why it is where it is,
    open reports, the comment it answers and its author's history. Addresses are masked.
    """
    here = runtime()
    try:
        filters = read_filters({name: query.get(name, "") for name in PARAMETERS}, here.clock())
    except BadFilter as error:
        raise _wrong(error.field, str(error)) from None
    with here.reading() as session:
        try:
            return waiting(
                session,
                vault=here.vault,
                site_ids=_sites(session, query.get("site")),
                status=query["status"],
                sort=query["sort"],
                cursor=query["cursor"],
                limit=query["limit"],
                eyes=eyes(),
                filters=filters,
            )
        except InvalidCursor as error:
            raise _wrong("cursor", str(error)) from None
        except NoSuchComment:
            raise _no_such_comment() from None


@blueprint.route("/counts")
@access(_LOOK)
@_AUTHORISED
@blueprint.arguments(CountsQuery, location="query")
@blueprint.response(200, QueueCountsSchema)
def counts(query: dict[str, Any]) -> dict[str, dict[str, int]]:
    """How many comments stand in each view"""
    with runtime().reading() as session:
        return {"counts": count_views(session, _sites(session, query.get("site")), eyes())}


@blueprint.route("/decisions", methods=["POST"])
@access(_PROPOSE)
@_DECIDING
@blueprint.arguments(DecisionsInput)
@blueprint.response(200, DecisionsSchema)
def decisions(order: dict[str, Any]) -> dict[str, list[_Told]]:
    """Decide about comments, or take decisions back

    Everything that can be done is done, fifty comments in one transaction, and readers see it at once; `results` tells
    for each id whether it was done, is missing, or was a conflict because somebody or the author was quicker. What one
    request decides stands in the history as one entry, which can be undone as one. A trainee's decision is kept for a
    colleague to confirm (`proposed`) and changes nothing by itself.
    """
    here, person = runtime(), identity()
    reason, note = _reason_and_note(order)
    seen = {public_id: Seen(**was) for public_id, was in order["seen"].items()}
    batch = new_batch() if len(order["ids"]) > 1 else None

    def act(session: Session, ids: list[str]) -> list[Result]:
        common: dict[str, Any] = {
            "moderator_id": person.moderator_id,
            "site_ids": _sites(session, None),
            "now": here.clock(),
            "note": note,
        }
        if order["decision"] == "undo":
            return undo_many(session, ids, decisions=order["decisions"], batch=batch, **common)
        common |= {"seen": seen, "reason": reason}
        if not person.may("moderator"):
            return propose_many(session, ids, order["decision"], **common)
        return decide_many(session, ids, order["decision"], batch=batch, **common)

    if order["decision"] == "undo":
        _require_moderator(person)
    return {"results": [_told(result) for result in in_turns(here.transaction, order["ids"], act)]}


def _require_moderator(person: Identity) -> None:
    if not person.may("moderator"):
        raise Problem(403, "role", f"Taking a decision back needs the role moderator; yours is {person.role}.")


def _reason_and_note(order: dict[str, Any]) -> tuple[str, str]:
    """A rejection's reason is a code that its author can be told in words; own words are for colleagues."""
    given = (order["reason"] or "").strip()
    if order["decision"] == "reject" and given in REJECTION_REASONS:
        return given, order["note"]
    words = "; ".join(part for part in (given, order["note"]) if part)
    return ("other" if order["decision"] == "reject" else ""), words


@blueprint.route("/comments/<public_id>")
@access(_LOOK)
@_AUTHORISED
@blueprint.response(200, ItemSchema)
def comment(public_id: str) -> Any:
    """One comment as the queue shows it"""
    here = runtime()
    with here.reading() as session:
        found = find_item(session, public_id, vault=here.vault, site_ids=_sites(session, None))
    if found is None:
        raise _no_such_comment()
    return found


@blueprint.route("/comments/<public_id>/history")
@access(_LOOK)
@_AUTHORISED
@blueprint.response(200, HistorySchema)
def history(public_id: str) -> dict[str, list[Entry]]:
    """Every decision about one comment, oldest first"""
    with runtime().reading() as session:
        site_ids = _sites(session, None)
        entries = comment_log(session, public_id, site_ids=site_ids)
        if not entries and find_item(session, public_id, vault=runtime().vault, site_ids=site_ids) is None:
            raise _no_such_comment()
    return {"history": entries}


def _sites(session: Session, wanted: str | None) -> SiteIds:
    try:
        return chosen_sites(session, identity().site_id, wanted)
    except NoSuchSite as error:
        raise Problem(404, "no_such_site", str(error)) from None


def _told(result: Result) -> _Told:
    return _Told(result.public_id, result.result, result.status, result.decision_id, explain(result))


def _wrong(field: str, message: str) -> Problem:
    return Problem(422, "fields", message, [FieldError(field, "invalid", message)])


def _no_such_comment() -> Problem:
    return Problem(404, "no_such_comment", "There is no comment of this id on your sites.")
