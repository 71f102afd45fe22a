"""Builds HTML as the widget builds DOM (widget/src/element.ts): text is escaped, no white space comes in between."""

from collections.abc import Mapping

from markupsafe import Markup, escape

Attribute = str | int | bool | None
_EMPTY = frozenset({"input", "link"})


def h(tag: str, attributes: Mapping[str, Attribute] | None = None, *children: str | None) -> Markup:
    """`h("button", {"type": "button", "hidden": True}, "Send")`. True is an empty attribute; None and False are none.

    Children that are Markup are taken as they are, other text is escaped; None is left out.
    """
    given = Markup("").join(_attribute(name, value) for name, value in (attributes or {}).items())
    if tag in _EMPTY:
        return Markup("<{}{}>").format(Markup(tag), given)
    inner = Markup("").join(escape(child) for child in children if child is not None)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), given, inner)


def button(text: str | None, attributes: Mapping[str, Attribute], *children: str) -> Markup:
    """A button that does nothing until the widget has taken over."""
    return h("button", {"type": "button", "part": "button", **attributes}, text, *children)


def _attribute(name: str, value: Attribute) -> Markup:
    if value is None or value is False:
        return Markup("")
    return Markup(' {}="{}"').format(Markup(name), "" if value is True else value)
