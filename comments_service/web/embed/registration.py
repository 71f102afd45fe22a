"""Puts the embedding routes into an application."""

from flask import Flask

from comments_service.web.embed import demo, fragment, playground, thread_page
from comments_service.web.embed.script import blueprint

# Importing these gives `blueprint` its routes.
ROUTES = (demo, fragment, playground, thread_page)


def register(app: Flask) -> None:
    """Register `/embed.js`, the page without JavaScript, the drawn first page, the playground and the demo."""
    app.register_blueprint(blueprint)
