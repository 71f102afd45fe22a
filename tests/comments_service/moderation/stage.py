"""A desk with sites, comments and moderators, made for one test. What is asked of it stands in the tests beside this.

Comments are put straight into their tables, as tests need them old, reported or scored; everything else is done
through HTTP, as a browser or a program would.
"""

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from comments_service.app import create_app
from comments_service.moderation.decide import decide
from comments_service.moderation.moderator_sessions import issue_token, open_session
from comments_service.moderation.moderators import credentials
from comments_service.moderation.passwords import hash_password
from comments_service.runtime import Runtime, open_runtime
from comments_service.settings import load_settings
from comments_service.storage.engine import open_engine
from comments_service.storage.schema import upgrade
from comments_service.storage.tables import Address, Comment, Evidence, Moderator, Report, Score, Site, Thread
from comments_service.web.context import RUNTIME
from tests.stacks.servers import new_postgres_database

PASSWORD = "seven quiet herons"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_ITEM = re.compile(r'<article class="item" id="c-([\w-]+)"')


@cache
def _hash() -> str:
    return hash_password(PASSWORD)


@cache
def _empty_database() -> bytes:
    """A migrated SQLite file, made once for all tests."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/empty.db")
        upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return (Path(folder) / "empty.db").read_bytes()


def bare_runtime(folder: Path) -> tuple[Runtime, int, int]:
    """A runtime without any web on a fresh database in `folder`, and the ids of its site and thread."""
    (folder / "comments.db").write_bytes(_empty_database())
    runtime = open_runtime(load_settings(data_dir=folder, secret_key="k" * 40))
    with runtime.transaction() as session:
        return runtime, *_add_site(session, "demo", runtime.clock())


def _add_site(session: Session, key: str, now: datetime) -> tuple[int, int]:
    site = Site(key=key, name=f"The {key} paper", origins=[], settings={}, created_at=now)
    session.add(site)
    session.flush()
    thread = Thread(site_id=site.id, url=f"https://{key}.example/a", title=f"News of {key}", created_at=now)
    session.add(thread)
    session.flush()
    return site.id, thread.id


class Visitor:
    """A browser of one person: keeps cookies, sends the forms' tokens."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(self, path: str, token_from: str = "/moderation/", **fields: Any) -> TestResponse:
        """Send a form with the CSRF token of the page `token_from`."""
        return self.client.post(path, data={**fields, "csrf_token": self.token(token_from)})

    def api(self, path: str, body: object) -> TestResponse:
        return self.client.post(path, json=body, headers={"X-CSRFToken": self.token("/moderation/password")})

    def token(self, path: str) -> str:
        found = TOKEN.search(self.get(path).text)
        return found[1] if found else ""

    def log_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/moderation/login", "/moderation/login", login=login, password=password)

    def items(self, path: str = "/moderation/") -> list[str]:
        """Public ids of the comments on a page of the queue, in order."""
        return _ITEM.findall(self.get(path).text)


