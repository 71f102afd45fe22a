"""One comment with its replies, as widget/src/comment_view.ts and votes.ts draw it for a reader who is new here."""

from typing import Any

from markupsafe import Markup

from comments_service.web.embed.drawing.avatar import avatar
from comments_service.web.embed.drawing.element import Attribute, button, h
from comments_service.web.embed.drawing.surroundings import Surroundings

Comment = dict[str, Any]

# More direct replies than MANY are folded after the first FEW (thread_view.ts).
MANY, FEW = 5, 3


def comment_item(around: Surroundings, comment: Comment) -> Markup:
    """The <li> of one of the contract's Comments, with what hangs below it."""
    name = comment["author"]["name"] or around.text("anonymous")
    replies = comment["replies"]
    shown = replies[:FEW] if len(replies) > MANY else replies
    return h(
        "li",
        {},
        _article(around, comment, name),
        h("div"),
        _list(around, name, *(comment_item(around, reply) for reply in shown)),
        *(_folded(around, name, len(replies) - FEW) if len(replies) > MANY else ()),
        _rest(around, comment) if comment.get("replies_cursor") else None,
    )


def _article(around: Surroundings, comment: Comment, name: str) -> Markup:
    number = comment["id"]
    if comment.get("removed"):
        shown = [h("p", {"class": "muted", "id": f"author-{number}"}, around.text("removed"))]
    else:
        # The HTML of a comment is what one function has made safe, whoever shows it.
        body = h("div", {"class": "content", "part": "body", "dir": "auto"}, Markup(comment["html"]))
        shown = [_head(around, comment, name), body, _actions(around, comment)]
    about: dict[str, Attribute] = {
        "id": f"comment-{number}",
        "part": "comment",
        "tabindex": -1,
        "aria-labelledby": f"author-{number}",
    }
    return h("article", about, *shown)


def _head(around: Surroundings, comment: Comment, name: str) -> Markup:
    author, moment = comment["author"], comment["created_at"]
    # The widget writes the moment as JavaScript does, and then as "3 minutes ago" in the reader's clock.
    time = h("time", {"datetime": f"{moment[:-1]}.000Z", "part": "time"}, f"{moment[:10]} {moment[11:16]} UTC")
    link = {"class": "muted", "href": f"{around.url}#comment-{comment['id']}", "part": "permalink"}
    return h(
        "header",
        {},
        avatar(author["avatar"]),
        _author(comment, name),
        h("span", {"class": "badge", "part": "badge"}, author["badge"]) if author.get("badge") else None,
        _answered(around, comment.get("in_reply_to")),
        h("a", link, time),
        h("span", {"class": "muted"}, f"({around.text('edited')})") if comment.get("edited_at") else None,
    )


def _author(comment: Comment, name: str) -> Markup:
    shown = h("bdi", {"id": f"author-{comment['id']}", "part": "author"}, name)
    website = comment["author"].get("website")
    return h("a", {"href": website, "rel": "nofollow ugc noopener noreferrer"}, shown) if website else shown


def _answered(around: Surroundings, answered: dict[str, str] | None) -> Markup | None:
    if not answered or not answered["name"]:
        return None
    before, _, after = around.text("in_reply_to").partition("{name}")
    link = h("a", {"href": f"{around.url}#comment-{answered['id']}"}, h("bdi", {"class": "to"}, answered["name"]))
    return h("span", {"class": "muted", "part": "in-reply-to"}, before, link, after)


def _actions(around: Surroundings, comment: Comment) -> Markup:
    votes = comment["votes"]
    arrows = (_arrow(around.text("up"), "▲ ", votes["up"]), _arrow(around.text("down"), "▼ ", votes["down"]))
    words = around.text("actions")
    more = {"class": "quiet", "part": "button actions-toggle", "aria-label": words, "aria-expanded": "false"}
    return h(
        "footer",
        {"part": "actions"},
        h("span", {"class": "votes", "part": "votes", "role": "group"}, *arrows),
        button(around.text("reply"), {"class": "quiet"}) if around.open else None,
        button("⋯", {**more, "title": words}),
    )


def _arrow(label: str, sign: str, count: int) -> Markup:
    return button(
        None,
        {"class": "quiet", "aria-pressed": "false", "title": label},
        h("span", {"aria-hidden": "true"}, sign),
        h("span", {"class": "unseen"}, f"{label} "),
        str(count),
    )


def _list(around: Surroundings, name: str, *items: Markup, hidden: bool = False) -> Markup:
    about: dict[str, Attribute] = {"part": "replies", "aria-label": around.text("replies", name=name), "hidden": hidden}
    return h("ol", about, *items)


def _folded(around: Surroundings, name: str, count: int) -> tuple[Markup, Markup]:
    """The button of the replies that are folded away, and their list, which the widget fills when it is opened."""
    toggle = button(around.text("show_replies", n=count), {"class": "fold", "aria-expanded": "false"})
    return toggle, _list(around, name, hidden=True)


def _rest(around: Surroundings, comment: Comment) -> Markup:
    address = around.plain_page(parent=comment["id"], cursor=comment["replies_cursor"])
    return h("a", {"class": "fold", "part": "button", "href": address}, around.text("more_replies"))
