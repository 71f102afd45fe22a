"""Makes the pictures of the documentation from a freshly loaded demo: `make screenshots`.

Starts the service on a free port with a folder of its own, logs in as the demo's moderator, and photographs widget and
review queue in Debian's Chromium. Nothing is drawn by hand, so the pictures cannot promise what the service lacks.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NEW_PASSWORD = "a picture says more than words"
LONGEST_START_S = 90


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """A running demo: its base URL and the moderator's first password."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "COMMENTS_DATA_DIR": folder}
        program = Path(sys.executable).parent / "comments-service"
        process = subprocess.Popen(
            [program, "run", "--demo"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield f"http://127.0.0.1:{port}", _first_password(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _first_password(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    until = time.monotonic() + LONGEST_START_S
    for line in process.stdout:
        match = re.search(r"with password\s+(\S+)", line)
        if match:
            return match[1]
        if time.monotonic() > until:
            break
    raise SystemExit("the demo did not start; run `comments-service run --demo` and look at what it says")


def _page(browser: Browser, *, width: int, height: int, dark: bool = False) -> Page:
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    return context.new_page()


def photograph_widget(browser: Browser, base: str) -> None:
    for name, dark, width in (("widget-light", False, 900), ("widget-dark", True, 900), ("widget-phone", False, 360)):
        page = _page(browser, width=width, height=1100, dark=dark)
        page.goto(f"{base}/demo/sochi-talks-loan")
        page.locator("comment-section").get_by_role("article").first.wait_for()
        page.locator("comment-section").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('comment-section').scrollIntoView()")
        page.screenshot(path=HERE / f"{name}.png")
        page.context.close()


def photograph_desk(browser: Browser, base: str, first_password: str) -> None:
    page = _page(browser, width=1200, height=1000)
    page.goto(f"{base}/moderation/login")
    page.fill("[name=login]", "moderator")
    page.fill("[name=password]", first_password)
    page.press("[name=password]", "Enter")
    page.fill("[name=old]", first_password)
    page.fill("[name=new]", NEW_PASSWORD)
    page.fill("[name=again]", NEW_PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url(f"{base}/moderation/")
    page.goto(f"{base}/moderation/")  # without the notice about the new password
    page.screenshot(path=HERE / "queue-light.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=HERE / "queue-dark.png")
    page.context.close()


def main() -> None:
    with demo() as (base, first_password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        photograph_widget(browser, base)
        photograph_desk(browser, base, first_password)
        browser.close()


if __name__ == "__main__":
    main()
