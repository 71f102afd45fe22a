"""Pictures of the review queue, light and dark, as the demo's moderator sees it after the first login."""

from playwright.sync_api import Browser

from docs.screenshots.stage import PICTURES, Demo, opened

NEW_PASSWORD = "a picture says more than words"


def photograph(browser: Browser, demo: Demo) -> None:
    page = opened(browser, width=1200, height=1000)
    page.goto(f"{demo.base}/moderation/login")
    page.fill("[name=login]", "moderator")
    page.fill("[name=password]", demo.first_password)
    page.press("[name=password]", "Enter")
    page.fill("[name=old]", demo.first_password)
    page.fill("[name=new]", NEW_PASSWORD)
    page.fill("[name=again]", NEW_PASSWORD)
    page.press("[name=again]", "Enter")
    page.wait_for_url(f"{demo.base}/moderation/")
    page.goto(f"{demo.base}/moderation/")  # without the notice about the new password
    page.screenshot(path=PICTURES / "queue-light.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=PICTURES / "queue-dark.png")
    page.context.close()
