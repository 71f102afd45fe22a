"""Asks axe-core what is wrong with a page for readers who use it by ear, by keyboard or enlarged."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, within: str = "") -> list[str]:
    """What axe-core finds against WCAG 2.2 AA and good practice, a line each: rule, what to do, where.

    `within` is a CSS selector of what to look at ("" = the whole page); open shadow roots below it are seen too.
    """
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within or None, options=options).response
    assert found["passes"], f"axe-core looked at nothing: does {within or 'the page'} exist?"
    return [f"{rule['id']}: {rule['help']} ({_places(rule['nodes'])})" for rule in found["violations"]]


def _places(nodes: list[dict[str, object]]) -> str:
    return "; ".join(f"{node['target']} {node['html']}" for node in nodes[:3])
