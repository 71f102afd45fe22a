"""The service put together: one Flask application of its own, served alone or mounted inside a host (`extension`)."""

from collections.abc import Callable

from flask import Flask

from comments_service import accounts
from comments_service.runtime import open_runtime
from comments_service.settings import Settings, load_settings
from comments_service.tasks.celery_app import celery_app
from comments_service.tasks.doorbell import CeleryDoorbell
from comments_service.web import access, moderation_desk, operations, rate_limits
from comments_service.web.answers import KeptAnswers, keeping
from comments_service.web.api.comments import KEPT
from comments_service.web.api.registration import register_api
from comments_service.web.compat import akismet, perspective
from comments_service.web.context import RUNTIME
from comments_service.web.database import db, open_database
from comments_service.web.embed import registration as embed
from comments_service.web.failures import register_failures
from comments_service.web.feeds.atom import blueprint as feeds
from comments_service.web.follow_pages import blueprint as follow_pages
from comments_service.web.quick_look import QuickLook
from comments_service.web.security_headers import add_headers, check_host
from comments_service.web.sites import KEPT_SITES, KeptSites
from comments_service.web.status_pages import blueprint as status_pages
from comments_service.web.submissions import DOORBELL
from comments_service.web.wording import register_wording

MOST_BODY = 64 * 1024  # bytes


def create_app(settings: Settings | None = None, ring: Callable[[str], None] | None = None) -> Flask:
    """The service as a Flask application.

    Reads the environment unless `settings` are given. `ring(kind)` wakes workers after a commit; by default through
    Celery. Raises SettingsError. The schema is not touched: `comments-service init` and `db upgrade` do that.
    """
    settings = settings or load_settings()
    app = Flask("comments_service", static_folder=None)
    open_database(app, settings)
    runtime = open_runtime(settings, db.session)
    _configure(app, settings, runtime.keys.session)
    app.extensions[RUNTIME] = runtime
    app.extensions[DOORBELL] = ring or CeleryDoorbell(celery_app(settings)).ring
    app.extensions[rate_limits.LIMITER] = rate_limits.make_limiter(settings)
    app.before_request(check_host)
    app.before_request(access.enforce)
    app.after_request(add_headers)
    register_failures(app)
    access.csrf.init_app(app)
    register_wording(app)
    accounts.register(app)
    app.register_blueprint(moderation_desk.blueprint)
    app.register_blueprint(moderation_desk.stopping)
    app.register_blueprint(operations.blueprint)
    embed.register(app)
    app.register_blueprint(follow_pages)
    app.register_blueprint(status_pages)
    perspective.register(app)
    akismet.register(app)
    register_api(app, [feeds])
    with app.app_context():
        look = QuickLook(db.engine)
    app.extensions[KEPT_SITES] = KeptSites(look)
    kept = KeptAnswers(look, runtime.clock)
    app.extensions[KEPT] = kept
    app.wsgi_app = keeping(app.wsgi_app, kept)  # type: ignore[assignment,method-assign]  # Flask's own way
    return app


def _configure(app: Flask, settings: Settings, session_key: bytes) -> None:
    app.config.update(
        SECRET_KEY=session_key,
        MAX_CONTENT_LENGTH=MOST_BODY,
        MAX_FORM_MEMORY_SIZE=MOST_BODY,
        SESSION_COOKIE_NAME="comments_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        # `access.enforce` asks for the token where a route's rule says so; readers' routes have no cookie to abuse.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        # A missing Referer is no crime; `access` looks at Sec-Fetch-Site, and the token decides.
        WTF_CSRF_SSL_STRICT=False,
        API_TITLE="Comments service",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
    )
