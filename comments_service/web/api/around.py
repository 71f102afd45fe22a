"""What goes with a thread: the form, counts, votes and reports. The comments themselves are in `comments`."""

from flask import Response, jsonify, request
from sqlalchemy.orm import Session

from comments_service.comments.edit import own_comment
from comments_service.comments.read import counts
from comments_service.comments.report import report
from comments_service.comments.threads import find_thread, is_open
from comments_service.comments.vote import vote
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.storage.tables import Comment
from comments_service.web.access import PUBLIC, access
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.parsing import load_whole
from comments_service.web.api.schemas import CountsSchema, FormSchema, ReportSchema, VoteSchema
from comments_service.web.api.thread_query import requested_url
from comments_service.web.context import runtime
from comments_service.web.forms import form_of
from comments_service.web.origins import refuse_foreign_writes, share
from comments_service.web.problems import FieldError, Problem
from comments_service.web.rate_limits import REPORTS, VOTES, hold_to
from comments_service.web.sites import SiteInUse, is_public_id, site_in_use
from comments_service.web.visitors import visitor, voter_digest

MOST_URLS = 200


@blueprint.route("/sites/<site_key>/form", methods=["GET"])
@access(PUBLIC)
@described(
    "What a form needs to be drawn and accepted",
    {200: FormSchema},
    {404, 422},
    query={"url": "The article's canonical URL (required)."},
)
def get_form(site_key: str) -> Response:
    url = requested_url()
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        thread = find_thread(session, site.row.id, url)
        form = form_of(site, is_open(thread, site.settings, runtime().clock()))
    response = share(jsonify(form), site.row)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/sites/<site_key>/counts", methods=["GET"])
@access(PUBLIC)
@described(
    "How many comments each article has",
    {200: CountsSchema},
    {404, 422},
    query={"url": "An article's URL; may be repeated up to 200 times."},
)
def get_counts(site_key: str) -> Response:
    asked = list(dict.fromkeys(request.args.getlist("url")))
    if len(asked) > MOST_URLS:
        message = f"Ask for at most {MOST_URLS} URLs at once."
        raise Problem(422, "fields", message, [FieldError("url", "too_many", message)])
    canonical = {url: _canonical(url) for url in asked}
    with runtime().reading() as session:
        site = site_in_use(session, site_key)
        found = counts(session, site.row.id, [url for url in canonical.values() if url])
    response = jsonify({"counts": {url: found.get(canonical[url], 0) for url in asked}})
    response.headers["Cache-Control"] = "public, max-age=10"
    return share(response, site.row)


@blueprint.route("/sites/<site_key>/comments/<public_id>/votes", methods=["POST"])
@access(PUBLIC)
@described("Vote on a comment, or take the vote back", {204: None}, {400, 403, 404, 422}, VoteSchema)
def post_vote(site_key: str, public_id: str) -> Response:
    values = load_whole(VoteSchema())
    here, caller = runtime(), visitor()
    hold_to(VOTES, "votes", caller.network)
    with here.transaction() as session:
        site, comment = approved_comment(session, site_key, public_id)
        voter = voter_digest(public_id, values["voter"] or "", caller.network)
        vote(session, comment, voter, values["value"], here.clock())
    return share(Response(status=204), site.row)


@blueprint.route("/sites/<site_key>/comments/<public_id>/reports", methods=["POST"])
@access(PUBLIC)
@described("Report a comment to the moderators", {204: None}, {400, 403, 404, 422}, ReportSchema)
def post_report(site_key: str, public_id: str) -> Response:
    values = load_whole(ReportSchema())
    here, caller = runtime(), visitor()
    hold_to(REPORTS, "reports", caller.network)
    with here.transaction() as session:
        site, comment = approved_comment(session, site_key, public_id)
        reporter = voter_digest(public_id, values["voter"] or "", caller.network)
        report(session, comment, reporter, values["reason"], values["note"] or "", here.clock())
    return share(Response(status=204), site.row)


def approved_comment(session: Session, site_key: str, public_id: str) -> tuple[SiteInUse, Comment]:
    """A site's approved comment: nobody can vote on, or learn of, one that is not shown."""
    site = site_in_use(session, site_key)
    refuse_foreign_writes(site.row)
    comment = own_comment(session, site.row.id, public_id) if is_public_id(public_id) else None
    if comment is None or comment.status != "approved":
        raise Problem(404, "no_such_comment", "There is no such comment.")
    return site, comment


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except InvalidURL:
        return ""
