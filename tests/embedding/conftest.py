"""The newspaper of `examples/host_app`, once alone and once with the comments mounted in it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from comments_service.moderation.moderators import add_moderator, change_password, credentials
from comments_service.moderation.sites import add_site
from comments_service.runtime import Runtime
from comments_service.web.context import RUNTIME
from comments_service.web.database import db
from examples.host_app.newspaper import create_newspaper
from tests.comments_service.web.newsroom import DEFAULTS, settings_for

PASSWORD = "a long password for the desk"


@dataclass(frozen=True)
class Embedded:
    """A host with comments, the same host without, and the service inside."""

    host: Flask
    alone: Flask
    service: Flask

    @property
    def runtime(self) -> Runtime:
        found: Runtime = self.service.extensions[RUNTIME]
        return found


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    """Both newspapers on databases of their own; the service has the site `newspaper` and the moderator `desk`."""
    for name in ("host", "alone"):
        (tmp_path / name).mkdir()
    comments = settings_for("sqlite", tmp_path / "comments", base_url="http://localhost/comments")
    host = create_newspaper(tmp_path / "host", comments=comments)
    alone = create_newspaper(tmp_path / "alone", with_comments=False)
    # Both sign alike, so that their cookies can be compared byte by byte.
    host.config["SECRET_KEY"] = alone.config["SECRET_KEY"] = secrets.token_hex(16)
    made = Embedded(host, alone, host.extensions["comments_service"])
    with made.service.app_context(), made.runtime.transaction() as session:
        now = made.runtime.clock()
        origins = ["http://localhost"]
        changes = {"form_min_age_s": "0"}
        add_site(session, "newspaper", name="Paper", origins=origins, changes=changes, defaults=DEFAULTS, now=now)
        add_moderator(session, "desk", role="owner", site_id=None, now=now)
        person = credentials(session, "desk")
        assert person is not None
        change_password(session, person.id, PASSWORD)
    yield made
    with made.service.app_context():
        db.engine.dispose()
