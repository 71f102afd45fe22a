"""Scores that a program's people suggest for texts: stored redacted, and taken away again. Who may: `web`.

They teach like a moderator's decision, under the name of the key that they came by: see `collect`.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from comments_service.storage.tables import ApiKey, Suggestion
from comments_service.training_data.redact import redact

MOST_A_DAY = 1000  # of one key: as many as one moderator's decisions can teach in a day
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
    now: datetime,
) -> str:
    """Store one suggestion, `labels` 0..1 by label; its public id. Raises TooManySuggestions."""
    since = now - timedelta(days=1)
    counted = select(func.count()).where(Suggestion.api_key_id == key_id, Suggestion.created_at > since)
    if (session.scalar(counted) or 0) >= MOST_A_DAY:
        raise TooManySuggestions
    row = Suggestion(
        public_id=secrets.token_hex(12),
        site_id=site_id,
        api_key_id=key_id,
        text=redact(_storable(text)),
        title=redact(_storable(title)[:_LONGEST_BESIDE]),
        parent=redact(_storable(parent)[:_LONGEST_BESIDE]),
        labels=dict(labels),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.public_id


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


def _storable(text: str) -> str:
    """Without what a database refuses: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
