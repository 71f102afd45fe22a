"""Deciding from a mail without a login: GET shows the comment and one button and changes nothing, POST decides.

The token in the address is the right. The form's own token comes on top: what fetches a link, or sends a form that it
was not shown, decides nothing.
"""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from comments_service.moderation.by_mail import Asked, ByMail, NoReason, decide_by_mail, look, undo_by_mail
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.web.access import Rule, access
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import blueprint
from comments_service.web.moderation_desk.queue_place import Place
from comments_service.web.wording import gettext as _

FORM = Rule("form")
STATUS = {
    "good": 200,
    "used": 200,
    "login": 200,
    "forged": 404,
    "expired": 410,
    "barred": 403,
    "edited": 409,
    "decided": 409,
}

_ROUTE = "/by-mail/<link_id>/<any(approve, reject, spam, delete):action>"


@blueprint.get(_ROUTE)
@access(FORM)
def by_mail(link_id: str, action: str) -> ResponseReturnValue:
    here, asked = runtime(), _asked(link_id, action)
    with here.reading() as session:
        found = look(session, asked, here.vault)
    return _page(found, asked)


@blueprint.post(_ROUTE)
@access(FORM)
def decide_from_mail(link_id: str, action: str) -> ResponseReturnValue:
    here, asked = runtime(), _asked(link_id, action)
    try:
        with here.transaction() as session:
            found = decide_by_mail(session, asked, here.vault, reason=request.form.get("reject_reason", ""))
    except NoReason:
        with here.reading() as session:
            found = look(session, asked, here.vault)
        return _page(found, asked, wrong=_("Choose a reason: the author can read it."))
    return _back(asked) if found.state == "used" else _page(found, asked)


@blueprint.post(f"{_ROUTE}/undo")
@access(FORM)
def undo_from_mail(link_id: str, action: str) -> ResponseReturnValue:
    here, asked = runtime(), _asked(link_id, action)
    with here.transaction() as session:
        found = undo_by_mail(session, asked, here.vault)
    return _back(asked) if found.state in {"good", "used"} else _page(found, asked)


def _asked(link_id: str, action: str) -> Asked:
    here = runtime()
    token = request.args.get("token", "")
    return Asked(link_id, action, token, here.keys, here.clock(), here.settings.site_defaults)


def _back(asked: Asked) -> ResponseReturnValue:
    """To the same page by GET, so that loading it again sends nothing twice."""
    here = url_for("moderation_desk.by_mail", link_id=asked.link_id, action=asked.action, token=asked.token)
    return _unseen(redirect(here, 303))


def _page(found: ByMail, asked: Asked, wrong: str = "") -> ResponseReturnValue:
    page = render_template(
        "desk/by_mail.html",
        found=found,
        action=asked.action,
        token=asked.token,
        link_id=asked.link_id,
        wrong=wrong,
        reasons=REJECTION_REASONS,
        place=Place(),
        may_decide=False,
    )
    return _unseen(make_response(page, 422 if wrong and found.state == "good" else STATUS[found.state]))


def _unseen(answer: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(answer)
    # The address holds a token: no other page may learn it, and no search engine keep it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
