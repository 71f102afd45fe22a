"""A small newspaper in Flask that has a login, a database and error pages of its own, with comments mounted in it.

Everything here is the newspaper's, save the two lines in `create_newspaper` that mount the comments.
`docs/embedding-in-flask.md` explains it step by step. Start it with

    .venv/bin/flask --app examples.host_app.newspaper run --port 5000
"""

from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Mapped, mapped_column

from comments_service import CommentsService
from comments_service.settings import Settings

database = SQLAlchemy()
logins = LoginManager()
forgery = CSRFProtect()

READ_WITHOUT_LOGIN = {"static", "article", "log_in", "about"}


class Article(database.Model):  # type: ignore[name-defined,misc]  # Flask-SQLAlchemy makes the class at run time
    """An article of the newspaper."""

    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]


class Comment(database.Model):  # type: ignore[name-defined,misc]
    """The newspaper's own notes on its subscribers: its table has the same name as one of the service's, on purpose."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str]


class Subscriber(UserMixin):
    """Whoever has logged in."""

    def __init__(self, name: str) -> None:
        self.id = name


class HouseStyle(DefaultJSONProvider):
    """The newspaper sends its JSON in one line, keys in the order in which they were written."""

    sort_keys = False
    compact = True


def create_newspaper(folder: Path, *, comments: Settings | None = None, with_comments: bool = True) -> Flask:
    """The newspaper; its database lies in `folder`. `comments` are the service's settings, else the environment's."""
    app = Flask(__name__)
    app.json = HouseStyle(app)
    app.config.update(
        SECRET_KEY="the newspaper's own; yours comes from your configuration",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{(folder / 'newspaper.db').absolute()}",
    )
    database.init_app(app)
    logins.init_app(app)
    forgery.init_app(app)
    logins.user_loader(Subscriber)
    logins.login_view = "log_in"
    _pages(app)
    _house_rules(app)
    with app.app_context():
        database.create_all()
        if database.session.get(Article, "harbour") is None:
            database.session.add(Article(slug="harbour", title="The harbour opens", text="Ships came in."))
            database.session.commit()
    if with_comments:
        CommentsService(app, url_prefix="/comments", settings=comments)
    return app


def _pages(app: Flask) -> None:
    @app.get("/")
    def front() -> str:
        articles = database.session.scalars(database.select(Article)).all()
        return render_template("front.html", articles=articles, reader=current_user)

    @app.get("/articles/<slug>")
    def article(slug: str) -> str:
        return render_template("article.html", article=database.get_or_404(Article, slug))

    @app.get("/about")
    def about() -> dict[str, Any]:
        return {"name": "The Newspaper", "articles": database.session.query(Article).count(), "founded": 1871}

    @app.route("/log-in", methods=["GET", "POST"])
    def log_in() -> ResponseReturnValue:
        if request.method == "POST":
            login_user(Subscriber(request.form["name"]))
            return redirect(url_for("front"))
        return render_template("log_in.html")

    @app.post("/notes")
    def note() -> ResponseReturnValue:
        database.session.add(Comment(note=request.form.get("note") or abort(422)))
        database.session.commit()
        return {"notes": database.session.query(Comment).count()}, 201

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("the press stands still")


def _house_rules(app: Flask) -> None:
    """What a host does to every request: a wall before the pages, headers behind them, error pages, a greeting."""

    @app.before_request
    def wall() -> ResponseReturnValue | None:
        if request.endpoint in READ_WITHOUT_LOGIN or current_user.is_authenticated:
            return None
        return redirect(url_for("log_in"))

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Newspaper"] = "The Newspaper"
        response.headers["Content-Security-Policy"] = "default-src 'self'"
        return response

    @app.errorhandler(404)
    def nothing_here(_error: Exception) -> ResponseReturnValue:
        return render_template("problem.html", text="That page is not in today's paper."), 404

    @app.errorhandler(422)
    def not_like_this(_error: Exception) -> ResponseReturnValue:
        return {"newspaper": "not like this"}, 422

    @app.errorhandler(500)
    def stop_press(_error: Exception) -> ResponseReturnValue:
        return render_template("problem.html", text="Stop press!"), 500

    app.jinja_env.globals["greeting"] = "Good morning"


def create_app() -> Flask:
    """What `flask --app examples.host_app.newspaper` starts; the comments read COMMENTS_… from the environment."""
    folder = Path("var/newspaper")
    folder.mkdir(parents=True, exist_ok=True)
    return create_newspaper(folder)
