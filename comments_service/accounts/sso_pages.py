"""Single sign-on: away to the identity provider, and back with its answer, in the browser that began."""

import hmac
import json
import secrets

from flask import Response, current_app, redirect, request, session
from flask.typing import ResponseReturnValue

from comments_service.accounts.blueprint import FORM, after_login, blueprint, browser, logged_in, source
from comments_service.accounts.identity_provider import Attempt, IdentityProvider
from comments_service.accounts.provider_requests import ProviderTrouble
from comments_service.accounts.views import is_logged_in, login_form
from comments_service.moderation.challenges import Answered, answer_challenge, set_challenge
from comments_service.moderation.moderator_sessions import SSO, open_session, sweep_sessions
from comments_service.moderation.sso_people import NotKnown, person_of
from comments_service.privacy.network import network_of
from comments_service.web.access import access
from comments_service.web.context import runtime
from comments_service.web.rate_limits import hold_to, per_minute
from comments_service.web.wording import gettext as _

_PROVIDER = "comments_identity_provider"
_STATE = "sso"  # in the form session's signed cookie: only the browser that began may end
_BEGUN = per_minute(30)  # from one network: each is a row, and makes the provider work
_GOOD_S = 900  # the provider may ask for a password, a code, and consent


@blueprint.get("/login/sso")
@access(FORM)
def begin_sso() -> ResponseReturnValue:
    if is_logged_in():
        return redirect(after_login(request.args.get("next", "")))
    here, provider = runtime(), _provider()
    if provider is None:
        return login_form(error=_("Single sign-on is not set up here."))
    hold_to(_BEGUN, "sso", network_of(source()))
    attempt, state = Attempt.new(), secrets.token_urlsafe(32)
    try:
        there = provider.address(attempt, state, _back_to(), here.clock())
    except ProviderTrouble as error:
        return _failed(str(error))
    kept = {"nonce": attempt.nonce, "verifier": attempt.verifier, "next": after_login(request.args.get("next", ""))}
    with here.transaction() as database:
        set_challenge(database, SSO, state, now=here.clock(), detail=json.dumps(kept), good_s=_GOOD_S)
    session[_STATE] = state
    return redirect(there, 303)


@blueprint.get("/login/sso/done")
@access(FORM)
def end_sso() -> ResponseReturnValue:
    if is_logged_in():
        return redirect(after_login(""))
    provider, begun = _provider(), _begun()
    if provider is None or begun is None:
        return login_form(error=_("That login was not begun here, or took too long. Begin again."), status=401)
    kept = json.loads(begun.detail)
    try:
        secret = _entered(provider, Attempt(kept["nonce"], kept["verifier"]))
    except ProviderTrouble as error:
        return _failed(str(error))
    except NotKnown as error:
        return login_form(error=str(error), status=401)
    return logged_in(redirect(kept["next"], 303), secret)


def _begun() -> Answered | None:
    """What was kept when this browser began; None for a state that is another's, unknown, used, or too old."""
    here, begun, said = runtime(), session.pop(_STATE, ""), request.args.get("state", "")
    if not begun or not hmac.compare_digest(begun.encode(), said.encode("utf-8", "replace")):
        return None
    with here.transaction() as database:
        return answer_challenge(database, SSO, said, here.clock())


def _entered(provider: IdentityProvider, attempt: Attempt) -> str:
    """The secret of a new session for the person whom the provider vouches for. Raises ProviderTrouble, NotKnown."""
    here = runtime()
    settings, now, code = here.settings, here.clock(), request.args.get("code", "")
    # Another provider's answer, sent here by a provider in the middle (RFC 9207).
    if request.args.get("iss", provider.issuer) != provider.issuer:
        raise ProviderTrouble("answered in another's name")
    if not code:
        raise ProviderTrouble("refused")
    claims = provider.claims(attempt, code, _back_to(), settings.oidc_claim, now)
    with here.transaction() as database:
        sweep_sessions(database, now)
        person = person_of(
            database, provider.issuer, claims, claim=settings.oidc_claim, new_role=settings.oidc_new_role, now=now
        )
        return open_session(database, person, now=now, max_s=settings.session_max_s, method=SSO, browser=browser())


def _failed(why: str) -> Response:
    current_app.logger.warning("identity_provider_failed: it %s", why)
    return login_form(
        error=_("The identity provider did not let you in. Try again, or ask whoever runs this."), status=401
    )


def _back_to() -> str:
    return f"{runtime().settings.public_url}/moderation/login/sso/done"


def _provider() -> IdentityProvider | None:
    settings, kept = runtime().settings, current_app.extensions
    if settings.oidc_issuer and _PROVIDER not in kept:
        kept[_PROVIDER] = IdentityProvider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)
    found: IdentityProvider | None = kept.get(_PROVIDER)
    return found
