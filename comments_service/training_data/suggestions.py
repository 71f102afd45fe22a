"""Scores that programs suggest for texts: stored redacted, read as examples, taken away again. Who may: `web`.

They teach like a moderator's decision, under the name of the key that they came by; the caps are those of `collect`.
"""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import ApiKey, Site, Suggestion
from comments_service.training_data.example import Example, Said, opaque
from comments_service.training_data.exposure import exposure
from comments_service.training_data.redact import redact

MOST_A_DAY = 1000  # of one key: as many as one moderator's decisions can teach in a day
_CHUNK = 500
_LONGEST_BESIDE = 2000  # characters of a title or a parent; more of them no model reads


class TooManySuggestions(Exception):
    """The key has suggested as much within a day as may teach."""


def suggest(
    session: Session,
    key_id: int,
    site_id: int,
    text: str,
    labels: Mapping[str, float],
    *,
    title: str = "",
    parent: str = "",
    website: str = "",
    author: str = "",
    now: datetime,
) -> str:
    """Store one suggestion, `labels` 0..1 by label; its public id. Raises TooManySuggestions.

    `author` is the name that is taken out of text and website, and not stored.
    """
    since = now - timedelta(days=1)
    counted = select(func.count()).where(Suggestion.api_key_id == key_id, Suggestion.created_at > since)
    if (session.scalar(counted) or 0) >= MOST_A_DAY:
        raise TooManySuggestions
    row = Suggestion(
        public_id=secrets.token_hex(12),
        site_id=site_id,
        api_key_id=key_id,
        text=redact(_storable(text), author),
        website=redact(_storable(website)[:_LONGEST_BESIDE], author),
        title=redact(_storable(title)[:_LONGEST_BESIDE]),
        parent=redact(_storable(parent)[:_LONGEST_BESIDE]),
        labels=dict(labels),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.public_id


def suggested(session: Session, site_key: str | None, key: bytes) -> Iterator[Said]:
    """What was suggested to one site (None: to all), latest first."""
    statement = select(Suggestion, Site.key).join(Site, Site.id == Suggestion.site_id)
    if site_key is not None:
        statement = statement.where(Site.key == site_key)
    latest_first = statement.order_by(Suggestion.created_at.desc(), Suggestion.id.desc())
    for row, site in session.execute(latest_first.execution_options(yield_per=_CHUNK)):
        # Nobody said who wrote it: each is an author of its own, and the cap of its key bounds them all.
        example = partial(_example, row, site, key)
        yield Said(row.created_at, taught_by(row.api_key_id), row.public_id, row.text, example)


def count_suggestions(session: Session, key_id: int) -> int | None:
    """How many came by a key; None where there is no such key."""
    if session.get(ApiKey, key_id) is None:
        return None
    return session.scalar(select(func.count()).where(Suggestion.api_key_id == key_id)) or 0


def forget_suggestions(session: Session, key_id: int) -> int:
    """Delete all that came by a key; how many. The next retraining learns without them."""
    done = session.execute(delete(Suggestion).where(Suggestion.api_key_id == key_id))
    return cast("CursorResult[Any]", done).rowcount


def taught_by(key_id: int) -> str:
    """The name that a key's suggestions carry where a moderator's login stands; no login can have a colon."""
    return f"key:{key_id}"


def _example(row: Suggestion, site: str, key: bytes) -> Example:
    """How its people came to see the text is not known, so it speaks for itself alone."""
    seen = exposure(None, None, "approve", reported=False, disputed=False)
    return Example(
        id=row.public_id,
        text=row.text,
        website=row.website or "",
        title=row.title,
        parent=row.parent,
        labels=row.labels,
        weight=seen.weight,
        stream=seen.stream,
        site=site,
        decided_at=row.created_at,
        thread=f"suggested {row.public_id}",
        moderator=taught_by(row.api_key_id),
        author=opaque(row.public_id, key),
    )


def _storable(text: str) -> str:
    """Without what a database refuses: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
