"""Hands a finished message to the mail server of `COMMENTS_SMTP_URL`, in a bounded time. Building it: compose.py."""

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from comments_service.outbox.errors import redacted

TIMEOUT_S = 10.0  # for each step of the talk with the server

_LONGEST_ANSWER = 200  # characters
_PORTS = {"smtp": 587, "smtps": 465}


class DeliveryFailed(Exception):
    """The mail was not taken. The message says what to look at and holds no address and no password.

    `code` and `answer` are what the server said, where it said something. `for_good`: it refused this mail itself, so
    that trying again would end the same way. `no_mailbox`: what it refused for good is the recipient.
    """

    def __init__(
        self,
        message: str,
        *,
        for_good: bool = False,
        no_mailbox: bool = False,
        code: int | None = None,
        answer: str = "",
    ) -> None:
        super().__init__(message)
        self.for_good = for_good
        self.no_mailbox = no_mailbox
        self.code = code
        self.answer = answer


@dataclass(frozen=True)
class MailServer:
    """A mail server as its URL names it. `smtps` speaks TLS from the first byte, `smtp` changes to it if it can."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine, so that nobody can listen on the way."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def parse_smtp_url(url: str) -> MailServer:
    """Raises DeliveryFailed for good, naming the setting and what is wrong with it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong_setting("its host or port cannot be read") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise _wrong_setting("write smtp://user:password@host:port, or smtps://… for TLS from the start")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise _wrong_setting("nothing may follow the port; write / ? and # in a password as %2F %3F and %23")
    return MailServer(parts.hostname, port or _PORTS[parts.scheme], parts.scheme == "smtps", *_credentials(parts))


def _credentials(parts: SplitResult) -> tuple[str, str]:
    if bool(parts.username) != bool(parts.password):
        raise _wrong_setting("give both user and password, or neither")
    return unquote(parts.username or ""), unquote(parts.password or "")


def _wrong_setting(what: str) -> DeliveryFailed:
    return DeliveryFailed(f"COMMENTS_SMTP_URL: {what}", for_good=True)


def deliver(
    message: EmailMessage,
    smtp_url: str,
    *,
    timeout_s: float = TIMEOUT_S,
    trusted: ssl.SSLContext | None = None,
) -> None:
    """Send `message` to its one recipient. Returns once the server has taken it; raises DeliveryFailed.

    A password is never sent in the clear, except to this machine itself. Certificates are always checked, against
    `trusted` (default: the system's authorities).
    """
    server = parse_smtp_url(smtp_url)
    context = trusted or ssl.create_default_context()
    try:
        with _connected(server, timeout_s, context) as connection:
            _secure(connection, server, context)
            connection.send_message(message)
    except DeliveryFailed:
        raise
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _explained(error, server) from None


def greet(smtp_url: str, sender: str, *, timeout_s: float = TIMEOUT_S, trusted: ssl.SSLContext | None = None) -> bool:
    """Say who would send, and send nothing; whether the talk was encrypted. Raises DeliveryFailed as `deliver` does."""
    server = parse_smtp_url(smtp_url)
    context = trusted or ssl.create_default_context()
    try:
        with _connected(server, timeout_s, context) as connection:
            _secure(connection, server, context)
            code, said = connection.mail(sender)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, said, sender)
            connection.rset()
            return isinstance(connection.sock, ssl.SSLSocket)
    except DeliveryFailed:
        raise
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _explained(error, server) from None


def _connected(server: MailServer, timeout_s: float, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout_s, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=timeout_s)


def _secure(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    connection.ehlo_or_helo_if_needed()
    if not server.tls and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
    elif not server.tls and server.user and not server.is_here:
        raise DeliveryFailed(
            f"mail server {server.host}: offers no encryption, so the password was not sent; use smtps://",
            for_good=True,
        )
    if server.user:
        connection.login(server.user, server.password)


def _explained(error: Exception, server: MailServer) -> DeliveryFailed:
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        what, for_good = _refusal(error)
    else:
        what, for_good = _fault(error), False
    no_mailbox = for_good and isinstance(error, smtplib.SMTPRecipientsRefused)
    message = f"mail server {server.host} port {server.port}: {what}"
    code, answer = _answer(error)
    return DeliveryFailed(message, for_good=for_good, no_mailbox=no_mailbox, code=code, answer=answer)


def _answer(error: Exception) -> tuple[int | None, str]:
    """The server's code and words on one line, without addresses, where it said something."""
    said: bytes | str
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, said = min(error.recipients.values())
        case smtplib.SMTPResponseException():
            code, said = error.smtp_code, error.smtp_error
        case _:
            return None, ""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return code, redacted(" ".join("".join(c if c.isprintable() else " " for c in words).split()))[:_LONGEST_ANSWER]


def _refusal(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> tuple[str, bool]:
    """What the server said no to, and whether it meant this mail. 4xx says "later" (greylisting), 5xx "never"."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = min(code for code, _ in error.recipients.values())
        return f"refused the recipient ({code})", code >= 500
    code = error.smtp_code
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"refused user and password of COMMENTS_SMTP_URL ({code})", False
        case smtplib.SMTPSenderRefused():
            return f"refused COMMENTS_MAIL_FROM as the sender ({code})", False
        case smtplib.SMTPDataError():
            return f"refused the mail ({code})", code >= 500
        case _:
            return f"answered {code}", False


def _fault(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        error = error.__context__  # smtplib tells a timeout within the talk as a lost connection
    match error:
        case TimeoutError():
            return "did not answer in time; is the port right, does a firewall stand between?"
        case ssl.SSLCertVerificationError():
            return f"its certificate cannot be trusted ({error.verify_message})"
        case ConnectionRefusedError():
            return "nothing listens there"
        case smtplib.SMTPServerDisconnected():
            return "ended the connection; smtps:// and smtp:// may be mixed up"
        case _:
            return f"{type(error).__name__}; is the host's name right?"
