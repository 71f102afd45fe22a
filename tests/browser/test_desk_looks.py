"""Every page of the desk can be read and operated: contrast, names, landmarks, targets, width; light and dark."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.comments_service.moderation.hands import Hands
from tests.comments_service.moderation.stage import Stage

pytest_plugins = ("tests.browser.pages.fixtures", "tests.comments_service.moderation.served_stage")

PAGES = (
    "/moderation/",
    "/moderation/?view=spam",
    "/moderation/comments/{}",
    "/moderation/history",
    "/moderation/password",
)

# WCAG 2.2: 1.4.3 (contrast of text), 4.1.2 (names), 1.3.1 (headings and landmarks), 2.5.8 (size of targets).
LOOK = """() => {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const [R, G, B] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const visible = (element) => element.checkVisibility() && !element.closest(".hidden, .skip");
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (own && visible(element)) {
      const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!field.labels?.length && !field.getAttribute("aria-label")) found.push(`no label: ${field.outerHTML}`);
  }
  for (const target of document.querySelectorAll("button, summary, select, input:not([type=hidden])")) {
    const { width, height } = target.getBoundingClientRect();
    if (visible(target) && (width < 24 || height < 24)) found.push(`small target: ${target.outerHTML.slice(0, 80)}`);
    if (target.tagName === "BUTTON" && !target.textContent.trim()) found.push(`no name: ${target.outerHTML}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) found.push("doubled ids");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main landmark");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one first heading");
  if (!document.documentElement.lang || !document.title) found.push("no language or title");
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  return found;
}"""


@pytest.fixture
def comment(stage: Stage) -> str:
    """A comment that shows everything a page can show."""
    stage.comment(machine="spam", policy="spam_score", scores={"spam": 0.99, "toxic": 0.1})
    return stage.comment(
        "You are a complete idiot\u200b, friend. " * 40,
        name="Bob\u202e",
        address="bob@example.com",
        parent=stage.comment("The first word.", machine="approve"),
        policy="toxic_score",
        scores={"toxic": 0.9, "insult": 0.8, "spam": 0.6},
        reasons=[
            {"label": "toxic", "begin": 10, "end": 24, "weight": 1.0},
            {"label": "spam", "begin": 27, "end": 33, "weight": 1.0},
        ],
        checks=[("links", "pass", "It has 0 links."), ("bans", "spam", "Banned."), ("model", "failed", "Not there.")],
        reports=[("insult", "look")],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_readable(
    stage: Stage, served: str, chromium: Browser, comment: str, scheme: Any, width: int
) -> None:
    stage.account("mona", "owner")
    stage.add_site("other")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    hands = Hands(context.new_page(), served)
    hands.open("/moderation/login")
    found = {"login": hands.page.evaluate(LOOK)}
    hands.log_in("mona", "wrong password")
    hands.page.get_by_role("alert").wait_for()
    hands.page.wait_for_load_state()
    found["wrong login"] = hands.page.evaluate(LOOK)
    hands.log_in()
    for path in PAGES:
        hands.open(path.format(comment))
        found[path] = hands.page.evaluate(LOOK)
    hands.open()
    hands.item(comment).get_by_text("Reject…").click()
    found["menu"] = hands.page.evaluate(LOOK)
    context.close()
    assert {page: complaints for page, complaints in found.items() if complaints} == {}


def test_the_focus_can_be_seen_wherever_it_goes(stage: Stage, hands: Hands, comment: str) -> None:
    hands.open()
    hands.page.locator("body").evaluate("document.activeElement.blur()")
    for _ in range(25):
        hands.press("Tab")
        seen = hands.page.evaluate(
            """() => {
              if (document.activeElement === document.body) return true; // the browser's own controls have it
              const style = getComputedStyle(document.activeElement);
              return [style.outlineStyle, style.boxShadow].some((look) => look !== "none");
            }"""
        )
        assert seen, hands.page.evaluate("document.activeElement.outerHTML")
