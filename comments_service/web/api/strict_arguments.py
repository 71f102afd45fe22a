"""Lets flask-smorest read arguments by schema, and answer what is wrong with them as every other route does."""

from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser

from comments_service.web.api.parsing import json_object
from comments_service.web.problems import FieldError, Problem

_CODES = {"Unknown field.": "unknown_field", "Missing data for required field.": "required"}


class StrictParser(FlaskParser):
    """Refuses unknown fields everywhere, query included, and raises Problem with all wrong fields at once."""

    def __init__(self) -> None:
        super().__init__(unknown=RAISE)

    def load_json(self, req: Request, schema: Schema) -> Any:
        return json_object()

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, *, error_status_code: Any, error_headers: Any
    ) -> NoReturn:
        # webargs puts the place of the arguments (json, query) above the fields.
        messages = error.messages if isinstance(error.messages, dict) else {"": error.messages}
        by_field = next((found for found in messages.values() if isinstance(found, dict)), messages)
        errors = [FieldError(str(name)[:100], *_first(found)) for name, found in by_field.items()]
        raise Problem(422, "fields", "Some fields need another look.", errors) from None


def _first(messages: Any) -> tuple[str, str]:
    """Code and text of the first message, however deep it lies."""
    while isinstance(messages, dict):
        messages = next(iter(messages.values()))
    text = str(messages[0]) if messages else "Not valid."
    return _CODES.get(text, "invalid"), text
