"""A row made ready before any lock is taken: links canonical, text rendered by the one renderer, address sealed.

What a reader's own POST would be refused for (an unreadable website, say) is left off here and remarked on: the
comment was public elsewhere already, and its author is not there to mend it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from comments_service.comments.submit import rendered
from comments_service.content.characters import visible
from comments_service.content.links import InvalidURL, canonical_url, website_url
from comments_service.importers.rows import DELETED, CommentRow, ThreadRow
from comments_service.privacy.addresses import AddressVault, InvalidAddress, check_address
from comments_service.privacy.hide import hide_addresses
from comments_service.screening.checks.duplicates import text_digest
from comments_service.screening.checks.fields import ANONYMOUS


class LeftOut(Exception):
    """This row cannot be stored; the message is the reason, without any of the row's own words."""


@dataclass(frozen=True)
class PreparedThread:
    """A thread row with its canonical URL."""

    url: str
    title: str
    row: ThreadRow


@dataclass(frozen=True)
class PreparedAddress:
    """A sealed address; nothing of it is left in the clear."""

    blind_index: str
    sealed: bytes
    verified_at: datetime | None


@dataclass(frozen=True)
class PreparedComment:
    """A comment row with all that could be worked out of it alone. `changes` says what was left off."""

    row: CommentRow
    thread_url: str
    name: str
    website: str
    source: str
    html: str
    digest: str
    address: PreparedAddress | None
    changes: list[str] = field(default_factory=list)


def prepare_thread(row: ThreadRow) -> PreparedThread:
    """Raises LeftOut where the URL cannot be an article's."""
    return PreparedThread(_canonical(row.url, "url"), _shown_line(row.title), row)


def prepare_comment(row: CommentRow, vault: AddressVault) -> PreparedComment:
    """Raises LeftOut. A deleted comment becomes a stone: its place and its log, none of its words."""
    thread_url = _canonical(row.thread, "thread")
    if row.status == DELETED:
        return PreparedComment(row, thread_url, "", "", "", "", "", None)
    changes: list[str] = []
    name = _shown_line(row.name) or ANONYMOUS
    if name != row.name:
        changes.append("name: made fit to be shown")
    return PreparedComment(
        row,
        thread_url,
        name=name,
        website=_website(row.website, changes),
        source=row.source,
        html=rendered(row.source),
        digest=text_digest(row.source),
        address=_address(row, vault, changes),
        changes=changes,
    )


def _canonical(url: str, what: str) -> str:
    try:
        return canonical_url(url)
    except InvalidURL as error:
        raise LeftOut(f"{what}: {error.message}") from None


def _shown_line(text: str) -> str:
    """A name or title for one line: no address in it, nothing that turns the line around."""
    return hide_addresses(" ".join(visible(text).split()))


def _website(text: str, changes: list[str]) -> str:
    return _or_left_off(website_url, text, "website", changes)


def _address(row: CommentRow, vault: AddressVault, changes: list[str]) -> PreparedAddress | None:
    email = _or_left_off(check_address, row.email, "email", changes)
    if not email:
        return None
    return PreparedAddress(vault.blind_index(email), vault.seal(email), row.email_verified_at)


def _or_left_off(check: Callable[[str], str], text: str, what: str, changes: list[str]) -> str:
    if not text:
        return ""
    try:
        return check(text)
    except (InvalidURL, InvalidAddress) as error:
        # The code, not the message: messages quote what was typed, and remarks are printed.
        changes.append(f"{what}: left off ({error.code})")
        return ""
