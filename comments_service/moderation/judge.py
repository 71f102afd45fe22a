"""The machine's road through a micro-batch: read what waits, score it in one call, decide each comment, all at once.

Scoring happens outside any transaction. Scores, evidence, decisions and the finished outbox rows are one transaction,
and each decision is conditional: a comment that a person decided, its author changed or another worker judged in the
meantime is left alone, and its row is finished all the same.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from comments_service.content.plain import plain
from comments_service.moderation.decide import Conflict, NoSuchComment, decide
from comments_service.moderation.likeness import Traits, keep_traits, own_hosts, traits_of
from comments_service.moderation.second_looks import AUDIT, ask
from comments_service.moderation.sites import site_settings
from comments_service.moderation.waves.arriving import (
    Arrival,
    is_newcomer,
    promise_beginnings,
    promise_following,
    put_into_wave,
    wave_of,
)
from comments_service.outbox.claim import Claimed, finish
from comments_service.privacy.addresses import AddressVault
from comments_service.scoring import Scored, Scorer, Text
from comments_service.screening.classify import Classified, check_deliverable, check_language, classify
from comments_service.screening.evidence import Finding
from comments_service.screening.first import look_at, per_thousand
from comments_service.screening.outcome import Circumstances, Outcome, Showing, outcome, showing
from comments_service.settings import Settings, SiteSettings
from comments_service.storage.locks import lock_threads
from comments_service.storage.tables import Address, Comment, Evidence, Score, Site, Thread
from comments_service.storage.upsert import insert_new

_LANGUAGE = (
    update(cast(Table, Comment.__table__)).where(Comment.id == bindparam("comment")).values(language=bindparam("found"))
)
_LOOK_AT = (
    update(cast(Table, Comment.__table__)).where(Comment.id == bindparam("comment")).values(look_at=bindparam("at"))
)
_STANDING = (
    update(cast(Table, Comment.__table__))
    .where(Comment.id == bindparam("comment"))
    .values(uncertainty=bindparam("unsure"), thread_published=bindparam("published"))
)
_FINDINGS = (
    select(Evidence.check_name, Evidence.weight, Evidence.detail)
    .where(Evidence.comment_id == bindparam("comment"), Evidence.revision == bindparam("revision"))
    .order_by(Evidence.id)
)
_CASE = (
    select(Comment, Site, Thread, Address.sealed)
    .join(Site, Site.id == Comment.site_id)
    .join(Thread, Thread.id == Comment.thread_id)
    .outerjoin(Address, Address.id == Comment.address_id)
    .where(Comment.id == bindparam("comment"), Comment.revision == bindparam("revision"), Comment.awaits == "machine")
)

# From the system's entropy: nobody who knows earlier draws can tell which comment a person will look at.
_CHANCE = random.SystemRandom()


class Means(Protocol):
    """What judging needs of its process; `runtime.Runtime` has it."""

    @property
    def settings(self) -> Settings: ...
    @property
    def vault(self) -> AddressVault: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...
    def transaction(self) -> AbstractContextManager[Session]: ...
    def reading(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True)
class Case:
    """One revision to be judged, as plain values."""

    comment_id: int
    site_id: int
    revision: int
    text: Text
    own_hosts: tuple[str, ...]  # of the site's pages: links to them say nothing
    settings: SiteSettings
    address_id: int | None
    sealed: bytes | None
    written: datetime
    published: int  # comments of its thread
    thread_begun: datetime


@dataclass(frozen=True)
class Judged:
    """A case with what the worker found out about it."""

    case: Case
    classified: Classified
    findings: list[Finding]
    traits: Traits


def judge_batch(means: Means, scorer: Scorer, rows: Sequence[Claimed]) -> list[Case]:
    """Judge the revisions that `rows` name and finish the rows; what was judged, for `shadowing`.

    What it raises leaves nothing half done.
    """
    with means.reading() as session:
        cases = {row.id: _case(session, means.settings.site_defaults, *_parse(row.key)) for row in rows}
    open_cases = [case for case in cases.values() if case is not None]
    classified = classify(scorer, [case.text for case in open_cases]) if open_cases else []
    judged = {
        case.comment_id: Judged(
            case, one, [one.finding, *_unlearned(case, one), *_asked(means.vault, case)], _traits(case)
        )
        for case, one in zip(open_cases, classified, strict=True)
    }
    with means.transaction() as session:
        lock_threads(session, Comment.id.in_(list(judged)))
        for row in rows:
            case = cases[row.id]
            # Fenced out: the lease ran out and another worker has the row. Its decision is the one that counts.
            if finish(session, row.id, row.token) and case is not None:
                _decide_one(session, judged[case.comment_id], means.clock())
    return open_cases


def hold_parked(means: Means, row: Claimed, error: str) -> None:
    """A row that was given up: the comment waits for a person, visibly, with what went wrong."""
    comment_id, revision = _parse(row.key)
    with means.transaction() as session:
        _keep_findings(session, comment_id, revision, [Finding("judging", "failed", error)], means.clock())
        held = Outcome("hold", "judging_failed")
        _decide(session, comment_id, revision, held, Showing("queue", 1.0), None, means.clock())


def _parse(key: str) -> tuple[int, int]:
    comment_id, revision = key.split(":")
    return int(comment_id), int(revision)


def _case(session: Session, defaults: SiteSettings, comment_id: int, revision: int) -> Case | None:
    """What is to be judged; None where nothing is left to judge (changed, decided or erased since)."""
    row = session.execute(_CASE, {"comment": comment_id, "revision": revision}).one_or_none()
    if row is None:
        return None
    comment, site, thread, sealed = row
    parent = session.scalar(select(Comment.source).where(Comment.id == comment.parent_id)) if comment.parent_id else ""
    return Case(
        comment_id=comment.id,
        site_id=site.id,
        revision=comment.revision,
        text=Text(comment.source, comment.name, comment.website, thread.title, plain(parent or ""), site.key),
        own_hosts=own_hosts(site.origins, thread.url),
        settings=site_settings(site, defaults),
        address_id=comment.address_id,
        sealed=sealed,
        written=comment.created_at,
        published=thread.count,
        thread_begun=thread.created_at,
    )


def _unlearned(case: Case, classified: Classified) -> list[Finding]:
    return check_language(classified.scored) if case.settings.hold_unlearned_languages else []


def _asked(vault: AddressVault, case: Case) -> list[Finding]:
    if not case.settings.check_deliverability or case.sealed is None:
        return []
    return [check_deliverable(vault.open(case.sealed))]


def _traits(case: Case) -> Traits:
    return traits_of(case.text.text, case.text.website, case.own_hosts)


def _decide_one(session: Session, judged: Judged, now: datetime) -> None:
    case, scored = judged.case, judged.classified.scored
    _keep_findings(session, case.comment_id, case.revision, judged.findings, now)
    if scored is not None:
        score = {
            "comment_id": case.comment_id,
            "revision": case.revision,
            "model": scored.model,
            "scores": scored.scores,
            "language": scored.language,
            "reasons": scored.reasons,
            "created_at": now,
        }
        insert_new(session, Score, score, ["comment_id", "revision", "model"])
        session.connection().execute(_LANGUAGE, {"comment": case.comment_id, "found": scored.language})
    standing = {"unsure": per_thousand(scored.scores if scored else None), "published": case.published}
    session.connection().execute(_STANDING, {"comment": case.comment_id, **standing})
    of_revision = {"comment": case.comment_id, "revision": case.revision}
    findings = [Finding(*row) for row in session.connection().execute(_FINDINGS, of_revision)]
    wave = _wave(session, judged, now)
    circumstances = Circumstances(first_time=_is_first_time(session, case.address_id), wave=wave is not None)
    decided = outcome(findings, scored.scores if scored else None, case.settings, circumstances)
    shown = showing(decided, case.settings, _CHANCE.random())
    if not _decide(session, case.comment_id, case.revision, decided, shown, scored, now):
        return
    if shown.stream == AUDIT:
        ask(session, case.comment_id, case.revision, AUDIT, "", now)
    if decided.action == "hold" and wave is not None:
        promise_following(session, case.comment_id, wave, now)
    if decided.action == "hold":
        _put_in_order(session, case, scored.scores if scored else None, now)


def _wave(session: Session, judged: Judged, now: datetime) -> int | None:
    """The wave that the comment belongs to. Its traits are kept, and a closer look promised where one may begin."""
    case, changed = judged.case, judged.case.revision > 1
    group = keep_traits(session, case.comment_id, case.site_id, judged.traits, now, changed=changed)
    newcomer = is_newcomer(session, case.address_id, case.written, case.settings)
    arrival = Arrival(case.comment_id, case.site_id, group, judged.traits.hosts, newcomer)
    wave = wave_of(session, arrival)
    if wave is None:
        promise_beginnings(session, arrival, case.settings, now)
    if wave is not None or changed:
        put_into_wave(session, case.comment_id, wave)
    return wave


def _put_in_order(session: Session, case: Case, scores: dict[str, float] | None, now: datetime) -> None:
    at = look_at(case.written, scores, published=case.published, thread_begun=case.thread_begun, now=now)
    session.connection().execute(_LOOK_AT, {"comment": case.comment_id, "at": at})


def _is_first_time(session: Session, address_id: int | None) -> bool:
    """No approved comment of this verified address: a typed address alone earns no trust."""
    if address_id is None:
        return True
    known = (
        select(Comment.id)
        .join(Address, Address.id == Comment.address_id)
        .where(Comment.address_id == address_id, Comment.status == "approved", Address.verified_at.is_not(None))
        .limit(1)
    )
    return session.scalar(known) is None


def _decide(
    session: Session,
    comment_id: int,
    revision: int,
    decided: Outcome,
    shown: Showing,
    scored: Scored | None,
    now: datetime,
) -> bool:
    """Carry the outcome out; False where a person, the author or an erasure was quicker, and they win."""
    try:
        decide(
            session,
            comment_id,
            actor="machine",
            action=decided.action,
            revision=revision,
            reason=decided.reason,
            model=scored.model if scored else None,
            scores=scored.scores if scored else None,
            stream=shown.stream,
            shown_probability=shown.probability,
            now=now,
        )
    except (Conflict, NoSuchComment):
        return False
    return True


def _keep_findings(session: Session, comment_id: int, revision: int, findings: list[Finding], now: datetime) -> None:
    for finding in findings:
        row = {
            "comment_id": comment_id,
            "revision": revision,
            "check_name": finding.check,
            "weight": finding.weight,
            "detail": finding.detail,
            "created_at": now,
        }
        insert_new(session, Evidence, row, ["comment_id", "revision", "check_name"])
