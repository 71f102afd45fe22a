"""Strangers' words as they may stand in a mail: on one line, without addresses, and nothing that becomes a link.

Whoever reads them may have asked for nothing. Escaping is `compose`'s business.
"""

import re

from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Thread

_LONGEST = 120  # characters; a subject has room for more words around it
_JOINER = "\u2060"  # breaks no line and draws nothing, but mail programs see no address around it
_WITHIN_ADDRESS = re.compile(r"(?<=\w)(?=\.[^\W\d]|://)")


def unlinked(text: str) -> str:
    """The text as it reads, but so that no mail program makes a link of a web address in it."""
    return _WITHIN_ADDRESS.sub(_JOINER, text)


def title_of(thread: Thread | None, site_name: str) -> str:
    """The article's title; the site's name while no comment of the thread is approved.

    Until then nobody has looked at what the first comment's sender called the article.
    """
    title = hide_addresses(thread.title) if thread is not None and thread.count > 0 else ""
    title = unlinked(" ".join((title or site_name).split()))
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
