"""An author's own comment: look, edit, delete, bring back. The edit token is the only right there is; no cookie."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, jsonify, request
from sqlalchemy.orm import Session

from comments_service.comments.edit import edit, own_comment, restore, rights, withdraw
from comments_service.comments.places import Above, above_of
from comments_service.comments.public import iso, public_comment
from comments_service.comments.read import html_of
from comments_service.comments.submit import JUDGE
from comments_service.moderation.decide import Conflict, decide
from comments_service.notifications.links import status_url
from comments_service.privacy.tokens import edit_token_matches
from comments_service.screening.checks.fields import check_body
from comments_service.screening.evidence import FieldError, Refused
from comments_service.storage.tables import Comment
from comments_service.web.access import PUBLIC, access
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.parsing import bearer_token, load_whole
from comments_service.web.api.schemas import EditSchema, OwnCommentSchema
from comments_service.web.context import runtime
from comments_service.web.origins import refuse_foreign_writes, share
from comments_service.web.problems import Problem
from comments_service.web.rate_limits import EDITS, hold_to
from comments_service.web.sites import SiteInUse, is_public_id, site_in_use
from comments_service.web.submissions import problem_of, ring
from comments_service.web.visitors import visitor

# No finer than this, and no score: a spammer must not learn what to change.
_REASONS = {
    "spam": "It was taken for spam. If it is not, write to the site's publisher; a person can put it back.",
    "rejected": "It was not published, as it was found to be against the site's rules. The publisher can tell more.",
    "deleted": "It was deleted.",
}


def own_view(comment: Comment, site: SiteInUse, above: Above) -> dict[str, Any]:
    """What an author sees of the own comment."""
    now = runtime().clock()
    view: dict[str, Any] = {
        "id": comment.public_id,
        "status": comment.status,
        "comment": public_comment(comment, html_of(comment), above.parent, [], 0, answered=above.answered),
        "status_url": status_url(runtime(), site.row.key, comment.public_id, comment.created_at),
    }
    if comment.status in _REASONS:
        view["reason"] = _REASONS[comment.status]
    if rights(comment, site.settings, now).may_edit:
        view["editable_until"] = iso(comment.created_at + site.window)
    return view


@blueprint.route("/sites/<site_key>/comments/<public_id>", methods=["GET"])
@access(PUBLIC)
@described(
    "An author's own view of a comment",
    {200: OwnCommentSchema},
    {404},
    token=True,
    query={"source": "1: with the text as it was typed."},
)
def get_own(site_key: str, public_id: str) -> Response:
    with runtime().reading() as session:
        site, comment = _found(session, site_key, public_id)
        view = own_view(comment, site, above_of(session, comment))
        # Only on request: an address typed into a text is hidden everywhere else, here it must come back unchanged.
        if "editable_until" in view and request.args.get("source") == "1":
            view["source"] = comment.source
    return _private(share(jsonify(view), site.row))


@blueprint.route("/sites/<site_key>/comments/<public_id>", methods=["PATCH"])
@access(PUBLIC)
@described("Change the text within the edit window", {200: OwnCommentSchema}, {400, 404, 409, 422}, EditSchema, True)
def edit_own(site_key: str, public_id: str) -> Response:
    values = load_whole(EditSchema())
    here, caller = runtime(), visitor()
    # Each edit is judged anew, which is work: one comment must not become a thousand.
    hold_to(EDITS, "edits", caller.network)
    with _changing(site_key, public_id) as (session, site, comment):
        body = check_body(values["body"], site.settings)
        if isinstance(body, FieldError):
            raise Problem(422, "fields", "The text needs another look.", [body])
        edit(session, comment, body, site.settings, network=caller.network, now=here.clock(), decide=decide)
        answer = _view_of(session, site, comment)
    ring(JUDGE)
    return answer


@blueprint.route("/sites/<site_key>/comments/<public_id>", methods=["DELETE"])
@access(PUBLIC)
@described("Delete the own comment within the edit window", {204: None}, {403, 404, 409}, token=True)
def delete_own(site_key: str, public_id: str) -> Response:
    with _changing(site_key, public_id) as (session, site, comment):
        withdraw(session, comment, site.settings, now=runtime().clock(), decide=decide)
    return _private(share(Response(status=204), site.row))


@blueprint.route("/sites/<site_key>/comments/<public_id>/restore", methods=["POST"])
@access(PUBLIC)
@described(
    "Bring the own deleted comment back within the edit window; it is judged again",
    {200: OwnCommentSchema},
    {403, 404, 409},
    token=True,
)
def restore_own(site_key: str, public_id: str) -> Response:
    here, caller = runtime(), visitor()
    hold_to(EDITS, "edits", caller.network)
    with _changing(site_key, public_id) as (session, site, comment):
        restore(session, comment, site.settings, network=caller.network, now=here.clock(), decide=decide)
        answer = _view_of(session, site, comment)
    ring(JUDGE)
    return answer


@contextmanager
def _changing(site_key: str, public_id: str) -> Iterator[tuple[Session, SiteInUse, Comment]]:
    """The own comment in one transaction. What the domain refuses meanwhile is answered as a Problem."""
    with runtime().transaction() as session:
        site, comment = _found(session, site_key, public_id)
        refuse_foreign_writes(site.row)
        try:
            yield session, site, comment
        except (Refused, Conflict) as error:
            raise _refusal(error) from None


def _view_of(session: Session, site: SiteInUse, comment: Comment) -> Response:
    """The author's view of a comment that was just changed."""
    session.flush()
    return _private(share(jsonify(own_view(comment, site, above_of(session, comment))), site.row))


def _found(session: Session, site_key: str, public_id: str) -> tuple[SiteInUse, Comment]:
    # A wrong token and a missing comment get the same answer: ids cannot be tried out.
    site = site_in_use(session, site_key)
    comment = own_comment(session, site.row.id, public_id) if is_public_id(public_id) else None
    if comment is None or not edit_token_matches(runtime().keys.edit, public_id, bearer_token()):
        raise Problem(404, "no_such_comment", "There is no such comment, or this token is not its author's.")
    return site, comment


def _refusal(error: Refused | Conflict) -> Problem:
    if isinstance(error, Refused):
        return problem_of(error)
    return Problem(409, "closed", "This comment cannot be changed any more; a moderator has decided about it.")


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
