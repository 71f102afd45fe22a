"""A passkey in a real browser, with Chromium's virtual authenticator: made on the account page, used at the login."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import PASSWORD, Stage
from tests.stacks.ports import free_port

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A service whose own address is a name that browsers trust with passkeys, with Mona as its moderator."""
    port = free_port()
    stage = Stage(tmp_path, base_url=f"http://localhost:{port}")
    stage.account("mona")
    server = make_server("127.0.0.1", port, stage.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{port}"
    server.shutdown()
    thread.join()


def test_a_passkey_is_made_and_then_logs_in(address: str, desk_page: Page) -> None:
    devtools = desk_page.context.new_cdp_session(desk_page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    mona = Hands(desk_page, address)
    mona.log_in()
    mona.open("/moderation/account")
    making = desk_page.locator("form[data-passkey]")
    making.get_by_label("Name, such as the device").fill("telephone")
    making.get_by_label("Password").fill("wrong password")
    making.get_by_role("button", name="Make a passkey").click()
    expect(making.get_by_role("alert")).to_contain_text("not your present password")
    making.get_by_label("Password").fill(PASSWORD)
    making.get_by_role("button", name="Make a passkey").click()
    expect(desk_page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    desk_page.get_by_role("link", name="I have kept them").click()
    expect(desk_page.locator("#passkeys")).to_contain_text("telephone")
    desk_page.get_by_role("button", name="Log out").click()
    desk_page.get_by_role("button", name="Use a passkey").click()
    expect(desk_page.get_by_text("Nothing is waiting.")).to_be_visible()
