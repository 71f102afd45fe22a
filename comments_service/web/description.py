"""One decorator that describes a route of any surface in the OpenAPI document, and the schema of problems."""

from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from flask_smorest import Blueprint
from marshmallow import Schema, fields

View = TypeVar("View", bound=Callable[..., Any])


class ProblemErrorSchema(Schema):
    """One wrong field of a problem."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class ProblemSchema(Schema):
    """RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(ProblemErrorSchema), required=True)


def described(
    summary: str,
    answers: Mapping[int, type[Schema] | None],
    problems: Collection[int],
    body: type[Schema] | None = None,
    token: bool = False,
    query: Mapping[str, str] | None = None,
) -> Callable[[View], View]:
    """Describe a route: answers and problems by status, body schema, bearer token, query parameters with their text."""
    responses: dict[str, Any] = {}
    for status, schema in answers.items():
        responses[str(status)] = {"description": HTTPStatus(status).phrase}
        if schema is not None:
            responses[str(status)]["content"] = {"application/json": {"schema": schema}}
    for status in sorted(set(problems) | {429, 503}):
        responses[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": ProblemSchema}},
        }
    doc: dict[str, Any] = {"summary": summary, "responses": responses}
    if body is not None:
        doc["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if token:
        doc["security"] = [{"editToken": []}]
    if query:
        doc["parameters"] = [
            {"in": "query", "name": name, "description": text, "schema": {"type": "string"}}
            for name, text in query.items()
        ]
    decorate: Callable[[View], View] = Blueprint.doc(**doc)
    return decorate
