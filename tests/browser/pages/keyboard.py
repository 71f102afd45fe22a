"""A reader without a mouse: goes to things with Tab, presses them with Enter, hears what belongs to a field."""

from __future__ import annotations

from playwright.sync_api import Locator

FARTHEST = 60


def tab_to(target: Locator, key: str = "Tab") -> None:
    """Presses Tab (or `key`, as in "Shift+Tab") until `target` has the focus."""
    for _ in range(FARTHEST):
        target.page.keyboard.press(key)
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
    raise AssertionError(f"{key} never reached {target}")


def press(target: Locator, key: str = "Enter") -> None:
    """Goes to `target` by Tab, wherever the focus is, and presses it."""
    tab_to(target)
    target.page.keyboard.press(key)


def described(control: Locator) -> str:
    """The text that assistive technology reads with a control because of its aria-describedby."""
    found = control.evaluate(
        """control => (control.getAttribute('aria-describedby') ?? '').split(' ')
          .map(id => control.getRootNode().getElementById(id)?.textContent ?? '').join(' ')"""
    )
    assert isinstance(found, str)
    return found
