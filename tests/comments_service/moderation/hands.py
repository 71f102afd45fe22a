"""A moderator's hands in a browser: logging in, opening pages, pressing keys, reading what is there."""

from playwright.sync_api import Locator, Page, expect

from tests.comments_service.moderation.stage import PASSWORD


class Hands:
    """A person at the desk: presses keys and reads what is there."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def log_in(self, login: str = "mona", password: str = PASSWORD) -> None:
        self.page.goto(f"{self.address}/moderation/login")
        self.page.get_by_label("Login").fill(login)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()

    def open(self, path: str = "/moderation/") -> None:
        self.page.goto(self.address + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def item(self, public_id: str) -> Locator:
        return self.page.locator(f"#c-{public_id}")

    def current(self) -> str:
        """Public id of the focused comment."""
        focused: str = self.page.evaluate("document.activeElement.id")
        return focused.removeprefix("c-")

    def expect_count(self, view: str, count: int) -> None:
        expect(self.page.locator(f'[data-count="{view}"]')).to_have_text(str(count))
