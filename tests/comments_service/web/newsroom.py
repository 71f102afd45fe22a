"""A whole service in this process with one site, seen from outside: post, judge, decide, read. Real databases only."""

import atexit
import functools
import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import make_url
from werkzeug.test import TestResponse

from comments_service.app import create_app
from comments_service.moderation.judge import judge_batch
from comments_service.moderation.moderator_sessions import issue_token
from comments_service.moderation.moderators import add_moderator, credentials
from comments_service.moderation.sites import add_site, change_settings, fresh_server_key, server_key_digest
from comments_service.moderation.sites import set_server_key as store_server_key
from comments_service.outbox.claim import claim
from comments_service.privacy.tokens import sign
from comments_service.runtime import Runtime
from comments_service.scoring import Scored, Text
from comments_service.screening.checks.form import PURPOSE
from comments_service.settings import Settings, SiteSettings, load_settings
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import upgrade
from comments_service.storage.tables import Comment
from comments_service.web.context import RUNTIME
from tests.stacks.servers import new_postgres_database

ORIGIN = "https://news.example"
ARTICLE = "https://news.example/harbour"
BASE_URL = "https://comments.example"
# Nobody floods unless a test says so.
DEFAULTS = SiteSettings(
    spam_reject=0.97,
    flood_network_per_minute=10_000,
    flood_network_per_hour=10_000,
    flood_address_per_hour=10_000,
    flood_thread_per_minute=10_000,
)


class WrittenScores:
    """A scorer that finds its scores in the text, as `spam=0.9 toxic=0.2`; texts without are harmless."""

    def __init__(self, model: str = "a" * 64) -> None:
        self.model, self.seen = model, list[Text]()

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        self.seen += texts
        return [Scored(self._of(one.text), "en", [], self.model) for one in texts]

    def _of(self, written: str) -> dict[str, float]:
        found = {name: float(value) for name, value in re.findall(r"\b([a-z_]+)=([01](?:\.\d+)?)", written)}
        return {"spam": 0.01, "toxic": 0.01} | found


