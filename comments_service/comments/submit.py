"""Taking in a new comment: prepared outside the transaction, stored with its outbox row in one.

When this returns and the caller's transaction commits, the promise is a row on disk; all later work starts there.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from comments_service.comments.authors import keep_address
from comments_service.comments.places import Place, place_below
from comments_service.comments.threads import belongs_to, found_or_made, is_open
from comments_service.content.render import RENDERER_VERSION, render
from comments_service.outbox.enqueue import enqueue
from comments_service.privacy.hide import find_addresses
from comments_service.screening.checks.fields import CheckedFields
from comments_service.screening.evidence import FieldError, Finding, Refused
from comments_service.screening.intake import Source, check_against_site, is_limited
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Comment, Evidence, IdempotencyKey, Revision, Site
from comments_service.storage.upsert import insert_row, insert_rows

JUDGE = "judge"

_EARLIER = select(IdempotencyKey.comment_id, IdempotencyKey.request_digest).where(
    IdempotencyKey.site_id == bindparam("site"), IdempotencyKey.key_digest == bindparam("key")
)


@dataclass(frozen=True)
class Prepared:
    """A checked submission with everything that could be worked out before taking the writing lock."""

    fields: CheckedFields
    findings: list[Finding]
    html: str
    digest: str
    sealed: bytes | None
    blind_index: str
    network: str
    network_digest: str | None
    parent_public_id: str
    notify: bool
    idempotency_digest: str | None
    request_digest: str
    limited: bool


@dataclass(frozen=True)
class Accepted:
    """A stored submission; `repeated` when the same POST had been stored before.

    `comment` is the new row as it was written, outside any session; None where it has to be read.
    """

    comment_id: int
    repeated: bool
    comment: Comment | None = None


def judge_key(comment_id: int, revision: int) -> str:
    """Key of the outbox row that asks for one revision to be judged."""
    return f"{comment_id}:{revision}"


def rendered(source: str) -> str:
    """Safe HTML of a comment's source, addresses hidden. The only way from source to html."""
    return render(source, find_hidden=find_addresses)


def request_digest(key: bytes, values: dict[str, Any]) -> str:
    """Keyed digest of a request's content: keyed, since an address is among it."""
    return hmac.new(key, json.dumps(values, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def store(
    session: Session,
    site: Site,
    settings: SiteSettings,
    prepared: Prepared,
    *,
    now: datetime,
    own_origin: str,
    publish: Callable[[Session, int], None],
) -> Accepted:
    """Store a comment with revision, evidence and outbox row. Raises Refused; the caller rolls back then.

    `publish(session, comment_id)` is the decision that shows it at once; called only where the site publishes first.
    """
    earlier = _earlier(session, site.id, prepared)
    if earlier is not None:
        return Accepted(earlier, repeated=True)
    fields = prepared.fields
    if settings.own_pages_only and not belongs_to(site, fields.url, own_origin):
        error = FieldError("url", "other_site", "This page does not belong to the site; ask its publisher.")
        raise Refused("fields", "This page does not belong to the site.", [error])
    thread = found_or_made(session, site.id, fields.url, fields.title, now)
    if not is_open(thread, settings, now):
        raise Refused("closed", "Comments are closed here.")
    place = place_below(session, thread.id, prepared.parent_public_id, settings.max_depth)
    address_id = None
    if prepared.sealed is not None:
        address_id = keep_address(session, site.id, prepared.blind_index, prepared.sealed, now)
    found = check_against_site(
        session,
        site_id=site.id,
        thread_id=thread.id,
        settings=settings,
        source=Source(prepared.network, prepared.network_digest, prepared.blind_index, address_id),
        name=fields.name,
        website=fields.website,
        body=fields.body,
        digest=prepared.digest,
        now=now,
        limited=prepared.limited,
    )
    row = _new_row(site.id, thread.id, place, address_id, prepared, now)
    comment_id = insert_row(session, Comment, row)
    _insert_around(session, site.id, comment_id, prepared, [*prepared.findings, *found], now)
    if settings.publish_first and not is_limited(found):
        publish(session, comment_id)
        return Accepted(comment_id, repeated=False)
    return Accepted(comment_id, repeated=False, comment=Comment(id=comment_id, **row))


def _earlier(session: Session, site_id: int, prepared: Prepared) -> int | None:
    if prepared.idempotency_digest is None:
        return None
    row = session.execute(_EARLIER, {"site": site_id, "key": prepared.idempotency_digest}).one_or_none()
    if row is None:
        return None
    if row.request_digest != prepared.request_digest:
        message = "This Idempotency-Key was used for another comment. Send a new key with a new comment."
        raise Refused("fields", message, [FieldError("", "idempotency_key", message)])
    return int(row.comment_id)


def _new_row(
    site_id: int,
    thread_id: int,
    place: Place,
    address_id: int | None,
    prepared: Prepared,
    now: datetime,
) -> dict[str, Any]:
    fields = prepared.fields
    return {
        "public_id": secrets.token_hex(12),
        "site_id": site_id,
        "thread_id": thread_id,
        "parent_id": place.parent_id,
        "in_reply_to_id": place.in_reply_to_id,
        "root_id": place.root_id,
        "ancestors": place.ancestors,
        "depth": place.depth,
        "name": fields.name,
        "website": fields.website,
        "avatar": secrets.token_hex(4),
        "badge": "",
        "address_id": address_id,
        "source": fields.body,
        "html": prepared.html,
        "html_version": RENDERER_VERSION,
        "text_digest": prepared.digest,
        "status": "pending",
        "awaits": "machine",
        "revision": 1,
        "up": 0,
        "down": 0,
        "notify": prepared.notify,
        "network_digest": prepared.network_digest,
        "created_at": now,
    }


def _insert_around(
    session: Session, site_id: int, comment_id: int, prepared: Prepared, findings: list[Finding], now: datetime
) -> None:
    fields = prepared.fields
    keep_revision(session, comment_id, 1, fields.name, fields.website, fields.body, "author", now)
    keep_findings(session, comment_id, 1, findings, now)
    enqueue(session, JUDGE, judge_key(comment_id, 1), {}, now)
    if prepared.idempotency_digest is not None:
        values = {
            "site_id": site_id,
            "key_digest": prepared.idempotency_digest,
            "request_digest": prepared.request_digest,
            "comment_id": comment_id,
            "created_at": now,
        }
        insert_row(session, IdempotencyKey, values)


def keep_revision(
    session: Session,
    comment_id: int,
    revision: int,
    name: str,
    website: str,
    source: str,
    written_by: str,
    now: datetime,
) -> None:
    """Keep what a comment says at one revision."""
    values = {
        "comment_id": comment_id,
        "revision": revision,
        "name": name,
        "website": website,
        "source": source,
        "written_by": written_by,
        "created_at": now,
    }
    insert_row(session, Revision, values)


def keep_findings(session: Session, comment_id: int, revision: int, findings: list[Finding], now: datetime) -> None:
    """Keep every check's finding about one revision."""
    rows = [
        {
            "comment_id": comment_id,
            "revision": revision,
            "check_name": finding.check,
            "weight": finding.weight,
            "detail": finding.detail,
            "rule_id": finding.rule_id,
            "created_at": now,
        }
        for finding in findings
    ]
    insert_rows(session, Evidence, rows)
