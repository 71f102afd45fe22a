"""Moderators at the door and their own accounts: login, throttle, cookie, who sends a request (standalone only).

The accounts themselves live in `moderation.moderators`, where the command line reaches them too.
"""

from flask import Flask

# Importing a module of views attaches them to the blueprint.
from comments_service.accounts import (
    account_page,
    factor_pages,
    invitation_pages,
    passkey_pages,
    sso_pages,
    team_pages,
    token_pages,
    views,
)
from comments_service.accounts.blueprint import blueprint
from comments_service.accounts.identify import identify
from comments_service.web.access import IDENTIFY

__all__ = [
    "account_page",
    "factor_pages",
    "invitation_pages",
    "passkey_pages",
    "register",
    "sso_pages",
    "team_pages",
    "token_pages",
    "views",
]


def register(app: Flask) -> None:
    """Give `app` the login pages and let it recognise moderators."""
    app.extensions[IDENTIFY] = identify
    app.register_blueprint(blueprint)
