"""Following an article's comments by mail. The answer is the same for every address; the mail says the rest."""

from typing import Any

from flask import Response, jsonify

from comments_service.comments.follows import Wish, want
from comments_service.comments.threads import belongs_to
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.privacy.addresses import InvalidAddress, check_address
from comments_service.web.access import PUBLIC, access
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.following_schemas import FollowSchema, FollowTakenSchema
from comments_service.web.api.parsing import load_whole
from comments_service.web.context import runtime
from comments_service.web.origins import own_origin, refuse_foreign_writes, share
from comments_service.web.problems import FieldError, Problem
from comments_service.web.rate_limits import FOLLOWS, hold_to
from comments_service.web.sites import SiteInUse, kept_site
from comments_service.web.visitors import reader_language, visitor


@blueprint.route("/sites/<site_key>/follows", methods=["POST"])
@access(PUBLIC)
@described("Follow an article's comments by mail", {202: FollowTakenSchema}, {400, 403, 404, 422}, FollowSchema)
def post_follow(site_key: str) -> Response:
    here, site = runtime(), kept_site(site_key)
    refuse_foreign_writes(site.row)
    if not here.settings.sends_mail:
        raise Problem(404, "no_mail", "This service sends no mails, so comments can be followed by feed only.")
    values = load_whole(FollowSchema())
    hold_to(FOLLOWS, "follows", visitor().network)
    wish = _wish(site, values)
    with here.transaction() as session:
        want(session, wish, here.clock())
    response = jsonify({})
    response.status_code = 202
    response.headers["Cache-Control"] = "no-store"
    return share(response, site.row)


def _wish(site: SiteInUse, values: dict[str, Any]) -> Wish:
    errors: list[FieldError] = []
    url, address = _url(site, values["url"], errors), _address(values["email"], errors)
    if errors:
        raise Problem(422, "fields", "Some fields need another look.", errors)
    vault = runtime().vault
    language = reader_language(values["lang"])
    return Wish(site.row.id, url, "", vault.blind_index(address), vault.seal(address), language)


def _url(site: SiteInUse, text: str, errors: list[FieldError]) -> str:
    try:
        url = canonical_url(text)
    except InvalidURL as error:
        errors.append(FieldError("url", error.code, error.message))
        return ""
    if site.settings.own_pages_only and not belongs_to(site.row, url, own_origin()):
        errors.append(FieldError("url", "other_site", "This page does not belong to the site; ask its publisher."))
    return url


def _address(text: str, errors: list[FieldError]) -> str:
    try:
        return check_address(text)
    except InvalidAddress as error:
        errors.append(FieldError("email", error.code, error.message))
        return ""
