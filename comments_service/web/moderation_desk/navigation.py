"""The desk's places, in the order of its bar, each with the least role that finds it there.

A route's own rule keeps others out (`web.access`); this only spares people links that lead nowhere for them.
"""

from dataclasses import dataclass

from comments_service.web.access import Identity
from comments_service.web.wording import gettext as _


@dataclass(frozen=True)
class DeskPlace:
    """One link of the bar. `name` is what the page's template sets as `here`."""

    name: str
    endpoint: str
    title: str
    role: str = "viewer"


def navigation(person: Identity) -> list[DeskPlace]:
    """What the bar offers `person`."""
    return [place for place in _places() if person.may(place.role)]


def role_name(role: str) -> str:
    """A role in words."""
    return {
        "owner": _("owner"),
        "editor": _("editor"),
        "moderator": _("moderator"),
        "trainee": _("trainee"),
        "viewer": _("viewer"),
    }[role]


def _places() -> tuple[DeskPlace, ...]:
    return (
        DeskPlace("queue", "moderation_desk.queue", _("Queue")),
        DeskPlace("activity", "moderation_desk.activity", _("Activity")),
        DeskPlace("waves", "moderation_desk.waves", _("Waves")),
        DeskPlace("history", "moderation_desk.history", _("History")),
        DeskPlace("appeals", "moderation_desk.appeal_list", _("Appeals")),
        DeskPlace("figures", "moderation_desk.figures", _("Figures")),
        DeskPlace("webhooks", "moderation_desk.webhooks", _("Webhooks"), "owner"),
        DeskPlace("team", "accounts.team", _("Team"), "owner"),
        DeskPlace("account", "accounts.account", _("Account")),
        DeskPlace("mail", "moderation_desk.mail", _("Mail")),
        DeskPlace("rules", "moderation_desk.rules", _("Rules")),
    )
