"""Everything a moderator needs beside a comment to decide fairly, gathered for a whole page in a few statements.

Addresses leave here masked, those inside texts hidden. Words for codes are the business of whoever shows them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from comments_service.moderation.beside import (
    CheckResult,
    Parent,
    Place,
    ReaderReport,
    Scores,
    Writer,
    checks_of,
    histories_of,
    parents_of,
    places_of,
    reports_of,
    scores_of,
    writers_of,
)
from comments_service.moderation.last_decisions import LastDecision, last_decisions
from comments_service.moderation.marking import MarkedText, Span, hide_and_mark
from comments_service.moderation.notices import OpenNotice, open_notices
from comments_service.moderation.second_looks import Look, open_looks
from comments_service.privacy.addresses import AddressVault
from comments_service.storage.tables import Comment, Score

_UNKNOWN = Writer("", verified=False)


@dataclass(frozen=True)
class Item:
    """One comment in its context. `author_history` counts this address's other comments on the site by status.

    `own_settings` is what its site sets itself, `verified` whether the address has proved to be the author's.
    """

    public_id: str
    revision: int
    status: str
    awaits: str
    site_key: str
    site_name: str
    thread_title: str
    thread_url: str
    name: str
    website: str
    masked_address: str
    body: MarkedText
    parent: Parent | None
    checks: tuple[CheckResult, ...]
    scores: Scores | None
    decision: LastDecision | None
    reports: tuple[ReaderReport, ...]
    notices: tuple[OpenNotice, ...]
    looks: tuple[Look, ...]
    author_history: dict[str, int]
    own_settings: Mapping[str, Any]
    verified: bool
    created_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True)
class _Known:
    """What was read for a page, each by the comment's id (addresses and history by the address's)."""

    places: dict[int, Place]
    parents: dict[int, Parent]
    checks: dict[int, list[CheckResult]]
    scores: dict[int, Score]
    decisions: dict[int, LastDecision]
    reports: dict[int, list[ReaderReport]]
    notices: dict[int, list[OpenNotice]]
    looks: dict[int, list[Look]]
    writers: dict[int, Writer]
    histories: dict[int, Counter[str]]


def put_into_context(session: Session, comments: Sequence[Comment], vault: AddressVault) -> list[Item]:
    """The comments as Items, in their order. Ten statements, however many comments there are."""
    if not comments:
        return []
    ids = [comment.id for comment in comments]
    address_ids = {comment.address_id for comment in comments if comment.address_id is not None}
    known = _Known(
        places=places_of(session, {comment.thread_id for comment in comments}),
        parents=parents_of(session, {answered for comment in comments if (answered := _answered(comment))}),
        checks=checks_of(session, comments),
        scores=scores_of(session, comments),
        decisions=last_decisions(session, ids),
        reports=reports_of(session, ids),
        notices=open_notices(session, ids, vault),
        looks=open_looks(session, comments),
        writers=writers_of(session, address_ids, vault),
        histories=histories_of(session, address_ids),
    )
    return [_item(comment, known) for comment in comments]


def _item(comment: Comment, known: _Known) -> Item:
    place, writer = known.places[comment.thread_id], known.writers.get(comment.address_id or 0, _UNKNOWN)
    score = known.scores.get(comment.id)
    reasons = score.reasons if score else []
    others = Counter(known.histories.get(comment.address_id or 0, Counter()))
    others[comment.status] -= 1
    return Item(
        public_id=comment.public_id,
        revision=comment.revision,
        status=comment.status,
        awaits=comment.awaits,
        site_key=place.site_key,
        site_name=place.site_name,
        thread_title=place.title,
        thread_url=place.url,
        name=comment.name,
        website=comment.website,
        masked_address=writer.masked,
        body=hide_and_mark(comment.source, _spans(reasons)),
        parent=known.parents.get(_answered(comment) or 0),
        checks=tuple(known.checks.get(comment.id, ())),
        scores=None if score is None else Scores(score.model, score.language, score.scores, _signals(reasons)),
        decision=known.decisions.get(comment.id),
        reports=tuple(known.reports.get(comment.id, ())),
        notices=tuple(known.notices.get(comment.id, ())),
        looks=tuple(known.looks.get(comment.id, ())),
        author_history={status: count for status, count in sorted(others.items()) if count > 0},
        own_settings=place.own_settings,
        verified=writer.verified,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
    )


def _answered(comment: Comment) -> int | None:
    return comment.in_reply_to_id or comment.parent_id


def _spans(reasons: Iterable[dict[str, Any]]) -> list[Span]:
    found = (Span(str(r["label"]), int(r["begin"]), int(r["end"]), float(r["weight"])) for r in reasons)
    return [span for span in found if span.begin < span.end]


def _signals(reasons: Iterable[dict[str, Any]]) -> tuple[tuple[str, str, float], ...]:
    beside = (r for r in reasons if r["begin"] == r["end"])
    return tuple((str(r["label"]), str(r.get("signal", "")), float(r["weight"])) for r in beside)
