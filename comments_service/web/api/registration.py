"""Puts the JSON API into an application: blueprints, OpenAPI document and its page."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_smorest import Api, Blueprint

from comments_service.web.api import around, comments, follows, notices, own_comments, preview, reference
from comments_service.web.api.blueprint import blueprint
from comments_service.web.api.moderation import blueprint as moderation

API = "comments_api"
# Importing these gives `blueprint` its routes.
ROUTES = (around, comments, follows, notices, own_comments, preview)


class QuietApi(Api):  # type: ignore[misc]  # flask-smorest publishes no types
    """flask-smorest without its application-wide error handlers: `failures` answers for this application."""

    def _register_error_handlers(self) -> None:
        return None

    def _register_doc_blueprint(self) -> None:
        return None  # `reference` serves the document, with an access rule and without foreign scripts


def register_api(app: Flask, further: Iterable[Blueprint] = ()) -> None:
    """Register the API's blueprints, and `further` ones of other surfaces, and remember the document on them."""
    api = QuietApi()
    api.init_app(app)
    schemes: dict[str, dict[str, Any]] = {
        "editToken": {"type": "http", "scheme": "bearer", "description": "`edit_token` of the answer to a POST."},
        "serverKey": {"type": "http", "scheme": "bearer", "description": "A site's server key."},
        "moderator": {"type": "http", "scheme": "bearer", "description": "`comments-service moderator token`."},
    }
    for name, scheme in schemes.items():
        api.spec.components.security_scheme(name, scheme)
    api.register_blueprint(blueprint)
    api.register_blueprint(moderation)
    for other in further:
        api.register_blueprint(other)
    app.extensions[API] = api
    app.register_blueprint(reference.blueprint)
