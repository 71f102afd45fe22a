"""Makes the pictures of the documentation from a freshly loaded demo: `make screenshots`.

Starts the service on a free port with a folder of its own and photographs widget and review queue in Debian's Chromium.
Nothing is drawn by hand, so the pictures cannot promise what the service lacks. A state that does not come about ends
the script with what was expected.
"""

from playwright.sync_api import sync_playwright

from docs.screenshots import desk, widget
from docs.screenshots.stage import CHROMIUM, FLAGS, demo


def main() -> None:
    with demo() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        desk.photograph(browser, running)
        widget.photograph(browser, running)
        browser.close()


if __name__ == "__main__":
    main()
