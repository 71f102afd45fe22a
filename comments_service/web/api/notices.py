"""Notices of illegal content: taken from readers, receipted by mail, put before the moderators."""

from typing import Any

from flask import Response, jsonify

from comments_service.comments.notices import Notifier, give_notice
from comments_service.notifications.receipt_mail import promise_receipt
from comments_service.screening.checks.notices import NoticeFields, check_notice
from comments_service.web.access import PUBLIC, access
from comments_service.web.api.around import approved_comment
from comments_service.web.api.blueprint import blueprint, described
from comments_service.web.api.following_schemas import GivenNoticeSchema, NoticeReceiptSchema
from comments_service.web.api.parsing import load_whole
from comments_service.web.context import runtime
from comments_service.web.origins import share
from comments_service.web.problems import Problem
from comments_service.web.rate_limits import NOTICES, hold_to
from comments_service.web.submissions import ring
from comments_service.web.visitors import reader_language, visitor, voter_digest


@blueprint.route("/sites/<site_key>/comments/<public_id>/notices", methods=["POST"])
@access(PUBLIC)
@described(
    "Give notice of illegal content (Digital Services Act, Article 16)",
    {202: NoticeReceiptSchema},
    {400, 403, 404, 422},
    GivenNoticeSchema,
)
def post_notice(site_key: str, public_id: str) -> Response:
    values = load_whole(GivenNoticeSchema())
    here, caller = runtime(), visitor()
    hold_to(NOTICES, "notices", caller.network)
    fields = _checked(values)
    notifier = _notifier(fields, public_id, caller.network)
    language = reader_language(values["lang"])
    with here.transaction() as session:
        site, comment = approved_comment(session, site_key, public_id)
        reference = give_notice(session, comment, notifier, fields, language, here.clock())
        if notifier.sealed is not None:
            promise_receipt(session, here.settings, reference, here.clock())
    ring("mail")
    response = jsonify({"reference": reference})
    response.status_code = 202
    response.headers["Cache-Control"] = "no-store"
    return share(response, site.row)


def _checked(values: dict[str, Any]) -> NoticeFields:
    given = NoticeFields(
        explanation=values["explanation"],
        law=values["law"] or "",
        name=values["name"] or "",
        email=values["email"] or "",
        good_faith=values["good_faith"],
        child_abuse=bool(values["child_abuse"]),
    )
    checked = check_notice(given)
    if isinstance(checked, list):
        raise Problem(422, "fields", "Some fields need another look.", checked)
    return checked


def _notifier(fields: NoticeFields, public_id: str, network: str) -> Notifier:
    """By address, else by network: who stays unnamed cannot be told from a neighbour."""
    if not fields.email:
        return Notifier(voter_digest(public_id, "", network), None)
    vault = runtime().vault
    return Notifier(vault.blind_index(fields.email), vault.seal(fields.email))
