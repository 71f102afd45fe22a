"""What `make bench` calls the first comment painted, shown on a client whose moments are known."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from benchmarks.widget.pages import publisher
from benchmarks.widget.paint import cold_and_warm

pytest_plugins = ("tests.browser.pages.fixtures",)

# Draws a comment into a shadow root 400 ms after parsing, {space} pixels down; 800 ms later that space closes.
LATE = """<comment-section></comment-section>
<script>
  customElements.define("comment-section", class extends HTMLElement {{}});
  const root = document.querySelector("comment-section").attachShadow({{ mode: "open" }});
  const comment = '<article part="comment">Late.</article>';
  setTimeout(() => (root.innerHTML = '<div style="height:{space}px"></div>' + comment), 400);
  setTimeout(() => (root.firstChild.style.height = 0), 1200);
</script>"""


@pytest.mark.parametrize(("space", "earliest"), [("0", 400), ("5000", 1200)], ids=["in the window", "below it"])
def test_a_comment_counts_once_it_is_painted_within_the_window(chromium: Browser, space: str, earliest: float) -> None:
    with publisher() as site:
        visits = cold_and_warm(chromium, site.add("/late", LATE, space=space), slowed=1)
    for visit in visits:
        assert earliest <= visit.first_comment_ms < earliest + 5000, "milliseconds from the navigation"
        assert visit.drawn == 1
        assert visit.shift > 0, "the footer was pushed down"
