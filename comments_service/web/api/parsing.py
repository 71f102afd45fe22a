"""Request bodies into plain values: JSON objects only, unknown fields refused, all wrong fields at once."""

from typing import Any

from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import BadRequest

from comments_service.screening.evidence import FieldError
from comments_service.web.problems import Problem


def json_object() -> dict[str, Any]:
    """The body as a JSON object. Raises Problem 400 for anything else, however deep or odd."""
    if request.mimetype != "application/json":
        raise Problem(400, "not_json", "Send JSON with Content-Type: application/json.")
    try:
        value = request.get_json()
    except (BadRequest, RecursionError, ValueError):
        raise Problem(400, "not_json", "The body is not JSON that can be read.") from None
    if not isinstance(value, dict):
        raise Problem(400, "not_json", "The body must be a JSON object.")
    return value


def load_body(schema: Schema) -> tuple[dict[str, Any], list[FieldError]]:
    """The body's valid fields, and an error for every field of the wrong kind."""
    try:
        return dict(schema.load(json_object())), []
    except ValidationError as error:
        messages = error.messages_dict
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        return dict(valid), [_field_error(str(name), text) for name, text in messages.items()]


def load_whole(schema: Schema) -> dict[str, Any]:
    """The body where every field must be right. Raises Problem 422."""
    values, errors = load_body(schema)
    if errors:
        raise Problem(422, "fields", "Some fields need another look.", errors)
    return values


def _field_error(name: str, messages: Any) -> FieldError:
    first = messages[0] if isinstance(messages, list) else "Not valid."
    code = {
        "Unknown field.": "unknown_field",
        "Missing data for required field.": "required",
        "Field may not be null.": "null",
    }.get(str(first), "invalid")
    return FieldError(name[:100], code, str(first))


def bearer_token() -> str:
    """The token of `Authorization: Bearer …`, or nothing."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
