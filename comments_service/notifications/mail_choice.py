"""A moderator's own choice of mails: to which address, how often, about what. The address counts once confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from comments_service.content.desk_texts import Words
from comments_service.notifications.compose import Link, Mail
from comments_service.notifications.decide_links import AddressAct, Verdict, address_token, address_url
from comments_service.notifications.means import Means
from comments_service.notifications.to_reader import addressed
from comments_service.notifications.waiting_mail import MAIL
from comments_service.outbox.enqueue import enqueue
from comments_service.privacy.addresses import AddressVault, UnknownKey, check_address, mask_address
from comments_service.privacy.keys import Keys
from comments_service.storage.tables import MAIL_PACES, DecideLink, Moderator, ModeratorMail
from comments_service.storage.types import to_microseconds
from comments_service.storage.upsert import insert_new

ADDRESS = "address"  # the payload's "what" of the mail that asks for a confirmation

ABOUT = ("waiting", "reported", "notices", "colleagues", "waves")
PAUSE = timedelta(minutes=10)  # between two mails that ask for a confirmation


class TooSoon(Exception):
    """A mail that asks for a confirmation was sent a moment ago."""


@dataclass(frozen=True, slots=True)
class MailChoice:
    """What a moderator wants by mail. Addresses are masked: `address` is the confirmed one, `asked` the one to confirm.

    `pace` is one of MAIL_PACES, `hour` that of a daily mail (UTC), `about` some of ABOUT.
    """

    address: str = ""
    asked: str = ""
    pace: str = "now"
    hour: int = 7
    about: tuple[str, ...] = ABOUT


def choice_of(session: Session, moderator_id: int, vault: AddressVault) -> MailChoice:
    """The moderator's choice; the defaults where they never chose."""
    row = session.get(ModeratorMail, moderator_id)
    if row is None:
        return MailChoice()
    about = tuple(code for code in ABOUT if code in row.about.split())
    return MailChoice(_masked(row.sealed, vault), _masked(row.asked, vault), row.pace, row.hour, about)


def choose(session: Session, moderator_id: int, *, pace: str, hour: int, about: Iterable[str], now: datetime) -> None:
    """Keep what the moderator wants. Raises ValueError for what is none of MAIL_PACES, 0 to 23, ABOUT."""
    kept = tuple(about)
    if pace not in MAIL_PACES or not 0 <= hour <= 23 or not set(kept) <= set(ABOUT):
        raise ValueError(
            f"pace is one of {', '.join(MAIL_PACES)}; hour is 0 to 23; about is some of {', '.join(ABOUT)}"
        )
    row = _row(session, moderator_id, now)
    if row.pace != pace:
        row.began_at = row.seen_at = (
            now  # what came before is no news: else switching mails on would send a heap of them
        )
    row.pace, row.hour, row.about = pace, hour, " ".join(kept)
    session.flush()


def ask_address(session: Session, moderator_id: int, address: str, vault: AddressVault, now: datetime) -> str:
    """Promise the mail that asks `address` for its confirmation; the address masked.

    Until it is confirmed mails go where they went before. Raises InvalidAddress, or TooSoon.
    """
    checked = check_address(address)
    row = _row(session, moderator_id, now)
    if row.asked_at is not None and row.asked_at > now - PAUSE:
        raise TooSoon
    row.asked, row.asked_at = vault.seal(checked), now
    session.flush()
    payload = {"what": ADDRESS, "moderator": moderator_id}
    enqueue(session, MAIL, f"{ADDRESS}:{moderator_id}:{to_microseconds(now)}", payload, now)
    return mask_address(checked)


def confirm_address(session: Session, moderator_id: int, now: datetime) -> None:
    """The address that was asked is the moderator's. Links in mails to the former one are worth nothing from now on."""
    row = session.get_one(ModeratorMail, moderator_id, with_for_update=True)
    if row.asked is None:
        return
    revoke_links(session, moderator_id, now)
    row.sealed, row.asked, row.digest_at = row.asked, None, None
    row.began_at = row.seen_at = now
    session.flush()


