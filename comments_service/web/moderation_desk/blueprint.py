"""The desk's blueprint: what holds for each of its pages. The pages themselves are in the modules beside this one."""

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from comments_service.moderation.context import Item
from comments_service.moderation.sites import merged
from comments_service.moderation.why import Why, why
from comments_service.web.access import Rule
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.appeals_waiting import appeals_waiting
from comments_service.web.moderation_desk.navigation import navigation, role_name
from comments_service.web.moderation_desk.script_texts import script_texts
from comments_service.web.moderation_desk.segments import telling_segments, telling_signals, visible_segments
from comments_service.web.moderation_desk.team import unread_count
from comments_service.web.moderation_desk.times import ago
from comments_service.web.problems import Problem

LOOK = Rule("desk", "viewer")
PROPOSE = Rule("desk", "trainee")  # a trainee's decision is kept as a proposal
DECIDE = Rule("desk", "moderator")
EDIT = Rule("desk", "editor")  # a site's rules, switches and thresholds
OWN = Rule("desk", "owner")  # people, keys, what leaves the house

blueprint = Blueprint("moderation_desk", __name__, template_folder="templates", url_prefix="/moderation")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@blueprint.after_request
def harden(response: Response) -> Response:
    """Nothing of the desk is kept by a cache, framed, or able to run what a comment brought along."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


@blueprint.errorhandler(Problem)
def _tell(problem: Problem) -> ResponseReturnValue:
    """An error as a page for people; for the desk's script as the usual problem document."""
    if wants_json():
        return problem.response()
    response = make_response(render_template("desk/problem.html", problem=problem), problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


@blueprint.app_context_processor
def _words_for_templates() -> dict[str, Any]:
    return {
        "navigation": navigation,
        "script_texts": script_texts,
        "appeals_waiting": appeals_waiting,
        "role_name": role_name,
        "telling_segments": telling_segments,
        "telling_signals": telling_signals,
        "visible_segments": visible_segments,
        "why_here": _why_here,
        "ago": lambda moment: ago(moment, runtime().clock()),
        # Pages before the login use the same layout, without a person.
        "person": (person := g.get("comments_identity")),
        "unread_count": unread_count,
        "may_propose": person is not None and person.may("trainee"),
    }


def _why_here(item: Item) -> Why | None:
    return why(item, merged(item.own_settings, runtime().settings.site_defaults))


def wants_json() -> bool:
    """Whether the desk's script asks instead of a plain form."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
