"""Can anything that a person typed change a mail beyond its words?"""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.notifications.compose import Link, Mail, UnfitForMail, compose

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = "https://comments.example"


def composed(mail: Mail, *, recipient: str = "ada@example.com", sender: str = "desk@example.com") -> EmailMessage:
    return compose(mail, sender=sender, recipient=recipient, public_url=HERE, now=NOW, key="mail:1")


def sent(message: EmailMessage) -> EmailMessage:
    """The message as it arrives: written out and parsed again."""
    arrived = message_from_bytes(message.as_bytes(policy=SMTP), policy=default)
    assert isinstance(arrived, EmailMessage)
    return arrived


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Tags(HTMLParser):
    """The tags of an HTML part, and all links in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "style")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_mail_has_a_plain_and_an_html_part_that_say_the_same() -> None:
    mail = Mail(
        "Zwei Kommentare – für Sie", ("Grüße & <b>Dank</b>.", "Zeile 1\nZeile 2"), Link("Öffnen", f"{HERE}/m?a=1&b=2")
    )
    arrived = sent(composed(mail))
    assert (arrived["Subject"], arrived["To"], arrived["From"]) == (mail.subject, "ada@example.com", "desk@example.com")
    assert part(arrived, "plain").splitlines() == [
        *("Grüße & <b>Dank</b>.", "", "Zeile 1", "Zeile 2", "", "Öffnen:", f"{HERE}/m?a=1&b=2")
    ]
    seen = Tags(part(arrived, "html"))
    assert seen.tags == {"html", "head", "meta", "body", "p", "br", "a"}
    assert seen.links == [f"{HERE}/m?a=1&b=2"]
    assert "Grüße & <b>Dank</b>." in seen.text
    assert arrived["Auto-Submitted"] == "auto-generated"


def test_the_link_that_stops_stands_last_and_whole_in_the_header_of_the_list() -> None:
    """A header that is folded as long words usually are arrives encoded, and no mail program finds its button."""
    stop = f"{HERE}/follows/{'0123456789abcdef' * 12}/stop?token={'x' * 60}"
    subject = "Neue Kommentare zu „Die späte Fähre und der Hafen, der auf sie wartet, bis es dunkel ist“"
    raw = composed(Mail(subject, ("Text",), Link("Lesen", f"{HERE}/a"), Link("Aufhören", stop))).as_bytes()
    assert f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    others = [line for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n") if stop.encode() not in line]
    assert max(len(line) for line in others) <= 78
    arrived = message_from_bytes(raw, policy=default)
    assert isinstance(arrived, EmailMessage)
    assert arrived["Subject"] == subject
    assert part(arrived, "plain").splitlines()[-1] == stop
    assert Tags(part(arrived, "html")).links == [f"{HERE}/a", stop]


@given(st.text(max_size=80), st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_words_become_headers_tags_or_links(subject: str, paragraph: str) -> None:
    try:
        message = composed(Mail(subject, (paragraph,)))
    except UnfitForMail:
        assert not subject.strip() or any(c in subject for c in subject if not c.isprintable())
        return
    arrived = sent(message)
    assert sorted(arrived.keys()) == sorted(message.keys())
    seen = Tags(part(arrived, "html"))
    assert seen.tags <= {"html", "head", "meta", "body", "p", "br"}
    assert seen.links == []


@pytest.mark.parametrize(
    "end", ["\r\n", "\n", "\r", "\x00", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\u2029"]
)
def test_a_line_end_in_a_header_is_refused(end: str) -> None:
    for mail, recipient in [
        (Mail(f"Hello{end}Bcc: eve@example.com", ("Text",)), "ada@example.com"),
        (Mail("Hello", ("Text",)), f"ada@example.com{end}Bcc: eve@example.com"),
    ]:
        with pytest.raises(UnfitForMail) as refused:
            composed(mail, recipient=recipient)
        assert "eve" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["-f@example.com", "ada@example.com, eve@example.com", "ada", "Ada <ada@example.com>"]
)
def test_only_one_plain_address_is_a_recipient_or_sender(address: str) -> None:
    with pytest.raises(UnfitForMail, match="recipient: not a valid address"):
        composed(Mail("Hello", ("Text",)), recipient=address)
    with pytest.raises(UnfitForMail, match="sender: not a valid address"):
        composed(Mail("Hello", ("Text",)), sender=address)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://comments.example.evil.example/",
        "//evil.example",
        f"{HERE}/a\nb",
        f"{HERE}/a b",
        HERE,
    ],
)
def test_a_link_leads_to_this_service_only(url: str) -> None:
    with pytest.raises(UnfitForMail, match="link: leads elsewhere"):
        composed(Mail("Hello", ("Text",), Link("Open", url)))


def test_the_same_work_has_the_same_message_id() -> None:
    first, second = composed(Mail("A", ("B",))), composed(Mail("A", ("C",)))
    other = compose(
        Mail("A", ("B",)), sender="d@example.com", recipient="a@example.com", public_url=HERE, now=NOW, key="x"
    )
    assert first["Message-ID"] == second["Message-ID"] != other["Message-ID"]
