"""Fixtures of the desk's browser tests: a stage behind a real HTTP server on loopback, and a moderator logged in."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage, stage

__all__ = ["desk_page", "hands", "served", "stage"]


@pytest.fixture
def served(stage: Stage) -> Iterator[str]:
    """The stage's address."""
    server = make_server("127.0.0.1", 0, stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def desk_page(chromium: Browser) -> Iterator[Page]:
    """A page that fails its test when the desk's own script does, or when its policy had to stop something."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def hands(stage: Stage, served: str, desk_page: Page) -> Hands:
    """Mona, a moderator, logged in."""
    stage.account("mona")
    person = Hands(desk_page, served)
    person.log_in()
    return person
