"""The form as readers see it before they touch it: widget/src/form_shell.ts.

Until the widget has taken over, and without JavaScript for good, it posts to the plain page, which asks once more.
"""

from collections.abc import Collection

from markupsafe import Markup

from comments_service.web.embed.drawing.element import Attribute, h
from comments_service.web.embed.drawing.surroundings import Surroundings

_LINES: tuple[tuple[str, str, str], ...] = (
    ("name", "text", "name"),
    ("email", "email", "email"),
    ("website", "url", "url"),
)


def form(around: Surroundings, required: Collection[str]) -> Markup:
    """The <form>, with the fields in `required` marked."""
    text = around.text
    body = h("textarea", {"rows": 5, "dir": "auto", **_control("body", required)})
    lines = [
        _field(
            around,
            name,
            h("input", {"type": kind, "autocomplete": fill, "dir": "auto", **_control(name, required)}),
            required,
        )
        for name, kind, fill in _LINES
    ]
    trap = h("input", {"name": "subject", "tabindex": -1, "autocomplete": "off"})
    send = h("button", {"type": "submit", "class": "send", "part": "button send"}, text("send"))
    return h(
        "form",
        {
            "part": "form",
            "novalidate": True,
            "aria-labelledby": "form-heading",
            "method": "post",
            "action": around.plain_page(),
        },
        h("h3", {"id": "form-heading", "part": "form-heading"}, text("write")),
        h("p", {"class": "note", "part": "note"}, text("note")),
        h("div", {"class": "fields"}, _field(around, "body", body, required), *lines),
        h("div", {"class": "trap", "aria-hidden": "true"}, trap),
        h("div", {"class": "row"}, send),
    )


def _control(name: str, required: Collection[str]) -> dict[str, Attribute]:
    return {"id": f"field-{name}", "name": name, "part": "input", "required": name in required}


def _field(around: Surroundings, name: str, control: Markup, required: Collection[str]) -> Markup:
    star = h("span", {"aria-hidden": "true"}, " *" if name in required else "")
    words = h("label", {"for": f"field-{name}", "part": "label"}, around.text(f"field_{name}"), star)
    return h("div", {"class": f"field {name}", "part": "field"}, words, control)
