"""The forms by which a moderator makes a token for a program, and revokes it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from comments_service.accounts.account_page import FormError, account_form, confirm_person, done, number
from comments_service.accounts.blueprint import ACCOUNT, blueprint
from comments_service.moderation.bearer_tokens import LONGEST_DAYS, TokenError, make_token, revoke_token
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.wording import gettext as _


@blueprint.post("/account/tokens")
@access(ACCOUNT)
def new_token() -> ResponseReturnValue:
    here, days = runtime(), number(request.form.get("days", ""))
    try:
        confirm_person("token-password")
        with here.transaction() as database:
            secret = make_token(
                database,
                identity().moderator_id,
                name=request.form.get("name", ""),
                scopes=request.form.getlist("scopes"),
                days=days,
                now=here.clock(),
            )
    except FormError as wrong:
        return account_form(wrong)
    except TokenError as error:
        return account_form(FormError(f"token-{error.field}", _wrong(error.field)))
    return render_template("accounts/token.html", person=identity(), token=secret, days=days)


@blueprint.post("/account/tokens/revoke")
@access(ACCOUNT)
def end_token() -> ResponseReturnValue:
    with runtime().transaction() as database:
        revoke_token(database, identity().moderator_id, number(request.form.get("token", "")))
    return done("tokens", _("The token opens nothing any more."))


def _wrong(field: str) -> str:
    return {
        "name": _("Say which program the token is for."),
        "scopes": _("Choose what the token is good for."),
        "days": _("A token is good for 1 to %(days)s days.", days=LONGEST_DAYS),
    }[field]
