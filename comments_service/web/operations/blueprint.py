"""`GET /healthz`, `/readyz` and `/metrics`."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from comments_service.web.access import PUBLIC, access
from comments_service.web.operations import request_metrics
from comments_service.web.operations.metrics import exposition
from comments_service.web.operations.readiness import readiness

blueprint = Blueprint("operations", __name__)
blueprint.before_app_request(request_metrics.begin)
blueprint.after_app_request(request_metrics.end)


@blueprint.get("/healthz")
@access(PUBLIC)
def healthz() -> ResponseReturnValue:
    """This process answers. Asks nobody else: a database that is down is no reason to restart the web."""
    return _uncached(jsonify(status="ok"))


@blueprint.get("/readyz")
@access(PUBLIC)
def readyz() -> ResponseReturnValue:
    """200 when database, schema, broker and model are there; else 503, and which of them is not."""
    parts = readiness()
    ready = all(state == "ok" for state in parts.values())
    response = _uncached(jsonify(status="ready" if ready else "not ready", parts=parts))
    response.status_code = 200 if ready else 503
    if not ready:
        response.headers["Retry-After"] = "5"
    return response


@blueprint.get("/metrics")
@access(PUBLIC)
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus, in its text format."""
    return _uncached(Response(exposition(), content_type=CONTENT_TYPE_LATEST))


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
