"""The API reference: the OpenAPI document and a page made from it, without foreign scripts."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, render_template

from comments_service.web.access import PUBLIC, access

blueprint = Blueprint("reference", __name__, template_folder="templates")


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of this application."""
    described: dict[str, Any] = current_app.extensions["comments_api"].spec.to_dict()
    return described


@blueprint.route("/api/v1/openapi.json")
@access(PUBLIC)
def openapi() -> Response:
    response = Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.route("/docs")
@access(PUBLIC)
def docs() -> str:
    described = document()
    routes = [
        {"method": method.upper(), "path": path, **operation}
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if isinstance(operation, dict) and "responses" in operation
    ]
    return render_template("reference/docs.html", routes=routes, schemas=described["components"].get("schemas", {}))