class Newsroom:
    """A service with the site `news` on a database of its own. Helpers use a public door where there is one."""

    def __init__(self, settings: Settings, **site: Any) -> None:
        self.settings = settings
        self.rung: list[str] = []
        self.app: Flask = create_app(settings, ring=self.rung.append)
        self.runtime: Runtime = self.app.extensions[RUNTIME]
        self.scorer = WrittenScores()
        self.client = self.app.test_client()
        with self.app.app_context(), self.runtime.transaction() as session:
            now = self.runtime.clock()
            add_site(session, "news", name="Harbour News", origins=[ORIGIN], changes={}, defaults=DEFAULTS, now=now)
            add_moderator(session, "desk", role="owner", site_id=None, now=now)
            person = credentials(session, "desk")
            assert person is not None
            self.moderator = issue_token(session, person.id, now=now, days=1)
        if site:
            self.change(**site)

    def change(self, site: str = "news", **changes: Any) -> None:
        """Change settings of the site as the command does."""
        typed = {name: value if isinstance(value, str) else json.dumps(value) for name, value in changes.items()}
        with self.app.app_context(), self.runtime.transaction() as session:
            change_settings(session, site, typed, DEFAULTS)

    def server_key(self) -> str:
        """A fresh server key of the site."""
        key = fresh_server_key()
        with self.app.app_context(), self.runtime.transaction() as session:
            store_server_key(session, "news", server_key_digest(key))
        return key

    def form_token(self, age_s: float = 60.0, site: str = "news") -> str:
        """A form's token as it is after `age_s` seconds."""
        return sign(self.runtime.keys.form, PURPOSE, site, self.runtime.clock().timestamp() - age_s)

    def submission(self, **fields: Any) -> dict[str, Any]:
        """A valid submission, with `fields` in place of its own; None leaves one out."""
        usual = {
            "url": ARTICLE,
            "name": "Ann Reader",
            "email": f"ann.{secrets.token_hex(4)}@example.org",
            "body": f"The ferry is late again, {secrets.token_hex(6)}.",
            "form_token": self.form_token(),
        }
        return {name: value for name, value in (usual | fields).items() if value is not None}

    def send(self, body: Any, headers: dict[str, str] | None = None, ip: str = "198.51.100.7") -> TestResponse:
        """POST `body` as it is."""
        return self.client.post(
            "/api/v1/sites/news/comments", json=body, headers=headers, environ_base={"REMOTE_ADDR": ip}
        )

    def post(self, headers: dict[str, str] | None = None, ip: str = "198.51.100.7", **fields: Any) -> TestResponse:
        """POST a valid submission with `fields` changed."""
        return self.send(self.submission(**fields), headers, ip)

    def posted(self, **fields: Any) -> dict[str, Any]:
        """The answer to a POST that must succeed."""
        answer = self.post(**fields)
        assert answer.status_code in {201, 202}, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def approved(self, **fields: Any) -> dict[str, Any]:
        """A comment that was posted and judged to be shown."""
        answer = self.posted(**fields)
        self.judge()
        assert self.status(answer) == "approved"
        return answer

    def judge(self, limit: int = 1000) -> int:
        """Do a worker's round; how many rows it took."""
        with self.app.app_context():
            with self.runtime.transaction() as session:
                rows = claim(session, "judge", limit, 60)
            judge_batch(self.runtime, self.scorer, rows)
        return len(rows)

    def decide(self, public_id: str, decision: str) -> dict[str, Any]:
        """A moderator's decision, by the moderation API."""
        answer = self.client.post(
            "/api/v1/moderation/decisions",
            json={"ids": [public_id], "decision": decision} | ({"reason": "insult"} if decision == "reject" else {}),
            headers={"Authorization": f"Bearer {self.moderator}"},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def status(self, posted: dict[str, Any]) -> str:
        """What its author is told about a comment."""
        return str(self.own(posted).get_json()["status"])

    def own(self, posted: dict[str, Any], method: str = "GET", **options: Any) -> TestResponse:
        """Ask for the own comment with its edit token."""
        return self.client.open(
            f"/api/v1/sites/news/comments/{posted['id']}",
            method=method,
            headers={"Authorization": f"Bearer {posted['edit_token']}"},
            **options,
        )

    def thread(self, url: str = ARTICLE, **query: Any) -> dict[str, Any]:
        """A page of what readers get."""
        answer = self.client.get("/api/v1/sites/news/comments", query_string={"url": url, **query})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def count_rows(self, table: type[Any]) -> int:
        """Rows of a table."""
        with self.app.app_context(), self.runtime.reading() as session:
            return int(session.scalar(select(func.count()).select_from(table)) or 0)

    def row(self, public_id: str) -> Comment:
        """A comment as it is stored."""
        with self.app.app_context(), self.runtime.reading() as session:
            return session.scalars(select(Comment).where(Comment.public_id == public_id)).one()

    def run_sql(self, statement: str, **values: Any) -> list[Any]:
        """Change or look at what no door leads to: what the calendar does, what a check left behind."""
        with self.app.app_context(), self.runtime.transaction() as session:
            result: Any = session.execute(text(statement), values)
            return list(result.all()) if result.returns_rows else []


@functools.cache
def _empty_sqlite() -> Path:
    """A database file with all tables, made once and copied."""
    folder = Path(tempfile.mkdtemp(prefix="comments-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = open_engine(f"sqlite:///{folder / 'comments.db'}")
    upgrade(engine)
    engine.dispose()
    return folder / "comments.db"


@functools.cache
def _empty_postgres() -> str:
    url = new_postgres_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


def settings_for(kind: str, folder: Path, **values: Any) -> Settings:
    """Settings of a fresh installation on `kind` (sqlite or postgresql), its tables made."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {"base_url": BASE_URL, "secret_key": secrets.token_urlsafe(48), "site_defaults": DEFAULTS} | values
    if kind == "sqlite":
        shutil.copy(_empty_sqlite(), folder / "comments.db")
        return load_settings(data_dir=folder, **values)
    template = make_url(_empty_postgres())
    name = f"comments_{secrets.token_hex(6)}"
    engine = create_engine(template.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.database}"))
    engine.dispose()
    return load_settings(
        data_dir=folder, database_url=template.set(database=name).render_as_string(hide_password=False), **values
    )
