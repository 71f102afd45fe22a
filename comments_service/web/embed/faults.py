"""What is wrong with a form, in the reader's language.

The checks explain in English; the frequent faults have words in every language, the others a general one.
"""

from collections.abc import Mapping

from comments_service.content.translations import ENGLISH, said, texts_for
from comments_service.web.problems import FieldError

_FIELDS = ("body", "name", "email", "website")  # in the order of the form: the first wrong one gets the focus
# By code, for the form as a whole; by field, where any code means the same to a reader.
_WHOLE = {"duplicate": "error_duplicate", "closed": "error_closed", "flood": "busy"}
_BY_FIELD = {"email": "error_email", "website": "error_website"}
_LENGTHS = {"too_long": ("error_too_long", ""), "too_short": ("error_too_short", "_min")}


def faults_in_words(errors: list[FieldError], limits: Mapping[str, int], language: str) -> dict[str, str]:
    """A sentence for each wrong field, and under "" one for the form as a whole where there is something to say."""
    first = {error.field: error for error in reversed(errors)}
    found = {field: _in_words(first[field], limits, language) for field in _FIELDS if field in first}
    whole = [error for error in errors if error.field not in _FIELDS]
    if whole:
        found[""] = _in_words(whole[0], limits, language)
    elif found:
        found[""] = said(language, "write", "check")
    return found


def _in_words(error: FieldError, limits: Mapping[str, int], language: str) -> str:
    if language == ENGLISH:
        return error.message
    if error.code == "required":
        return said(language, "write", "error_required")
    if error.code in _LENGTHS:
        key, suffix = _LENGTHS[error.code]
        return said(language, "write", key, n=limits[f"{error.field}{suffix}"])
    key = _BY_FIELD.get(error.field) or _WHOLE.get(error.code, "")
    return said(language, "write", key) if key in texts_for(language, "write") else said(language, "read", "failed")
