"""A POST's way into the domain, the same for the JSON API and for the page without JavaScript."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from comments_service.comments.follows import Wish, want
from comments_service.comments.submit import JUDGE, Accepted, Prepared, rendered, request_digest, store
from comments_service.moderation.decide import decide
from comments_service.privacy.tokens import edit_token
from comments_service.screening.checks.duplicates import text_digest
from comments_service.screening.checks.fields import Fields
from comments_service.screening.evidence import FieldError, Refused
from comments_service.screening.intake import Form, check_submission
from comments_service.storage.tables import Comment
from comments_service.web.context import runtime
from comments_service.web.origins import own_origin
from comments_service.web.problems import Problem
from comments_service.web.rate_limits import hold_to, per_minute
from comments_service.web.sites import SiteInUse, is_public_id
from comments_service.web.visitors import reader_language, visitor

DOORBELL = "comments_doorbell"
_MOST_KEY = 200
_STATUS = {"fields": 422, "closed": 409, "duplicate": 409, "flood": 429, "not_found": 404}


@dataclass(frozen=True)
class Stored:
    """A comment that is on disk, with the token that lets its author come back to it."""

    comment: Comment
    edit_token: str
    repeated: bool


def take_in(
    site: SiteInUse, values: dict[str, Any], errors: list[FieldError], *, idempotency_key: str, trusted: bool
) -> Stored:
    """Check and store one submission durably, then ring for it to be judged. Raises Problem."""
    if trusted:
        hold_to(per_minute(site.settings.server_key_per_minute), "server_key", site.row.key)
    try:
        prepared = _prepare(site, values, errors, idempotency_key, trusted)
        stored = _store_once_more_if_raced(site, prepared, reader_language(values.get("lang")))
    except Refused as refused:
        raise problem_of(refused) from None
    ring(JUDGE)
    return stored


def problem_of(refused: Refused) -> Problem:
    """The HTTP answer for a refusal of the domain."""
    return Problem(_STATUS[refused.kind], refused.kind, refused.message, refused.errors, refused.retry_after)


def ring(kind: str) -> None:
    """Wake a worker. Losing the ring costs seconds: the relay rings again for whatever is left."""
    current_app.extensions[DOORBELL](kind)


def _prepare(
    site: SiteInUse, values: dict[str, Any], errors: list[FieldError], idempotency_key: str, trusted: bool
) -> Prepared:
    here, now = runtime(), runtime().clock()
    given = {name: value or "" for name, value in values.items() if name != "notify"}
    parent = given.get("parent_id", "")
    if parent and not is_public_id(parent):
        errors = [*errors, FieldError("parent_id", "unknown", "There is no such comment to answer.")]
    if len(idempotency_key) > _MOST_KEY:
        errors = [*errors, FieldError("", "idempotency_key", f"An Idempotency-Key has at most {_MOST_KEY} characters.")]
    fields, findings = check_submission(
        Fields(*(given.get(name, "") for name in ("url", "name", "email", "body", "website", "title"))),
        Form(given.get("form_token", ""), given.get("subject", ""), trusted),
        site_key=site.row.key,
        settings=site.settings,
        form_key=here.keys.form,
        errors=errors,
        now=now,
    )
    caller = visitor()
    # The token is left out: a form that fetched a fresh one still sends the same comment.
    content = {name: value for name, value in given.items() if name != "form_token"}
    return Prepared(
        fields=fields,
        findings=findings,
        html=rendered(fields.body),
        digest=text_digest(fields.body),
        sealed=here.vault.seal(fields.email) if fields.email else None,
        blind_index=here.vault.blind_index(fields.email) if fields.email else "",
        network=caller.network,
        network_digest=None if trusted else caller.digest,
        parent_public_id=parent,
        notify=bool(values.get("notify")),
        idempotency_digest=_keyed(idempotency_key) if idempotency_key else None,
        request_digest=request_digest(here.keys.edit, content),
        limited=not trusted,
    )


def _keyed(idempotency_key: str) -> str:
    return hmac.new(runtime().keys.edit, idempotency_key.encode(), hashlib.sha256).hexdigest()


def _store_once_more_if_raced(site: SiteInUse, prepared: Prepared, language: str) -> Stored:
    try:
        return _store(site, prepared, language)
    except IntegrityError:
        pass
    except Refused:
        # On PostgreSQL the other one may be seen as a duplicate first, as it was stored while this one was checked.
        if prepared.idempotency_digest is None:
            raise
    # The same POST arrived twice at once and the other one won: now it can be found. If not, it is refused again.
    return _store(site, prepared, language)


def _store(site: SiteInUse, prepared: Prepared, language: str) -> Stored:
    here = runtime()
    with here.transaction() as session:
        accepted: Accepted = store(
            session,
            site.row,
            site.settings,
            prepared,
            now=here.clock(),
            own_origin=own_origin(),
            publish=_publish,
        )
        comment = accepted.comment or session.get_one(Comment, accepted.comment_id)
        if prepared.notify and not accepted.repeated:
            _follow_replies(session, comment, prepared, language)
    return Stored(comment, edit_token(here.keys.edit, comment.public_id), accepted.repeated)


def _follow_replies(session: Session, comment: Comment, prepared: Prepared, language: str) -> None:
    here = runtime()
    if prepared.sealed is None or not here.settings.sends_mail:
        return
    url, address = prepared.fields.url, prepared.blind_index
    wish = Wish(comment.site_id, url, comment.public_id, address, prepared.sealed, language)
    want(session, wish, here.clock())


def _publish(session: Session, comment_id: int) -> None:
    decide(session, comment_id, actor="system", action="publish", now=runtime().clock())


__all__ = ["DOORBELL", "Stored", "problem_of", "ring", "take_in"]
