"""Flask-SQLAlchemy over the service's own tables. Bare processes open the same database by `storage.engine`."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from comments_service.settings import Settings
from comments_service.storage.base import Base
from comments_service.storage.engine import configure, engine_options

# Rows stay readable after commit: answers are made from them when the writing lock is free again.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def open_database(app: Flask, settings: Settings) -> None:
    """Bind the application to the settings' database, with our pragmas and transactions."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.sqlalchemy_url)
    db.init_app(app)
    with app.app_context():
        configure(db.engine)
