"""What was counted, as Akismet tells it: the calls of a month, and the blogs that made them."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify

from comments_service.moderation.api_keys import Caller
from comments_service.moderation.api_usage import COLUMNS, TOTAL, BlogUsage, asked_in, blogs_in, month_of
from comments_service.web.compat.akismet.form import Form
from comments_service.web.context import runtime
from comments_service.web.problems import Problem

MOST_ROWS = 500
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_HEAD = ("Site", "Total API Calls", "Spam", "Ham", "Missed Spam", "False Positives", "Is Revoked")


@dataclass(frozen=True, slots=True)
class _Page:
    """The part of a month's blogs that was asked for; `total` counts all that the filter lets through."""

    month: str
    blogs: list[BlogUsage]
    limit: int
    offset: int
    total: int


def usage_limit(caller: Caller) -> Response:
    """The calls of this month. There is no limit for a month: a key's quota counts minutes."""
    here = runtime()
    with here.reading() as session:
        used = asked_in(session, caller.id, month_of(here.clock()))
    return _private(jsonify(limit="none", usage=used, percentage="0.00", throttled=False))


def key_sites(form: Form, caller: Caller) -> Response:
    """The blogs of a month, as JSON or CSV. Raises Problem where the form asks for what there is not."""
    page = _page(form, caller)
    if form.get("format", "json") == "csv":
        return _private(Response(_as_csv(page), mimetype="text/csv"))
    answer = {page.month: [_as_json(one) for one in page.blogs]}
    return _private(jsonify(answer | {"limit": page.limit, "offset": page.offset, "total": page.total}))


def _page(form: Form, caller: Caller) -> _Page:
    here = runtime()
    month, order = form.get("month", "") or month_of(here.clock()), form.get("order", "") or TOTAL
    if not _MONTH.fullmatch(month):
        raise Problem(400, "month", "Write the month like 2026-11.")
    if order not in (TOTAL, *COLUMNS):
        raise Problem(400, "order", f"Order by one of {', '.join((TOTAL, *COLUMNS))}.")
    limit, offset = _number(form, "limit", MOST_ROWS), _number(form, "offset", 0)
    part = form.get("filter", "").lower().replace("\x00", "").encode("utf-8", "replace").decode()
    with here.reading() as session:
        blogs, total = blogs_in(session, caller.id, month, part=part, order=order, limit=limit, offset=offset)
    return _Page(month, blogs, limit, offset, total)


def _number(form: Form, name: str, usual: int) -> int:
    text = form.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Problem(400, name, f"The {name} is a whole number.")
    return min(int(text), MOST_ROWS) if name == "limit" else int(text)


def _as_json(one: BlogUsage) -> dict[str, Any]:
    counted = {name: str(getattr(one, name)) for name in COLUMNS}  # as text: so clients know them
    return {"site": one.blog, "api_calls": str(one.spam + one.ham), **counted, "is_revoked": False}


def _as_csv(page: _Page) -> str:
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    lines.write(f"Active sites during {page.month} (limit:{page.limit}, offset:{page.offset}, total:{page.total})\n")
    table.writerow(_HEAD)
    for one in page.blogs:
        table.writerow([one.blog, one.spam + one.ham, *(getattr(one, name) for name in COLUMNS), "false"])
    return lines.getvalue()


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
