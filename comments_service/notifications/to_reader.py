"""Addresses a mail to a reader, whose address lies sealed in the database and is opened for this alone."""

from email.message import EmailMessage

from comments_service.notifications.compose import Mail, UnfitForMail, compose
from comments_service.notifications.means import Means
from comments_service.notifications.waiting_mail import MAIL
from comments_service.privacy.addresses import UnknownKey


def addressed(mail: Mail, sealed: bytes, means: Means, key: str) -> EmailMessage:
    """The mail as a message to the address inside `sealed`; `key` is the outbox row's. Raises UnfitForMail."""
    try:
        recipient = means.vault.open(sealed)
    except UnknownKey as error:
        raise UnfitForMail(f"recipient: {error}") from None
    settings = means.settings
    return compose(
        mail,
        sender=settings.mail_from,
        recipient=recipient,
        public_url=settings.public_url,
        now=means.clock(),
        key=f"{MAIL}:{key}",
    )
