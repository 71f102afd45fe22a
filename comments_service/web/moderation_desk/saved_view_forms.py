"""Views of the queue that moderators keep: saved, renamed, removed, chosen to start with. The queue lists them."""

from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from comments_service.moderation.saved_views import (
    LONGEST_NAME,
    MOST_VIEWS,
    Keeper,
    ViewError,
    keep_view,
    remove_view,
    rename_view,
    start_query,
    start_with,
)
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.queue_page import covered, keeper
from comments_service.web.moderation_desk.queue_place import Place, place_of
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.get("/start")
@access(LOOK)
def start() -> ResponseReturnValue:
    with runtime().reading() as session:
        query = start_query(session, identity().moderator_id)
    return redirect(place_of(MultiDict(parse_qsl(query or ""))).url())


@blueprint.post("/views")
@access(LOOK)
def save_view() -> ResponseReturnValue:
    place, here = place_of(request.form).at(), runtime()
    with here.transaction() as session:
        site_id = covered(session, place.site)[0] if place.site else None
        shared = "shared" in request.form
        with _Told():
            keep_view(
                session,
                keeper(session),
                request.form.get("saved_name", ""),
                urlencode(place.parts()),
                shared=shared,
                site_id=site_id,
                now=here.clock(),
            )
    flash(_("The view is kept."), "notice")
    return redirect(place.url(), 303)


@blueprint.post("/views/<int:view_id>")
@access(LOOK)
def change_view(view_id: int) -> ResponseReturnValue:
    with runtime().transaction() as session, _Told():
        done = view_id < 2**63 and _changed(session, keeper(session), view_id, request.form.get("change", ""))
    if not done:
        raise Problem(404, "no_such_view", _("There is no such view of yours."))
    flash(_("The view is changed."), "notice")
    return redirect(Place().url(), 303)


def _changed(session: Session, person: Keeper, view_id: int, change: str) -> bool:
    if change == "remove":
        return remove_view(session, person, view_id)
    if change == "start":
        return start_with(session, person, view_id)
    return rename_view(session, person, view_id, request.form.get("saved_name", ""))


class _Told:
    """Says what hinders a view, in words."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ViewError):
            raise _problem(error) from None


def _problem(error: ViewError) -> Problem:
    if error.code == "role":
        return Problem(403, "role", _("Only editors change what the team shares."))
    if error.code == "many":
        return Problem(422, "many", _("You keep %(most)s views already. Remove one first.", most=MOST_VIEWS))
    return Problem(422, "name", _("The view's name needs 1 to %(most)s characters.", most=LONGEST_NAME))
