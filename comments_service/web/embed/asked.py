"""What a reader of the plain page asks for with its address, and the addresses of the pages that lead on from it."""

from dataclasses import dataclass
from typing import Self

from flask import request, url_for

from comments_service.comments.read import SORTS
from comments_service.content.links import InvalidURL, canonical_url
from comments_service.content.translations import chosen_language
from comments_service.web.problems import Problem
from comments_service.web.sites import is_public_id


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of a thread: of its comments, or of those below the comment `parent`, or the one that holds `focus`.

    Its form answers the comment `answer` where that is given. `chosen` is the language that the reader chose, "" for
    the browser's.
    """

    site_key: str
    url: str
    language: str
    chosen: str
    sort: str
    cursor: str
    parent: str
    answer: str
    focus: str

    @classmethod
    def of_request(cls, site_key: str) -> Self:
        """As the request has it; what cannot be understood counts as not asked. Raises Problem 422 for a bad URL."""
        given = request.args
        chosen = given.get("lang", "")
        language = chosen_language(chosen or request.headers.get("Accept-Language", ""))
        sort = given.get("sort", "")
        return cls(
            site_key,
            requested_url(),
            language,
            language if chosen else "",
            sort if sort in SORTS else SORTS[0],
            given.get("cursor", ""),
            _public_id(given.get("parent", "")),
            _public_id(request.values.get("parent_id", "")),
            _public_id(given.get("focus", "")),
        )

    def link(self, **changes: str) -> str:
        """The page's address with `changes`. Language and order are kept; the place in the thread is not."""
        sort = "" if self.sort == SORTS[0] else self.sort
        query = {"url": self.url, "lang": self.chosen, "sort": sort} | changes
        given = {name: value for name, value in query.items() if value}
        return url_for("embed.thread_page", site_key=self.site_key, **given)  # type: ignore[arg-type]

    def permalink(self, public_id: str) -> str:
        """The page that holds this comment, scrolled to it."""
        return f"{self.link(focus=public_id)}#comment-{public_id}"

    def further(self, cursor: str) -> str:
        """The page that begins or ends at `cursor`, of the same comments."""
        return self.link(cursor=cursor, parent=self.parent)


def requested_url() -> str:
    """The canonical URL that the page is about. Raises Problem 422."""
    try:
        return canonical_url(request.args.get("url", ""))
    except InvalidURL as error:
        raise Problem(422, "url", f"url: {error.message}") from None


def _public_id(text: str) -> str:
    return text if is_public_id(text) else ""
