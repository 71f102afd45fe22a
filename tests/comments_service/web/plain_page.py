"""The page without JavaScript as a browser takes it: its texts, links and form; opened, filled and sent."""

from html.parser import HTMLParser
from typing import Any

from tests.comments_service.web.newsroom import ARTICLE, Newsroom

PAGE = "/sites/news/thread"


class Page(HTMLParser):
    """A page's form and texts as a browser takes them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.action, self.texts, self.tags, self.links = "", list[str](), list[str](), dict[str, str]()
        self.handlers: list[str] = []
        self._area, self._href = "", ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "form":
            self.action = given["action"]
        elif tag in {"input", "textarea"}:
            self.fields[given["name"]] = given.get("value", "")
            self._area = given["name"] if tag == "textarea" else ""
        elif tag == "a":
            self._href = given.get("href", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
        elif data.strip():
            self.texts.append(data.strip())
            if self._href:
                self.links.setdefault(data.strip(), self._href)

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._href = "" if tag == "a" else self._href


def opened(newsroom: Newsroom, **query: str) -> Page:
    answer = newsroom.client.get(PAGE, query_string={"url": ARTICLE, **query})
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def sent(newsroom: Newsroom, page: Page, **fields: str) -> tuple[Any, Page]:
    """Fill the form's own fields as a browser would, some time later, and send it."""
    filled = page.fields | {"name": "Ann", "email": "ann@example.org", "body": "From the plain page."} | fields
    if "form_token" not in fields:
        filled["form_token"] = newsroom.form_token(30)
    answer = newsroom.client.post(page.action, data=filled)
    return answer, Page(answer.get_data(as_text=True))
