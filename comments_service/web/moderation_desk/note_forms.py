"""Notes for colleagues at a comment: written, and one's own taken away."""

from urllib.parse import quote

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.notes import ABOUT, LONGEST_NOTE, NoteError, add_note, remove_note
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import PROPOSE, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.moderation_desk.queue_place import place_of
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.post("/comments/<public_id>/notes")
@access(PROPOSE)
def write_note(public_id: str) -> ResponseReturnValue:
    here, body = runtime(), request.form.get("body", "")
    about = request.form.get("about", "comment")
    if about not in ABOUT:
        raise Problem(422, "unknown_choice", _("A note is about the comment or about its author."))
    with here.transaction() as session:
        try:
            note = add_note(
                session,
                public_id,
                body,
                about=about,
                moderator_id=identity().moderator_id,
                site_ids=covered(session, ""),
                now=here.clock(),
            )
        except NoteError:
            raise Problem(
                422, "note", _("A note needs 1 to %(most)s characters. Go back and try again.", most=LONGEST_NOTE)
            ) from None
    if note is None:
        raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.")
    flash(_("The note is kept. Only moderators see it."), "notice")
    return _back(public_id)


@blueprint.post("/notes/<int:note_id>/remove")
@access(PROPOSE)
def take_note_away(note_id: int) -> ResponseReturnValue:
    with runtime().transaction() as session:
        done = note_id < 2**63 and remove_note(
            session, note_id, moderator_id=identity().moderator_id, site_ids=covered(session, "")
        )
    if done:
        flash(_("The note is gone."), "notice")
    else:
        flash(_("There is no such note of yours. Each takes away their own."), "problem")
    return _back(request.form.get("at", ""))


def _back(public_id: str) -> ResponseReturnValue:
    """To the comment's own page, or to where in the queue it stands."""
    if page := request.form.get("page", ""):
        return redirect(url_for("moderation_desk.comment", public_id=page), 303)
    return redirect(f"{place_of(request.form).url()}#c-{quote(public_id)}", 303)
