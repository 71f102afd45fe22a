"""Moderators at the door: login page, login throttle, cookie, and who sends a request (standalone service only).

The accounts themselves live in `moderation.moderators`, where the command line reaches them too.
"""

from flask import Flask

from comments_service.accounts.identify import identify
from comments_service.accounts.views import blueprint
from comments_service.web.access import IDENTIFY

__all__ = ["register"]


def register(app: Flask) -> None:
    """Give `app` the login pages and let it recognise moderators."""
    app.extensions[IDENTIFY] = identify
    app.register_blueprint(blueprint)
