"""The stage for the pictures: a freshly loaded demo on a free port, with a folder of its own, and a browser.

Here: starting and stopping, the demo's commands. Not here: what is photographed (`widget`, `desk`).
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parent
PROGRAM = Path(sys.executable).parent / "comments-service"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST_START_S = 90


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: its base URL, the moderator's first password, and the environment of its commands."""

    base: str
    first_password: str
    environment: Mapping[str, str]

    def command(self, *arguments: str) -> None:
        """Run `comments-service` on the demo's folder. Ends the script with what a failing command says."""
        done = subprocess.run([PROGRAM, *arguments], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"comments-service {' '.join(arguments)}: {done.stderr.strip()}")


@contextmanager
def demo() -> Iterator[Demo]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1", "COMMENTS_DATA_DIR": folder}
        process = subprocess.Popen(
            [PROGRAM, "run", "--demo"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield Demo(f"http://127.0.0.1:{port}", _first_password(process), environment)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def opened(browser: Browser, *, width: int, height: int = 1100, dark: bool = False, script: bool = True) -> Page:
    """A page in a fresh profile. `script`: whether JavaScript is on."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        java_script_enabled=script,
    )
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """Take the picture, and close the page's profile."""
    page.screenshot(path=PICTURES / f"{name}.png")
    page.context.close()


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