class Stage:
    """The service on a database of its own, with the site `demo` and one thread in it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        loaded = load_settings(data_dir=folder, secret_key="k" * 40, **settings)
        folder.mkdir(exist_ok=True)
        if loaded.database_url:
            engine = open_engine(loaded.sqlalchemy_url)
            upgrade(engine)
            engine.dispose()
        else:
            (folder / "comments.db").write_bytes(_empty_database())
        self.app: Flask = create_app(loaded, ring=lambda kind: None)
        self.site_ids: dict[str, int] = {}
        self.thread_ids: dict[str, int] = {}
        self.add_site("demo")

    @property
    def runtime(self) -> Runtime:
        runtime: Runtime = self.app.extensions[RUNTIME]
        return runtime

    def at(self, moment: datetime) -> None:
        """Let the service's clock stand at `moment`."""
        self.app.extensions[RUNTIME] = replace(self.runtime, clock=lambda: moment)

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def write(self, act: Any, *arguments: Any, **options: Any) -> Any:
        """Call a domain function in one transaction."""
        with self.app.app_context(), self.runtime.transaction() as session:
            return act(session, *arguments, **options)

    def add_site(self, key: str) -> None:
        self.site_ids[key], self.thread_ids[key] = self.write(_add_site, key, self.runtime.clock())

    def moderator(self, login: str, role: str = "moderator", site: str | None = None) -> Visitor:
        """A moderator with a session. Logging in costs a slow hash, so only the tests of the login go through it."""
        self.account(login, role, site)
        runtime, visitor = self.runtime, self.visitor()

        def begin(session: Session) -> str:
            known = credentials(session, login)
            assert known is not None
            return open_session(session, known.id, now=runtime.clock(), max_s=runtime.settings.session_max_s)

        visitor.client.set_cookie("comments_session", self.write(begin))
        return visitor

    def account(self, login: str, role: str = "moderator", site: str | None = None) -> None:
        """A moderator who has changed the first password; one of this login who is there already stays as they are."""
        if self.write(credentials, login) is not None:
            return
        row = {
            "login": login,
            "name": login.title(),
            "password_hash": _hash(),
            "role": role,
            "site_id": None if site is None else self.site_ids[site],
            "must_change": False,
            "created_at": self.runtime.clock(),
        }
        self.write(lambda session: session.execute(insert(Moderator).values(**row)))

    def bearer(self, login: str) -> dict[str, str]:
        """The header with a fresh bearer token of `login`."""

        def issue(session: Session) -> str:
            known = credentials(session, login)
            assert known is not None
            return issue_token(session, known.id, now=self.runtime.clock(), days=1)

        return {"Authorization": f"Bearer {self.write(issue)}"}

    def comment(
        self,
        body: str = "A calm remark.",
        *,
        site: str = "demo",
        name: str = "Ada",
        address: str = "",
        parent: str | None = None,
        minutes_ago: float = 5,
        machine: str | None = "hold",
        policy: str = "premoderate",
        scores: dict[str, float] | None = None,
        reasons: list[dict[str, Any]] | None = None,
        checks: list[tuple[str, str, str]] | None = None,
        reports: list[tuple[str, str]] | None = None,
    ) -> str:
        """Store a comment; `machine` is what the machine did with it (None: it has not looked yet). Its public id."""
        now = self.runtime.clock()

        def store(session: Session) -> str:
            row = self._row(session, body, site, name, address, parent, now - timedelta(minutes=minutes_ago))
            for check, weight, detail in checks or []:
                row_of = {"comment_id": row.id, "revision": 1, "created_at": now}
                session.execute(insert(Evidence).values(check_name=check, weight=weight, detail=detail, **row_of))
            if scores is not None:
                session.add(
                    Score(
                        comment_id=row.id,
                        revision=1,
                        model="5" * 64,
                        scores=scores,
                        language="en",
                        reasons=reasons or [],
                        created_at=now,
                    )
                )
            for number, (reason, note) in enumerate(reports or []):
                row.reports += 1
                session.add(
                    Report(
                        comment_id=row.id, reporter_digest=f"{number:064d}", reason=reason, note=note, created_at=now
                    )
                )
            session.flush()
            if machine is not None:
                decide(session, row.id, actor="machine", action=machine, reason=policy, now=now, scores=scores)
            return row.public_id

        stored: str = self.write(store)
        return stored

    def status(self, public_id: str) -> str:
        found: str = self.write(
            lambda session: session.scalar(select(Comment.status).where(Comment.public_id == public_id))
        )
        return found

    def published(self, site: str = "demo") -> list[str]:
        """Public ids of the top-level comments that readers get."""
        answer = self.app.test_client().get(
            f"/api/v1/sites/{site}/comments", query_string={"url": f"https://{site}.example/a"}
        )
        return [comment["id"] for comment in answer.get_json()["comments"]]

    def _row(
        self, session: Session, body: str, site: str, name: str, address: str, parent: str | None, at: datetime
    ) -> Comment:
        above = session.scalar(select(Comment).where(Comment.public_id == parent)) if parent else None
        address_id = self._address_id(session, site, address, at) if address else None
        row = add_comment(session, self.site_ids[site], self.thread_ids[site], above, at)
        row.name, row.source, row.address_id = name, body, address_id
        session.flush()
        return row

    def _address_id(self, session: Session, site: str, address: str, at: datetime) -> int:
        vault, site_id = self.runtime.vault, self.site_ids[site]
        index = vault.blind_index(address)
        found = session.scalar(select(Address.id).where(Address.site_id == site_id, Address.blind_index == index))
        if found is None:
            row = Address(site_id=site_id, blind_index=index, sealed=vault.seal(address), created_at=at)
            session.add(row)
            session.flush()
            found = row.id
        return found


def add_comment(session: Session, site_id: int, thread_id: int, above: Comment | None, at: datetime) -> Comment:
    """A comment as it stands after a reader's POST: stored, waiting for the machine."""
    row = Comment(
        public_id=secrets.token_urlsafe(12),
        site_id=site_id,
        thread_id=thread_id,
        parent_id=above.id if above else None,
        in_reply_to_id=above.id if above else None,
        root_id=(above.root_id or above.id) if above else None,
        ancestors=".".join(filter(None, [above.ancestors, str(above.id)])) if above else "",
        depth=above.depth + 1 if above else 0,
        name="Ada",
        avatar="0",
        source="A calm remark.",
        html="<p>A calm remark.</p>",
        html_version=1,
        text_digest=secrets.token_hex(32),
        status="pending",
        awaits="machine",
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage_anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """A stage on each database that the service supports."""
    return Stage(tmp_path, database_url=new_postgres_database() if request.param == "postgresql" else "")
