"""The one place where a mail is built. Nobody else makes headers, and nothing here is Markdown or a stranger's link.

Text is text: it is escaped in the HTML part, and the only links are those to this service, given on purpose.
"""

import hashlib
import html
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from comments_service.content.translations import direction
from comments_service.privacy.addresses import InvalidAddress, check_address

_LONGEST_SUBJECT = 200  # characters
_UNSUBSCRIBE = "List-Unsubscribe"


class _Folding(EmailPolicy):
    """Folds headers as the standard advises and leaves links whole: a folded link is an encoded one, and broken."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name == _UNSUBSCRIBE else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii") if name == _UNSUBSCRIBE else super().fold_binary(name, value)


_POLICY = _Folding(linesep="\r\n")


class UnfitForMail(ValueError):
    """Something that must not stand in a mail. The message names the part, never its content."""


@dataclass(frozen=True)
class Link:
    """A link to this service: the words before it, and its URL, which must begin with the service's own."""

    label: str
    url: str


@dataclass(frozen=True)
class Mail:
    """What a mail says: one line of subject, paragraphs of plain text, and the links below them.

    `link` is what most want to press, `choices` are further ones. `stop` ends mails of this kind: it stands last, and
    mail programs show it as a button (RFC 8058). `language` is a BCP 47 tag.
    """

    subject: str
    paragraphs: tuple[str, ...]
    link: Link | None = None
    stop: Link | None = None
    language: str = "en"
    choices: tuple[Link, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(link for link in (self.link, *self.choices, self.stop) if link is not None)


def compose(mail: Mail, *, sender: str, recipient: str, public_url: str, now: datetime, key: str) -> EmailMessage:
    """The mail as a message with a plain and an HTML part.

    `public_url` is the service's own, from its settings and never from a request. `key` names what is sent (an outbox
    key): the same key gives the same Message-ID, so that a mail sent twice can be told from two mails.
    Raises UnfitForMail.
    """
    for link in mail.links:
        _refuse_foreign_link(link, public_url)
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(sender, "sender")
    message["To"] = _address(recipient, "recipient")
    message["Subject"] = _header(mail.subject, "subject", _LONGEST_SUBJECT)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_domain(sender)}>"
    # Answering machines answer neither of these.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.stop is not None and mail.stop.url.isascii():
        message[_UNSUBSCRIBE] = f"<{mail.stop.url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_plain(mail))
    message.add_alternative(_html(mail), subtype="html")
    # Last: what begins with Content- and stands there before would be moved into the first part.
    message["Content-Language"] = mail.language
    return message


def _refuse_foreign_link(link: Link, public_url: str) -> None:
    base = public_url.rstrip("/") + "/"
    if not link.url.startswith(base) or any(_is_unfit(c) or c.isspace() for c in link.url):
        raise UnfitForMail("link: leads elsewhere than to this service")


def _header(text: str, what: str, longest: int) -> str:
    if any(_is_unfit(character) for character in text):
        # A line end here would begin a header of somebody else's choice.
        raise UnfitForMail(f"{what}: holds a line end or control character")
    if not text.strip() or len(text) > longest:
        raise UnfitForMail(f"{what}: needs 1 to {longest} characters")
    return text.strip()


def _is_unfit(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _address(text: str, what: str) -> Address:
    if any(_is_unfit(character) for character in text):
        raise UnfitForMail(f"{what}: holds a line end or control character")
    try:
        return Address(addr_spec=check_address(text))
    except (InvalidAddress, HeaderParseError, ValueError, IndexError):
        raise UnfitForMail(f"{what}: not a valid address") from None


def _domain(sender: str) -> str:
    return check_address(sender).rpartition("@")[2].encode("idna").decode("ascii")


def _plain(mail: Mail) -> str:
    blocks = [_readable(paragraph) for paragraph in mail.paragraphs]
    blocks += [f"{_readable(link.label)}:\n{link.url}" for link in mail.links]
    return "\n\n".join(blocks) + "\n"


def _html(mail: Mail) -> str:
    blocks = [f"<p>{_escaped(paragraph)}</p>" for paragraph in mail.paragraphs]
    blocks += [f'<p><a href="{html.escape(link.url)}">{_escaped(link.label)}</a></p>' for link in mail.links]
    language = f'lang="{html.escape(mail.language)}" dir="{direction(mail.language)}"'
    head = f'<!doctype html>\n<html {language}><head><meta charset="utf-8"></head><body>\n'
    return head + "\n".join(blocks) + "\n</body></html>\n"


def _readable(text: str) -> str:
    """Without controls and lone surrogates; line breaks stay."""
    return "".join(c for c in text if c == "\n" or not _is_unfit(c))


def _escaped(text: str) -> str:
    return html.escape(_readable(text)).replace("\n", "<br>\n")
