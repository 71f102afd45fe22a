"""Pictures of the review desk as the demo's moderator sees it: queue, one comment, figures, on a phone, in Arabic."""

from playwright.sync_api import Browser, Page

from docs.screenshots.stage import PICTURES, Demo, opened

NEW_PASSWORD = "a picture says more than words"


def photograph(browser: Browser, demo: Demo) -> None:
    page = opened(browser, width=1200, height=1000)
    _log_in(page, demo)
    page.goto(f"{demo.base}/moderation/")  # without the notice about the new password
    page.screenshot(path=PICTURES / "queue-light.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=PICTURES / "queue-dark.png")
    page.goto(f"{demo.base}/moderation/figures")
    page.screenshot(path=PICTURES / "figures-dark.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{demo.base}/moderation/")
    page.screenshot(path=PICTURES / "queue-phone.png")
    page.set_viewport_size({"width": 1200, "height": 1000})
    page.goto(f"{demo.base}/moderation/account")
    page.select_option("#language", "ar")
    page.click("#language-section button")
    page.wait_for_selector("html[lang=ar]")
    page.goto(f"{demo.base}/moderation/")
    page.screenshot(path=PICTURES / "queue-arabic.png")
    page.context.close()


def _log_in(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/moderation/login")
    page.fill("[name=login]", "moderator")
    page.fill("[name=password]", demo.first_password)
    page.press("[name=password]", "Enter")
    page.fill("[name=old]", demo.first_password)
    page.fill("[name=new]", NEW_PASSWORD)
    page.fill("[name=again]", NEW_PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url(f"{demo.base}/moderation/")
