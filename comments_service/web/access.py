"""Who may call a route. Every view carries one rule, and a view without one is refused: forgetting fails closed.

Recognising a moderator is handed in by `accounts` (or by whoever embeds the service), so that web knows no passwords.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from comments_service.web.problems import Problem

IDENTIFY = "comments_identify"
ROLES = ("viewer", "trainee", "moderator", "editor", "owner")  # each may do what those before it may

View = TypeVar("View", bound=Callable[..., Any])
csrf = CSRFProtect()


@dataclass(frozen=True)
class Identity:
    """The moderator who sends this request. `site_id` None means every site; `by_token` that no cookie was used.

    `language` is what they chose for the desk, empty where they chose nothing. `must_enrol` says that they lack a
    second factor which their role needs, `method` how they logged in. `scopes` are those of the token, "*" being all.
    """

    moderator_id: int
    name: str
    role: str
    site_id: int | None
    must_change: bool = False
    by_token: bool = False
    language: str = ""
    session_id: int = 0
    method: str = ""
    must_enrol: bool = False
    scopes: frozenset[str] = frozenset("*")

    def may(self, role: str) -> bool:
        """Whether this moderator may do what takes `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class Rule:
    """`kind` is public (anybody), form (anybody, with CSRF token), desk (a moderator of at least `role`) or key.

    Key: a program with an API key of a site. Each surface has its own place for it and its own words for refusing, so
    its blueprint asks for the key before any of its views.

    `scope` is what a bearer token must be good for; a rule without one is open to tokens that are good for everything.
    A rule with `in_person` is open to no token: an account is not in a program's hands.
    """

    kind: str
    role: str = ""
    while_must_change: bool = False
    scope: str = ""
    in_person: bool = False
    while_must_enrol: bool = False


PUBLIC = Rule("public")
KEY = Rule("key")


def access(rule: Rule) -> Callable[[View], View]:
    """Declare the rule of a view. Outermost decorators that use functools.wraps keep it."""

    def mark(view: View) -> View:
        cast(Any, view).access_rule = rule
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The declared rule of an endpoint, None where nobody declared one."""
    return cast("Rule | None", getattr(app.view_functions[endpoint], "access_rule", None))


def identity() -> Identity:
    """The moderator behind a desk request. Only callable in views with a desk rule."""
    return cast(Identity, g.comments_identity)


def enforce() -> ResponseReturnValue | None:
    """Before every request: check the route's rule. Registered by `app.create_app`."""
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise Problem(403, "undeclared", "This route declares nobody who may use it.")
    if rule.kind == "form":
        _check_csrf()
    return _enforce_desk(rule) if rule.kind == "desk" else None


def _enforce_desk(rule: Rule) -> ResponseReturnValue | None:
    identify = cast("Callable[[], Identity | None]", current_app.extensions[IDENTIFY])
    found = identify()
    wants_json = request.path.startswith("/api/")
    if found is None:
        if wants_json:
            raise Problem(401, "login_required", "Log in at /moderation/login, or send a bearer token.")
        return redirect(f"{request.script_root}/moderation/login")
    if not found.may(rule.role):
        raise Problem(403, "role", f"This needs the role {rule.role}; yours is {found.role}.")
    g.comments_identity = found
    if found.by_token:
        _check_token(rule, found)
    else:
        _check_csrf()
    return _still_to_do(rule, found, wants_json)


def _still_to_do(rule: Rule, found: Identity, wants_json: bool) -> ResponseReturnValue | None:
    """Where somebody has to go first who must change a password or set up a second factor."""
    if found.must_change and not rule.while_must_change:
        if wants_json:
            raise Problem(403, "password_change_required", "Change the first password at /moderation/password.")
        return redirect(f"{request.script_root}/moderation/password")
    if found.must_enrol and not (rule.while_must_enrol or rule.while_must_change):
        if wants_json:
            raise Problem(403, "second_factor_required", "Set up a second factor at /moderation/account.")
        return redirect(f"{request.script_root}/moderation/account")
    return None


def _check_token(rule: Rule, found: Identity) -> None:
    if rule.in_person:
        raise Problem(403, "in_person", "This is not open to tokens. Log in at /moderation/login.")
    if not found.scopes & {rule.scope, "*"}:
        needed = f"the scope {rule.scope}" if rule.scope else "a token that is good for everything"
        raise Problem(403, "scope", f"This needs {needed}; this token has {' '.join(sorted(found.scopes)) or 'none'}.")


def _check_csrf() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"}:
        raise Problem(403, "cross_site", "This form was sent from another site.")
    try:
        csrf.protect()
    except CSRFError as error:
        raise Problem(403, "csrf", f"{error.description} Load the page again and repeat what you did.") from None
