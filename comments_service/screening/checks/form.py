"""Was the form filled by a person? Its token's age and the field that people do not see."""

from datetime import datetime

from comments_service.privacy.tokens import TokenError, check
from comments_service.screening.evidence import HOLD, PASS, SPAM, FieldError, Finding
from comments_service.settings import SiteSettings

PURPOSE = "form"
_MESSAGES = {
    "too_young": "That was very quick. Please wait a moment and send it again.",
    "expired": "This form was open for too long. Please send it again; your text is kept.",
}


def check_token(
    key: bytes, token: str, site_key: str, settings: SiteSettings, now: datetime
) -> tuple[Finding, FieldError | None]:
    """The token's finding, and the error that its sender can mend by fetching a fresh token."""
    if not settings.form_token_required and not token:
        return Finding("form_token", PASS, "This site takes forms without a token."), None
    try:
        check(key, PURPOSE, token, site_key, now.timestamp(), settings.form_min_age_s, settings.form_max_age_s)
    except TokenError as error:
        message = _MESSAGES.get(error.code, "The form's token is missing or not ours. Fetch the form again.")
        return Finding("form_token", HOLD, message), FieldError("form_token", error.code, message)
    return Finding("form_token", PASS, "The form was fetched, read and sent at a person's pace."), None


def check_honeypot(value: str) -> Finding:
    """Filled only by programs. Not refused: a refusal would tell the program which field it was."""
    if value:
        return Finding("honeypot", SPAM, "A field that people do not see was filled in.")
    return Finding("honeypot", PASS)
