"""The widget as a reader meets it: fields by their labels, buttons by their names, comments by what they say."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from playwright.sync_api import Error, Locator, Page, Response, expect

PATIENCE_MS = 15_000


def once(text: str) -> str:
    """`text` with words of its own: the service holds what it has been sent before, by whichever test."""
    return f"{text} ({secrets.token_hex(4)})"


@dataclass
class Widget:
    """One <comment-section> on a page. Playwright's locators see through its open shadow root."""

    page: Page
    within: str = "comment-section"

    @property
    def root(self) -> Locator:
        return self.page.locator(self.within)

    def field(self, label: str) -> Locator:
        return self.root.get_by_label(re.compile(rf"^{label}( \*)?$"))

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def comment(self, text: str) -> Locator:
        return self.root.get_by_role("article").filter(has_text=text)

    @property
    def waiting(self) -> Locator:
        return self.root.get_by_text("Waiting for review", exact=True)

    @property
    def alert(self) -> Locator:
        return self.root.get_by_role("alert")

    def ready(self) -> Widget:
        expect(self.field("Comment")).to_be_visible(timeout=PATIENCE_MS)
        return self

    def fill(self, *, body: str, name: str, email: str, website: str = "") -> None:
        self.field("Comment").fill(body)
        self.field("Name").fill(name)
        self.field("Email").fill(email)
        self.field("Website").fill(website)

    def post(self, **fields: str) -> None:
        self.fill(**fields)
        self.button("Post comment").click()

    def expect_published(self, text: str) -> None:
        """The comment stands as everybody sees it: with its Reply button, and no longer marked as waiting."""
        expect(self.comment(text).get_by_role("button", name="Reply", exact=True)).to_be_visible(timeout=PATIENCE_MS)
        expect(self.comment(text).get_by_text("Waiting for review")).to_have_count(0)


@dataclass
class Wire:
    """Everything a page received, byte for byte, and everything it complained of."""

    bodies: list[tuple[str, bytes]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Wire:
        wire = cls()
        page.on("request", lambda request: wire.requested.append(request.url))
        page.on("requestfinished", lambda request: wire._take(request.response()))
        page.on("pageerror", lambda error: wire.complaints.append(str(error)))
        page.on("console", lambda said: wire.complaints.append(said.text) if said.type == "error" else None)
        return wire

    def holding(self, text: str) -> list[str]:
        """The addresses of all answers that hold `text`, in any letter case, in their headers or bodies."""
        return [url for url, body in self.bodies if text.lower().encode() in body.lower()]

    def _take(self, response: Response | None) -> None:
        if response is None:
            return
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items()).encode()
        try:
            self.bodies.append((response.url, head + b"\n\n" + response.body()))
        except Error:
            # An answer without a body (204, preflight): its head is all there is.
            self.bodies.append((response.url, head))