def forget_address(session: Session, moderator_id: int, now: datetime) -> None:
    """No more mails to this moderator; their open links are worth nothing any more."""
    revoke_links(session, moderator_id, now)
    session.execute(
        update(ModeratorMail).where(ModeratorMail.moderator_id == moderator_id).values(sealed=None, asked=None)
    )


def revoke_links(session: Session, moderator_id: int, now: datetime) -> None:
    """End the moderator's right to decide by the mails that were sent so far."""
    session.execute(
        update(DecideLink)
        .where(DecideLink.moderator_id == moderator_id, DecideLink.expires_at > now)
        .values(expires_at=now)
        .execution_options(synchronize_session=False)
    )


def stop_mails(session: Session, moderator_id: int) -> None:
    """The moderator pressed "no more of these mails": the address stays, for whenever they want them again."""
    session.execute(update(ModeratorMail).where(ModeratorMail.moderator_id == moderator_id).values(pace="none"))


def address_verdict(
    session: Session, moderator_id: int, act: AddressAct, token: str, *, keys: Keys, vault: AddressVault, now: datetime
) -> Verdict | Literal["done"]:
    """What a link of a mail to the moderator's own address is worth now; done: it was confirmed already."""
    row = session.get(ModeratorMail, moderator_id)
    if row is None:
        return "forged"
    asked = _verdict_for(row.asked if act == "confirm" else row.sealed, moderator_id, act, token, keys, vault, now)
    if act == "confirm" and asked == "forged" and row.sealed is not None:
        confirmed = _verdict_for(row.sealed, moderator_id, act, token, keys, vault, now)
        return "done" if confirmed == "good" else asked
    return asked


def build_address(session: Session, payload: dict[str, Any], means: Means, key: str) -> EmailMessage | None:
    """The mail that asks for a confirmation; None where there is nothing to confirm any more. Raises UnfitForMail."""
    moderator_id = payload["moderator"]
    row = session.execute(
        select(ModeratorMail.asked, Moderator.name, Moderator.language)
        .join(Moderator, Moderator.id == ModeratorMail.moderator_id)
        .where(ModeratorMail.moderator_id == moderator_id, ~Moderator.disabled)
    ).one_or_none()
    if row is None or row.asked is None or not means.settings.sends_mail:
        return None
    words = Words.of(row.language)
    _ = words.gettext
    url = address_url(means, moderator_id, means.vault.open(row.asked), "confirm")
    mail = Mail(
        subject=_("Is this your address for the review desk?"),
        paragraphs=(
            _("Somebody gave this address for %(name)s's mails from the review desk.", name=" ".join(row.name.split())),
            _("If that was not you, do nothing: without a click no more mails come."),
        ),
        link=Link(_("Yes, send me the desk's mails"), url),
        language=words.language,
    )
    return addressed(mail, row.asked, means, key)


def _row(session: Session, moderator_id: int, now: datetime) -> ModeratorMail:
    values = {
        "moderator_id": moderator_id,
        "pace": "now",
        "hour": 7,
        "about": " ".join(ABOUT),
        "began_at": now,
        "seen_at": now,
    }
    insert_new(session, ModeratorMail, values, ["moderator_id"])
    return session.get_one(ModeratorMail, moderator_id, with_for_update=True)


def _masked(sealed: bytes | None, vault: AddressVault) -> str:
    if sealed is None:
        return ""
    try:
        return mask_address(vault.open(sealed))
    except UnknownKey:
        return mask_address("")


def _verdict_for(
    sealed: bytes | None,
    moderator_id: int,
    act: AddressAct,
    token: str,
    keys: Keys,
    vault: AddressVault,
    now: datetime,
) -> Verdict:
    if sealed is None:
        return "forged"
    try:
        return address_token(keys, vault, moderator_id, vault.open(sealed), act, token, now)
    except UnknownKey:
        return "forged"
