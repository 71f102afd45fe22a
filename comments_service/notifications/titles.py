"""What a mail or page calls an article. The title is a stranger's word, and may reach who asked for nothing."""

from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Thread

_LONGEST = 120  # characters; a subject has room for more words around it


def title_of(thread: Thread | None, site_name: str) -> str:
    """The article's title on one line; the site's name while no comment of the thread is approved.

    Until then nobody has looked at what the first comment's sender called the article.
    """
    title = hide_addresses(thread.title) if thread is not None and thread.count > 0 else ""
    title = " ".join((title or site_name).split())
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
