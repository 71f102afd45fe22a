"""Checks of a notice of illegal content: what Article 16 of the Digital Services Act asks of it, and lengths.

Whether the content is illegal is for people to find out.
"""

from dataclasses import dataclass

from comments_service.screening.checks.fields import one_email, one_line, one_text
from comments_service.screening.evidence import FieldError

MIN_EXPLANATION, MAX_EXPLANATION = 10, 10_000  # characters: "sufficiently substantiated" is more than a word
MAX_LAW = 300
MAX_NAME = 200


_NO_EMAIL = "Please enter your e-mail address: you will be told what was decided. It is never shown."


@dataclass(frozen=True, slots=True)
class NoticeFields:
    """A notice as it came, already of the right types. `child_abuse`: of the sexual abuse of children."""

    explanation: str
    law: str
    name: str
    email: str
    good_faith: bool
    child_abuse: bool


def check_notice(given: NoticeFields) -> NoticeFields | list[FieldError]:
    """The same, trimmed and normalised, or every error found.

    Name and address may be missing only where the notice is about the sexual abuse of children (Article 16(2)(c)).
    """
    errors: list[FieldError] = []
    checked = NoticeFields(
        explanation=_explanation(given.explanation, errors),
        law=_line("law", given.law, MAX_LAW, False, errors),
        name=_line("name", given.name, MAX_NAME, not given.child_abuse, errors),
        email=one_email(given.email, "" if given.child_abuse else _NO_EMAIL, errors),
        good_faith=given.good_faith,
        child_abuse=given.child_abuse,
    )
    if not given.good_faith:
        message = "Please confirm that you believe in good faith that your notice is accurate and complete."
        errors.append(FieldError("good_faith", "required", message))
    return errors or checked


def _explanation(text: str, errors: list[FieldError]) -> str:
    # Lengths come first: nothing that may be slow ever sees an over-long text.
    if len(text) > MAX_EXPLANATION:
        errors.append(_too_long("explanation", MAX_EXPLANATION, len(text)))
        return ""
    explanation = one_text(text)
    if not explanation:
        errors.append(FieldError("explanation", "required", "Please explain why this content is illegal."))
    elif len(explanation) < MIN_EXPLANATION:
        message = f"Please explain in at least {MIN_EXPLANATION} characters why this content is illegal."
        errors.append(FieldError("explanation", "too_short", message))
    return explanation


def _line(field: str, text: str, longest: int, required: bool, errors: list[FieldError]) -> str:
    if len(text) > longest:
        errors.append(_too_long(field, longest, len(text)))
        return ""
    line = one_line(text)
    if required and not line:
        errors.append(FieldError(field, "required", f"Please enter your {field}."))
    return line


def _too_long(field: str, longest: int, length: int) -> FieldError:
    return FieldError(field, "too_long", f"Please use at most {longest} characters; this has {length}.")
