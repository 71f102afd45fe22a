"""Checks of the form's fields: presence, length, shape. All wrong fields are reported at once."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from comments_service.content.links import InvalidURL, canonical_url, website_url
from comments_service.privacy.addresses import InvalidAddress, check_address
from comments_service.privacy.hide import find_addresses
from comments_service.screening.evidence import FieldError
from comments_service.settings import SiteSettings

MAX_TITLE = 300
MAX_WEBSITE = 300
_NO_EMAIL = "Please enter your e-mail address. It is never shown."
ANONYMOUS = "Anonymous"


@dataclass(frozen=True)
class Fields:
    """A submission's fields as they came, already of type str."""

    url: str
    name: str
    email: str
    body: str
    website: str = ""
    title: str = ""


@dataclass(frozen=True)
class CheckedFields:
    """The same fields, trimmed and normalised; `email` is empty where none was given."""

    url: str
    name: str
    email: str
    body: str
    website: str
    title: str


def check_fields(fields: Fields, settings: SiteSettings, spoilt: frozenset[str]) -> CheckedFields | list[FieldError]:
    """Normalised fields, or every error found. `spoilt` names fields that had the wrong type already."""
    errors: list[FieldError] = []
    checked = CheckedFields(
        url=_url(fields.url, errors),
        name=_name(fields.name, settings, errors),
        email=one_email(fields.email, _NO_EMAIL if "email" in settings.required else "", errors),
        body=_body(fields.body, settings, errors),
        website=_website(fields.website, errors),
        title=one_line(fields.title)[:MAX_TITLE],
    )
    errors = [error for error in errors if error.field not in spoilt]
    return errors if errors or spoilt else checked


def check_body(text: str, settings: SiteSettings) -> str | FieldError:
    """The normalised body of an edit, or what is wrong with it."""
    errors: list[FieldError] = []
    body = _body(text, settings, errors)
    return errors[0] if errors else body


def _url(text: str, errors: list[FieldError]) -> str:
    try:
        return canonical_url(text)
    except InvalidURL as error:
        errors.append(FieldError("url", error.code, error.message))
        return ""


def _name(text: str, settings: SiteSettings, errors: list[FieldError]) -> str:
    name = one_line(text)
    if all(_invisible(character) for character in name):
        if "name" in settings.required:
            errors.append(FieldError("name", "required", "Please enter a name."))
        return ANONYMOUS
    if len(name) > settings.max_name_length:
        message = f"Please use at most {settings.max_name_length} characters; this has {len(name)}."
        errors.append(FieldError("name", "too_long", message))
    elif find_addresses(name):
        message = "Please enter a name, not an e-mail address: the name is shown to everybody."
        errors.append(FieldError("name", "address", message))
    return name


def one_email(text: str, missing: str, errors: list[FieldError]) -> str:
    """The address in its normal form. `missing` is what to say where there is none; "" where it may be left out."""
    if not text.strip():
        if missing:
            errors.append(FieldError("email", "required", missing))
        return ""
    try:
        return check_address(text)
    except InvalidAddress as error:
        errors.append(FieldError("email", error.code, error.message))
        return ""


def _website(text: str, errors: list[FieldError]) -> str:
    if not text.strip():
        return ""
    if len(text) > MAX_WEBSITE:
        errors.append(FieldError("website", "too_long", f"Please use at most {MAX_WEBSITE} characters."))
        return ""
    try:
        return website_url(text)
    except InvalidURL as error:
        errors.append(FieldError("website", error.code, error.message))
        return ""


def _body(text: str, settings: SiteSettings, errors: list[FieldError]) -> str:
    # Lengths come first: nothing that may be slow ever sees an over-long text.
    if len(text) > settings.max_body_length:
        message = f"Please use at most {settings.max_body_length} characters; this has {len(text)}."
        errors.append(FieldError("body", "too_long", message))
        return ""
    body = one_text(text)
    visible = sum(1 for _ in islice((c for c in body if not _invisible(c)), settings.min_body_length))
    if visible == 0:
        errors.append(FieldError("body", "required", "Please write a comment."))
    elif visible < settings.min_body_length:
        message = f"Please write at least {settings.min_body_length} characters."
        errors.append(FieldError("body", "too_short", message))
    return body


def one_text(text: str) -> str:
    """Text of several lines as every database can hold it, trimmed."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """Text for a single line: control, bidi-override and line characters gone, white space folded."""
    line = " ".join(_ONE_LINE.sub("", text[:2000]).split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _invisible(character: str) -> bool:
    blank = character.isspace() or character in _BLANK
    return blank or unicodedata.category(character) in {"Cf", "Cc", "Cn", "Co", "Zs", "Zl", "Zp"}


# Letters and symbols that draw nothing: the fillers of Hangul and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


# Lone surrogates cannot be encoded, NUL cannot be stored by PostgreSQL; no control means anything to a reader.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Overrides and isolates can turn a line around and make one name look like another.
_ONE_LINE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
