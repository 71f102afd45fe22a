"""The service inside somebody else's Flask application: mounted under a prefix, touching nothing of the host's.

Its routes, error pages, hooks, login, CSRF and database stay those of an application of its own behind the prefix.
That is why a host's Flask-SQLAlchemy, Flask-Login or error handlers notice nothing (see docs/adr).
"""

import re
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from comments_service.app import create_app
from comments_service.settings import Settings, load_settings

NAME = "comments_service"
# Whole path segments without escapes: the mount compares them letter by letter with the request's path.
_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


class CommentsService:
    """Flask extension: `CommentsService(app, url_prefix="/comments")`, or `init_app` later.

    Settings come from the environment (COMMENTS_…), or from `settings`. Set COMMENTS_BASE_URL to the public URL
    including the prefix: links in mails and feeds are made from it.
    """

    def __init__(self, app: Flask | None = None, *, url_prefix: str = "/comments", settings: Settings | None = None):
        self.url_prefix = url_prefix
        self._settings = settings
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Mount the service in `app` below `url_prefix`. Raises ValueError for a second mount or a bad prefix."""
        prefix = self.url_prefix
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"url_prefix={prefix!r}: give a path such as '/comments'")
        if NAME in app.extensions:
            raise ValueError("this application has a comments service already; one site list serves all its pages")
        service = create_app(self._settings or load_settings())
        app.extensions[NAME] = service
        host: Any = app.wsgi_app
        app.wsgi_app = DispatcherMiddleware(host, {prefix: service})  # type: ignore[method-assign]
