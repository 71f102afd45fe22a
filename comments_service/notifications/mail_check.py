"""Why mail does not arrive: settings, server and sender looked at one after the other, each finding with a remedy.

Asks the mail server and, for the sender's domain, DNS (`sender_domain`); takes up to half a minute. Words are the
desk's, in the language that is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import dns.resolver

from comments_service.content.desk_texts import Words
from comments_service.notifications.compose import Mail, UnfitForMail, compose
from comments_service.notifications.deliver import DeliveryFailed, deliver, greet
from comments_service.notifications.means import Means
from comments_service.notifications.sender_domain import Record, records
from comments_service.privacy.addresses import InvalidAddress, check_address, mask_address

TIMEOUT_S = 4.0  # for each step of the talk with the server
_HERE = {"localhost", "127.0.0.1", "::1"}

Verdict = Literal["ok", "wrong", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the way that a mail takes. `remedy` is empty where there is nothing to mend."""

    part: str
    verdict: Verdict
    detail: str
    remedy: str = ""


def check_mail(
    means: Means, words: Words, *, to: str = "", resolver: dns.resolver.Resolver | None = None
) -> Iterator[Finding]:
    """The findings, as they come. With `to` a test mail is sent there, at once; DNS is asked by `resolver`."""
    settings = means.settings
    set_up = _settings(means, words)
    yield from set_up
    if any(finding.verdict == "wrong" for finding in set_up):
        return
    server = _server(means, words)
    yield server
    if to and server.verdict == "ok":
        yield _test_mail(means, words, to)
    domain = settings.mail_from.rpartition("@")[2].strip(" >")
    for record in records(domain, resolver):
        yield _of_record(record.kind.upper(), record, words)


def _settings(means: Means, words: Words) -> list[Finding]:
    _, settings, part = words.gettext, means.settings, words.gettext("Settings")
    if not settings.smtp_url:
        detail = _("COMMENTS_SMTP_URL is not set, so no mail is sent.")
        return [Finding(part, "wrong", detail, _("Set it like smtps://user:password@mail.example.org."))]
    try:
        check_address(settings.mail_from)
    except InvalidAddress as error:
        detail = _("COMMENTS_MAIL_FROM is no address: %(why)s", why=error.message)
        return [Finding(part, "wrong", detail, _("Set it to an address that your mail server lets you send from."))]
    found = [Finding(part, "ok", _("Mail server and sender are set."))]
    if (urlsplit(settings.public_url).hostname or "") in _HERE:
        detail = _("Links in mails lead to %(url)s, which nobody else can open.", url=settings.public_url)
        found.append(Finding(part, "unknown", detail, _("Set COMMENTS_BASE_URL to the public address.")))
    return found


def _server(means: Means, words: Words) -> Finding:
    _ = words.gettext
    try:
        encrypted = greet(means.settings.smtp_url, means.settings.mail_from, timeout_s=TIMEOUT_S)
    except DeliveryFailed as error:
        said = f" ({error.code} {error.answer})" if error.answer else ""
        remedy = _("Mend what it names in COMMENTS_SMTP_URL or COMMENTS_MAIL_FROM, or ask who runs the mail server.")
        return Finding(_("Mail server"), "wrong", f"{error}{said}", remedy)
    detail = (
        _("It answers, encrypted, and takes the login and the sender.")
        if encrypted
        else _("It answers and takes the sender, but without encryption.")
    )
    return Finding(_("Mail server"), "ok", detail)


def _test_mail(means: Means, words: Words, to: str) -> Finding:
    _, settings = words.gettext, means.settings
    mail = Mail(
        subject=_("A test of the comment service's mail"),
        paragraphs=(_("If you read this, mail from the comment service arrives."),),
        language=words.language,
    )
    try:
        message = compose(
            mail,
            sender=settings.mail_from,
            recipient=to,
            public_url=settings.public_url,
            now=means.clock(),
            key=f"test:{means.clock().isoformat()}",
        )
        deliver(message, settings.smtp_url, timeout_s=TIMEOUT_S)
    except (UnfitForMail, DeliveryFailed) as error:
        said = f" ({error.code} {error.answer})" if isinstance(error, DeliveryFailed) and error.answer else ""
        return Finding(
            _("Test mail"), "wrong", f"{error}{said}", _("Try another address, or mend what the server names.")
        )
    detail = _("The mail server has taken it for %(address)s.", address=mask_address(to))
    return Finding(
        _("Test mail"), "ok", detail, _("If it does not come, look among the spam, then at the lines below.")
    )


def _of_record(part: str, record: Record, words: Words) -> Finding:
    _ = words.gettext
    told: dict[str, tuple[Verdict, str, str]] = {
        "there": ("ok", record.text, ""),
        "unasked": ("unknown", _("Not checked: DNS could not be asked."), ""),
        "nowhere": (
            "unknown",
            _("DNS knows no domain %(name)s from here.", name=record.name),
            _("See whether COMMENTS_MAIL_FROM is misspelt, or whether DNS is closed off here."),
        ),
        "none": ("wrong", _("%(name)s has no such record.", name=record.name), _remedy(record.kind, words)),
        "several": (
            "wrong",
            _("%(name)s has more than one such record, and receivers then ignore all.", name=record.name),
            _("Keep one."),
        ),
        "lax": ("wrong", record.text, _("It lets anybody send in your name; end it with ~all or -all.")),
        "hidden": (
            "unknown",
            _("There are keys, but their names cannot be looked up from here."),
            _("Look for “dkim=pass” in the headers of a test mail."),
        ),
    }
    verdict, detail, remedy = told[record.state]
    return Finding(part, verdict, detail, remedy)


def _remedy(kind: str, words: Words) -> str:
    _ = words.gettext
    return {
        "spf": _("Add a TXT record like “v=spf1 include:YOUR-MAIL-PROVIDER -all”; your provider names it."),
        "dkim": _("Switch on DKIM at whoever runs the mail server, and publish the record that they name."),
        "dmarc": _("Add a TXT record at _dmarc, to begin with “v=DMARC1; p=none”."),
    }[kind]
