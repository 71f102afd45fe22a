"""Taking a passage, a name or the links out of a comment's text, with its trace."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.decide import Conflict, Decided, NoSuchComment
from comments_service.moderation.passages import MARK
from comments_service.moderation.queue import find_item
from comments_service.moderation.text_edits import NotMasked, edit_text
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import DECIDE, blueprint
from comments_service.web.moderation_desk.decision_forms import LONGEST_NOTE
from comments_service.web.moderation_desk.meanwhile import seen_on_page
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _


@blueprint.get("/comments/<public_id>/edit")
@access(DECIDE)
def edit_page(public_id: str) -> ResponseReturnValue:
    return _page(public_id)


@blueprint.post("/comments/<public_id>/edit")
@access(DECIDE)
def edit(public_id: str) -> ResponseReturnValue:
    text = request.form.get("text", "")
    try:
        done = _edit(public_id, text)
    except NoSuchComment:
        raise _no_such_comment() from None
    except Conflict:
        message = _("This comment has changed since you opened the page. Load the page again and read it anew.")
        raise Problem(409, "conflict", message) from None
    except NotMasked as error:
        if not error.same:
            return _page(public_id, text, _only_out()), 422
        flash(
            _("Nothing is taken out yet. Put %(mark)s where a passage shall go, or cut the links.", mark=MARK),
            "problem",
        )
        return redirect(url_for("moderation_desk.edit_page", public_id=public_id), 303)
    flash(f"edit 1 {done.public_id}:{done.decision_id}", "done")
    return redirect(url_for("moderation_desk.comment", public_id=public_id), 303)


def _edit(public_id: str, text: str) -> Decided:
    here, person = runtime(), identity()
    with here.transaction() as session:
        return edit_text(
            session,
            public_id,
            text,
            links=request.form.get("links") == "1",
            publish=request.form.get("publish") == "1",
            seen=seen_on_page(request.form.getlist("seen")).get(public_id),
            moderator_id=person.moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            note=request.form.get("note", "").strip()[:LONGEST_NOTE],
        )


def _only_out() -> str:
    return _(
        "Passages can only be taken out: put %(mark)s in the place of each, and leave the rest as its author wrote it.",
        mark=MARK,
    )


def _page(public_id: str, text: str | None = None, trouble: str = "") -> str:
    here = runtime()
    with here.reading() as session:
        item = find_item(session, public_id, vault=here.vault, site_ids=covered(session, ""))
    if item is None:
        raise _no_such_comment()
    if item.status == "deleted":
        raise Problem(409, "deleted", _("This comment is deleted. Undo that first, in its history."))
    return render_template(
        "desk/edit.html", item=item, text=item.body.text if text is None else text, trouble=trouble, mark=MARK
    )


def _no_such_comment() -> Problem:
    return Problem(404, "no_such_comment", _("There is no comment of this id on your sites."))
