"""How a text will look, made by the renderer that makes published comments. Nothing is stored."""

from flask import Response, jsonify

from comments_service.comments.submit import rendered
from comments_service.screening.checks.fields import check_body
from comments_service.screening.evidence import FieldError
from comments_service.web.access import PUBLIC, access
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.parsing import load_whole
from comments_service.web.api.schemas import EditSchema, PreviewSchema
from comments_service.web.origins import refuse_foreign_writes, share
from comments_service.web.problems import Problem
from comments_service.web.rate_limits import PREVIEWS, hold_to
from comments_service.web.sites import kept_site
from comments_service.web.visitors import visitor


@blueprint.route("/sites/<site_key>/preview", methods=["POST"])
@access(PUBLIC)
@described("How a text will look", {200: PreviewSchema}, {400, 403, 404, 413, 422}, EditSchema)
def post_preview(site_key: str) -> Response:
    site = kept_site(site_key)
    refuse_foreign_writes(site.row)
    values = load_whole(EditSchema())
    hold_to(PREVIEWS, "previews", visitor().network)
    body = check_body(values["body"], site.settings)
    if isinstance(body, FieldError):
        raise Problem(422, "fields", "The text needs another look.", [body])
    response = share(jsonify({"html": rendered(body)}), site.row)
    response.headers["Cache-Control"] = "no-store"
    return response
