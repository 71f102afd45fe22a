"""What a comment form needs, for the widget and for the page without JavaScript: token, limits, required fields."""

from typing import Any

from comments_service.privacy.tokens import sign
from comments_service.screening.checks.fields import MAX_WEBSITE
from comments_service.screening.checks.form import PURPOSE
from comments_service.web.context import runtime
from comments_service.web.sites import SiteInUse

HONEYPOT = "subject"
EMAIL_NOTE = "Your email address will not be published."
REQUIRED_NOTE = "Required fields are marked *"


def rules_of(site: SiteInUse) -> dict[str, Any]:
    """What holds for every form of a site: required fields, longest lengths in characters, seconds for editing."""
    settings = site.settings
    return {
        "required": sorted({*settings.required, "body"}),
        "limits": {
            "name": settings.max_name_length,
            "email": 254,
            "website": MAX_WEBSITE,
            "body_min": settings.min_body_length,
            "body": settings.max_body_length,
        },
        "edit_window_s": settings.edit_window_s,
    }


def form_of(site: SiteInUse, thread_is_open: bool) -> dict[str, Any]:
    """The contract's form answer; its token is signed for this site and becomes good after `minimum_age_s`."""
    here = runtime()
    return {
        **rules_of(site),
        "form_token": sign(here.keys.form, PURPOSE, site.row.key, here.clock().timestamp()),
        "minimum_age_s": site.settings.form_min_age_s,
        "honeypot": HONEYPOT,
        "open": thread_is_open,
        "texts": {"email_note": EMAIL_NOTE, "required_note": REQUIRED_NOTE},
    }
