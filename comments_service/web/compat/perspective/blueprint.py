"""`POST /v1alpha1/comments:analyze`, `comments:suggestscore`, and the document that Google's clients build from.

Only programs with an API key of a site get scores: whoever can ask for them can try out what passes. No page may call
(there is no CORS), since a key in a page is everybody's.
"""

from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request

from comments_service.moderation.api_keys import Caller
from comments_service.scoring import ScorerUnavailable
from comments_service.scoring.perspective_scale import scale_of
from comments_service.web.access import KEY, PUBLIC, access, rule_of
from comments_service.web.compat.callers import caller_of, hold_to_quota
from comments_service.web.compat.held_model import held_model, hold_model
from comments_service.web.compat.perspective.errors import as_google, malformed, no_key, quota_exceeded, unknown_key
from comments_service.web.compat.perspective.messages import DOCUMENT, message
from comments_service.web.compat.perspective.suggested import store_suggestion
from comments_service.web.context import runtime
from comments_service.web.failures import shape_failures
from comments_service.web.problems import Problem

MOST_BODY = 256 * 1024  # bytes: the longest text, each letter of it escaped, and a context
SCALES = ("own", "perspective")

blueprint = Blueprint("perspective", __name__)


def register(app: Flask) -> None:
    """Put the surface into an application; no model is loaded before somebody asks for a score."""
    hold_model(app)
    app.register_blueprint(blueprint)
    shape_failures(app, "/v1alpha1/", as_google)


@blueprint.before_request
def know_the_caller() -> None:
    """Find out whose key this is, and hold it to its quota. Raises GoogleError."""
    if rule_of(current_app, str(request.endpoint)) != KEY:
        return
    request.max_content_length = MOST_BODY
    key = request.args.get("key") or request.headers.get("X-Goog-Api-Key", "")
    if not key:
        raise no_key()
    caller = caller_of(key)
    if caller is None:
        raise unknown_key()
    try:
        hold_to_quota(caller)
    except Problem:
        raise quota_exceeded(f"{caller.per_minute} requests a minute") from None
    g.comments_caller = caller


@blueprint.post("/v1alpha1/comments:analyze")
@access(KEY)
def analyze() -> Response:
    from comments_service.web.compat.perspective.scores import analysis  # noqa: PLC0415 - the model comes with it

    caller = _caller()
    scale = request.args.get("scale", caller.scale)
    if scale not in SCALES:
        raise malformed("scale", f"Invalid value at 'scale', choose one of {', '.join(SCALES)}")
    body = message("AnalyzeCommentRequest")
    try:
        told = scale_of(runtime().settings.models_dir, caller.site) if scale == "perspective" else None
        return _private(analysis(body, caller.site, held_model(), told))
    except ScorerUnavailable as error:
        current_app.logger.error("no_model_for_scores %s", error)
        raise Problem(503, "no_model", "There is no model to ask right now.", retry_after=30) from None


@blueprint.post("/v1alpha1/comments:suggestscore")
@access(KEY)
def suggestscore() -> Response:
    body = message("SuggestCommentScoreRequest")
    store_suggestion(body, _caller())
    answer = {"clientToken": body["clientToken"]} if "clientToken" in body else {}
    return _private(answer | ({"requestedLanguages": body["languages"]} if body.get("languages") else {}))


@blueprint.get("/$discovery/rest")
@access(PUBLIC)
def discovery() -> Response:
    """The document of version v1alpha1, with this service's own address in place of Google's."""
    if request.args.get("version", "v1alpha1") != "v1alpha1":
        raise Problem(404, "version", "There is only version v1alpha1 here.")
    root = f"{runtime().settings.public_url}/"
    return jsonify(DOCUMENT | {"rootUrl": root, "baseUrl": root, "basePath": "/"})


def _caller() -> Caller:
    return cast(Caller, g.comments_caller)


def _private(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
