"""A page of a thread as the API answers it: for whoever asks, and for the page that is drawn into an article's HTML."""

import json

from comments_service.comments.cursors import encode_arrival
from comments_service.comments.public import public_title
from comments_service.comments.read import Page
from comments_service.comments.threads import is_open
from comments_service.storage.tables import Thread
from comments_service.web.context import runtime
from comments_service.web.forms import rules_of
from comments_service.web.sites import SiteInUse


def thread_answer(site: SiteInUse, thread: Thread | None, url: str, page: Page, reached: int) -> bytes:
    """The JSON of GET …/comments in UTF-8. `reached` is the number of the thread's last arrival that it reaches to."""
    about = {
        "url": url,
        "title": public_title(thread),
        "open": is_open(thread, site.settings, runtime().clock()),
        "count": thread.count if thread else 0,
        **rules_of(site),
        "newest": encode_arrival(reached),
        "follow": runtime().settings.sends_mail,
    }
    value = {
        "thread": about,
        "comments": page.comments,
        "previous_cursor": page.previous_cursor,
        "next_cursor": page.next_cursor,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
