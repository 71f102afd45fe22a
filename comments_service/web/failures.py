"""What is answered when something is wrong: problem JSON under /api, a plain page elsewhere; never a traceback.

Surfaces of other services answer in the shape that those services' clients read (`shape_failures`).
"""

import html
from collections.abc import Callable

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from comments_service.web.problems import Problem

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<main><h1>{title}</h1><p>{detail}</p></main></html>"""
_DETAILS = {
    400: "The request cannot be read.",
    404: "There is nothing here.",
    405: "That method is not offered here.",
    413: "That is too large: at most 64 KiB.",
}


SHAPES = "comments_failure_shapes"


def shape_failures(app: Flask, below: str, shape: Callable[[Problem], Response]) -> None:
    """Have everything that goes wrong below a path answered in another shape."""
    app.extensions.setdefault(SHAPES, {})[below] = shape


def register_failures(app: Flask) -> None:
    """Install the handlers on our own application (never on a host's)."""
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RecursionError, _too_deep)
    for busy in (OperationalError, PoolTimeout):
        app.register_error_handler(busy, _cannot_store)
    app.register_error_handler(IntegrityError, _cannot_store)
    app.register_error_handler(Exception, _unexpected)


def answer(problem: Problem) -> ResponseReturnValue:
    """A problem as the caller can read it."""
    for below, shape in current_app.extensions.get(SHAPES, {}).items():
        if request.path.startswith(below):
            shaped: Response = shape(problem)
            return shaped
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return problem.response()
    title = html.escape(problem.response().status)
    page = _PAGE.format(title=title, detail=html.escape(problem.detail))
    response = Response(page, status=problem.status, mimetype="text/html")
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = answer(Problem(status, error.name.lower().replace(" ", "_"), _DETAILS.get(status, error.name)))
    if status == 405 and isinstance(response, Response):
        response.headers.extend(error.get_headers(None))
        response.headers["Content-Type"] = response.headers.getlist("Content-Type")[0]
    return response


def _too_deep(_error: RecursionError) -> ResponseReturnValue:
    return answer(Problem(400, "too_deep", "The request is nested too deeply."))


def _cannot_store(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("storage_unavailable %s", type(error).__name__)
    return answer(Problem(503, "unavailable", "This cannot be stored right now. Please try again.", retry_after=5))


def _unexpected(error: Exception) -> ResponseReturnValue:
    if isinstance(error, HTTPException):
        return _http(error)
    # The message of an exception can hold what a stranger sent; its type and place cannot.
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "?"
    current_app.logger.error("unexpected_error %s at %s", type(error).__name__, place)
    return _http(InternalServerError())
