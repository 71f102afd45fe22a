"""The team's page and invitations."""

from comments_service.moderation.invitations import invite
from comments_service.moderation.moderators import credentials
from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row
from tests.comments_service.moderation.stage import Stage


def _person(stage: Stage, _comment: str) -> dict[str, str]:
    stage.account("pia", "viewer", "demo")
    known = stage.write(credentials, "pia")
    return {"person": str(known.id)}


def _invited(stage: Stage, _comment: str) -> dict[str, str]:
    made = {"role": "viewer", "site_id": stage.site_ids["demo"], "invited_by": None, "now": stage.runtime.clock()}
    return {"invitation": stage.write(invite, **made)}


_PERSON = (("person", "{person}"),)
ROWS = {
    "accounts.team": Row("GET", "/moderation/team", "owner", ALLOWED),
    "accounts.invite_somebody": Row(
        "POST", "/moderation/team/invite", "owner", ABSENT, fields=(("role", "viewer"), ("site", "demo"))
    ),
    "accounts.withdraw_invitation": Row(
        "POST", "/moderation/team/invitations/withdraw", "owner", ALLOWED, fields=(("invitation", "1"),)
    ),
    "accounts.change_role": Row(
        "POST",
        "/moderation/team/role",
        "owner",
        ABSENT,
        fields=(*_PERSON, ("role", "trainee")),
        makes=_person,
    ),
    "accounts.shut_out": Row("POST", "/moderation/team/disable", "owner", ABSENT, fields=_PERSON, makes=_person),
    "accounts.reset": Row("POST", "/moderation/team/reset", "owner", ABSENT, fields=_PERSON, makes=_person),
    "accounts.invitation": Row(
        "GET", "/moderation/invitation/{invitation}", "viewer", ALLOWED, stranger=ALLOWED, makes=_invited
    ),
    "accounts.take_up_invitation": Row(
        "POST",
        "/moderation/invitation/{invitation}",
        "viewer",
        ALLOWED,
        stranger=ALLOWED,
        fields=(("login", "ines"), ("password", "five calm grey geese"), ("again", "five calm grey geese")),
        makes=_invited,
    ),
}
