"""Answers in the words that Akismet's clients look for, and everything that goes wrong in a shape none takes for one.

A client that meets neither `true` nor `false` holds the comment or tries again later: WordPress' plugin does both.
It holds wherever X-akismet-error stands, whatever the body says.
"""

import secrets
from collections.abc import Mapping

from flask import Response

from comments_service.web.problems import Problem

INVALID = "invalid"
THANKS = "Thanks for making the web a better place."
HELD = "held_for_a_person"


def plain(body: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """A word or a sentence; of `headers` the names go without their X-akismet-."""
    response = Response(body, status=status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[f"X-akismet-{name}"] = value
    return response


def told(*, spam: bool, held: bool, discard: bool) -> Response:
    """The answer to a check. The guid is for the caller's records: nothing is kept under it here."""
    headers = {"guid": secrets.token_hex(16)}
    if held:
        headers["error"] = HELD
    if discard:
        headers["pro-tip"] = "discard"
    return plain("true" if spam else "false", headers)


def invalid(why: str) -> Problem:
    """A key or a blog that is none. Akismet answers that with status 200, and its clients count on it."""
    return Problem(200, INVALID, why)


def as_akismet(problem: Problem) -> Response:
    """Any problem in a shape that makes clients hold or retry, and never publish."""
    said = problem.detail.encode("ascii", "replace").decode()
    body = INVALID if problem.code == INVALID else said
    response = plain(body, {"error": problem.code, "debug-help": said}, problem.status)
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response
