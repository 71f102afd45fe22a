"""`verify-key`, `comment-check`, `submit-spam`, `submit-ham`, `key-sites` and `usage-limit`, under /1.1/ and /1.2/.

A key stands in the field `api_key` (or `key`), or before the host: KEY.comments.example. No page may call (there is
no CORS), since a key in a page is everybody's.
"""

from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request

from comments_service.moderation.api_keys import MARK, Caller
from comments_service.moderation.api_usage import HAM, SPAM, count
from comments_service.scoring import ScorerUnavailable
from comments_service.web.access import KEY, access
from comments_service.web.compat.akismet import activity
from comments_service.web.compat.akismet.answers import THANKS, as_akismet, invalid, plain, told
from comments_service.web.compat.akismet.asked import asked, blog_of
from comments_service.web.compat.akismet.form import Form, sent
from comments_service.web.compat.akismet.learned import learn
from comments_service.web.compat.akismet.verdict import verdict
from comments_service.web.compat.callers import caller_of, hold_to_quota
from comments_service.web.compat.held_model import held_model, hold_model
from comments_service.web.context import runtime
from comments_service.web.failures import shape_failures
from comments_service.web.problems import Problem
from comments_service.web.security_headers import take_labelled_hosts

MOST_BODY = 256 * 1024  # bytes: a comment with all its visitor's headers, each letter escaped
BELOW = ("/1.1/", "/1.2/")

blueprint = Blueprint("akismet", __name__)


def register(app: Flask) -> None:
    """Put the surface into an application; no model is loaded before somebody asks for a verdict."""
    hold_model(app)
    app.register_blueprint(blueprint)
    for below in BELOW:
        shape_failures(app, below, as_akismet)
        take_labelled_hosts(app, below)


@blueprint.before_request
def know_the_caller() -> None:
    """Read the form, find out whose key is in it, and hold it to its quota. Raises Problem."""
    request.max_content_length = MOST_BODY
    form = sent()
    key = _key(form)
    caller = caller_of(key) if key else None
    if caller is None:
        raise invalid("There is no such API key, or it is revoked.")
    hold_to_quota(caller)
    g.comments_caller, g.akismet_form = caller, form


@blueprint.post("/1.1/verify-key")
@access(KEY)
def verify_key() -> Response:
    blog_of(_form())
    return plain("valid")


@blueprint.post("/1.1/comment-check")
@access(KEY)
def comment_check() -> Response:
    here, caller = runtime(), _caller()
    one = asked(_form(), caller.site)
    try:
        found = verdict(one, caller, held_model())
    except ScorerUnavailable as error:
        current_app.logger.error("no_model_for_verdicts %s", error)
        raise Problem(503, "no_model", "There is no model to ask right now.", retry_after=30) from None
    if not one.test:
        with here.transaction() as session:
            count(session, caller.id, one.blog, SPAM if found.spam else HAM, here.clock())
    return told(spam=found.spam, held=found.held, discard=found.surest)


@blueprint.post("/1.1/submit-spam")
@access(KEY)
def submit_spam() -> Response:
    learn(asked(_form(), _caller().site), _caller(), spam=True)
    return plain(THANKS)


@blueprint.post("/1.1/submit-ham")
@access(KEY)
def submit_ham() -> Response:
    learn(asked(_form(), _caller().site), _caller(), spam=False)
    return plain(THANKS)


@blueprint.route("/1.1/key-sites", methods=["GET", "POST"])
@blueprint.route("/1.2/key-sites", methods=["GET", "POST"])
@access(KEY)
def key_sites() -> Response:
    return activity.key_sites(_form(), _caller())


@blueprint.route("/1.1/usage-limit", methods=["GET", "POST"])
@blueprint.route("/1.2/usage-limit", methods=["GET", "POST"])
@access(KEY)
def usage_limit() -> Response:
    return activity.usage_limit(_caller())


def _key(form: Form) -> str:
    """The key that came; empty where there is none."""
    label = request.host.partition(".")[0].lower()
    return form.get("api_key") or form.get("key") or (label if label.startswith(MARK) else "")


def _caller() -> Caller:
    return cast(Caller, g.comments_caller)


def _form() -> Form:
    return cast(Form, g.akismet_form)
