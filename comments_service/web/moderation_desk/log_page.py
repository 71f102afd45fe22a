"""The whole log to take away, as JSON lines or CSV, sent while it is read."""

from collections.abc import Iterator

from flask import Response, request, stream_with_context

from comments_service.exporters.log.walk import Wanted, walk
from comments_service.exporters.log.written import FORMATS
from comments_service.moderation.period import InvalidDay, Period, read_period
from comments_service.web.access import access
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import EDIT, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem
from comments_service.web.wording import gettext as _

_TYPES = {"jsonl": "application/jsonl", "csv": "text/csv"}


@blueprint.get("/log")
@access(EDIT)
def log_download() -> Response:
    here, form = runtime(), request.args.get("format", "jsonl")
    if form not in FORMATS:
        raise Problem(422, "unknown_format", _("The log is written as jsonl or csv."))
    period = asked_period("since", "until")
    with here.reading() as session:
        wanted = Wanted(covered(session, request.args.get("site", "")[:64]), period)

    def lines() -> Iterator[bytes]:
        for line in FORMATS[form](walk(here.reading, wanted)):
            yield line.encode() + b"\n"

    answer = Response(stream_with_context(lines()), mimetype=_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="log.{form}"'
    return answer


def asked_period(since: str, until: str) -> Period:
    """The days that the query names by these words. Raises Problem 422."""
    try:
        return read_period(request.args.get(since, ""), request.args.get(until, ""))
    except InvalidDay as error:
        day = request.args.get(since if error.name == "since" else until, "")[:40]
        text = _("“%(day)s” is no day here. Write days as 2026-11-30, the last one not before the first.", day=day)
        raise Problem(422, "day", text) from None
