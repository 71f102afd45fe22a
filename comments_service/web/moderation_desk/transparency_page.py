"""The numbers for a transparency report as a page, and the same as CSV and JSON."""

from dataclasses import asdict

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from comments_service.exporters.safe_csv import csv_line
from comments_service.moderation.permissions import sites_of
from comments_service.moderation.reasons import REJECTION_REASONS
from comments_service.moderation.transparency import rows_of
from comments_service.moderation.transparency import transparency as numbers
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import LOOK, blueprint
from comments_service.web.moderation_desk.log_page import asked_period
from comments_service.web.moderation_desk.queue_page import covered


@blueprint.get("/transparency")
@access(LOOK)
def transparency() -> ResponseReturnValue:
    site, period = request.args.get("site", "")[:64], asked_period("from", "to")
    with runtime().reading() as session:
        found = numbers(session, covered(session, site), period)
        sites = sites_of(session, identity().site_id)
    form = request.args.get("format", "")
    if form == "json":
        return jsonify(asdict(found))
    if form == "csv":
        lines = [csv_line(("what", "number")), *(csv_line(row) for row in rows_of(found))]
        answer = Response("".join(f"{line}\n" for line in lines), mimetype="text/csv")
        answer.headers["Content-Disposition"] = 'attachment; filename="transparency.csv"'
        return answer
    query = {name: value for name in ("site", "from", "to") if (value := request.args.get(name, "")[:64])}
    return render_template(
        "desk/transparency.html", found=found, site=site, sites=sites, query=query, reasons=REJECTION_REASONS
    )
