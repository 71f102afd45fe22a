"""What a reader sees of a comment, as plain text: for scoring, for feeds' titles, for mails."""

from __future__ import annotations

import re

from comments_service.content.flat_text import FindHidden, flat_text, hide
from comments_service.content.markdown import parse


def plain(source: str, *, find_hidden: FindHidden | None = None) -> str:
    """The visible text of `source` without marks, URLs behind link texts and invisible characters.

    Lines end in \\n, blocks are parted by an empty line. Whatever leaves the service must give `find_hidden`, as for
    `render`. Raises ValueError beyond 10 000 characters.
    """
    tokens = parse(source)
    if find_hidden is not None:
        hide(tokens, find_hidden)
    return re.sub(r"\n{3,}", "\n\n", flat_text(tokens)).strip()
