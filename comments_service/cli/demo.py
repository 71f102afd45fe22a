"""Loads the demo site from `seeds/`, once: its articles' comments go the same road as everybody's.

Each is stored, scored by the model that ships, and decided: by the machine, which holds everything meanwhile, and then,
where the seeds say so, by the demo's moderator. What is left is what the review queue opens with.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.comments.submit import JUDGE, Prepared, rendered, store
from comments_service.moderation.decide import decide
from comments_service.moderation.judge import judge_batch
from comments_service.moderation.moderators import add_moderator, credentials
from comments_service.moderation.sites import add_site, change_settings, find_site, site_settings
from comments_service.outbox.claim import claim
from comments_service.runtime import Runtime
from comments_service.scoring.live_model import LiveModel
from comments_service.screening.checks.duplicates import text_digest
from comments_service.screening.checks.fields import Fields, check_fields
from comments_service.settings import Settings
from comments_service.storage.tables import Comment, Site

SITE, NAME, LOGIN = "demo", "The Harbour Courier", "moderator"
_DECISIONS = {"approved": "approve", "spam": "spam", "rejected": "reject"}


@dataclass(frozen=True)
class DemoLogin:
    """The demo moderator's login; the password is generated, shown once and must be changed."""

    login: str
    password: str


class DemoError(Exception):
    """The demo's files are not what they should be."""


def load_demo(runtime: Runtime) -> DemoLogin | None:
    """Make the demo site with its comments unless it is there. None where nothing was made. Raises DemoError."""
    folder = runtime.settings.demo_dir
    if folder is None:
        raise DemoError("COMMENTS_SEEDS_DIR: the demo's files are not beside the package; give the folder `seeds`")
    with runtime.transaction() as session:
        if session.scalar(select(Site.id).where(Site.key == SITE)) is not None:
            return None
        login, moderator_id = _site_and_moderator(session, runtime, folder)
    _load_comments(runtime, folder, moderator_id)
    with runtime.transaction() as session:
        change_settings(session, SITE, {"premoderate": ""}, runtime.settings.site_defaults)
    return login


def liveliest_article(settings: Settings) -> str:
    """URL of the demo's first article, which has the longest thread."""
    folder = settings.demo_dir
    assert folder is not None, "load_demo has refused by now"
    articles = json.loads((folder / "articles.json").read_text("utf-8"))
    return f"{settings.public_url}/demo/{articles[0]['slug']}"


def _site_and_moderator(session: Session, runtime: Runtime, folder: Path) -> tuple[DemoLogin, int]:
    now, settings = runtime.clock(), runtime.settings
    changes = {
        # Nothing may publish itself while the demo is made; lifted at the end.
        "premoderate": "true",
        "hold_words": json.dumps(_entries(folder / "block_lists" / "spam_words.txt")),
        "hold_domains": json.dumps(_entries(folder / "block_lists" / "spam_domains.txt")),
    }
    origin = settings.public_url.split("/", 3)
    add_site(
        session,
        SITE,
        name=NAME,
        origins=["/".join(origin[:3])],
        changes=changes,
        defaults=settings.site_defaults,
        now=now,
    )
    first = add_moderator(session, LOGIN, role="owner", site_id=None, now=now)
    known = credentials(session, LOGIN)
    assert known is not None, "it was added just now"
    return DemoLogin(first.login, first.password), known.id


def _entries(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _load_comments(runtime: Runtime, folder: Path, moderator_id: int) -> None:
    comments: list[dict[str, Any]] = json.loads((folder / "comments.json").read_text("utf-8"))
    articles = {article["slug"]: article for article in json.loads((folder / "articles.json").read_text("utf-8"))}
    model, loaded_at, public_ids = LiveModel(None), runtime.clock(), dict[str, str]()
    # Parents stand before their replies; a reply can only be stored below an approved comment.
    for entry in sorted(comments, key=lambda one: -int(one["minutes_ago"])):
        written_at = loaded_at - timedelta(minutes=entry["minutes_ago"])
        prepared = _prepared(runtime, entry, articles[entry["article"]], public_ids.get(entry["parent"] or "", ""))
        comment = _store(runtime, prepared, written_at)
        public_ids[entry["key"]] = comment.public_id
        with runtime.transaction() as session:
            rows = claim(session, JUDGE, 1, runtime.settings.lease_s)
        judge_batch(runtime, model, rows)
        if entry["status"] in _DECISIONS:
            _decide(runtime, comment.id, entry["status"], moderator_id, written_at)


def _prepared(runtime: Runtime, entry: dict[str, Any], article: dict[str, Any], parent: str) -> Prepared:
    url = f"{runtime.settings.public_url}/demo/{entry['article']}"
    fields = Fields(url, entry["name"], entry["email"], entry["body"], entry.get("website", ""), article["title"])
    checked = check_fields(fields, runtime.settings.site_defaults, frozenset())
    if isinstance(checked, list):
        raise DemoError(f"seeds/comments.json, {entry['key']}: {checked[0].field}: {checked[0].message}")
    return Prepared(
        fields=checked,
        findings=[],
        html=rendered(checked.body),
        digest=text_digest(checked.body),
        sealed=runtime.vault.seal(checked.email) if checked.email else None,
        blind_index=runtime.vault.blind_index(checked.email) if checked.email else "",
        network="",
        network_digest=None,
        parent_public_id=parent,
        notify=False,
        idempotency_digest=None,
        request_digest=secrets.token_hex(8),
        limited=False,
    )


def _store(runtime: Runtime, prepared: Prepared, written_at: datetime) -> Comment:
    with runtime.transaction() as session:
        site = find_site(session, SITE)
        accepted = store(
            session,
            site,
            site_settings(site, runtime.settings.site_defaults),
            prepared,
            now=written_at,
            own_origin=runtime.settings.public_url,
            publish=lambda *_: None,
        )
        return session.get_one(Comment, accepted.comment_id)


def _decide(runtime: Runtime, comment_id: int, status: str, moderator_id: int, written_at: datetime) -> None:
    with runtime.transaction() as session:
        status_now = session.get_one(Comment, comment_id).status
        if status_now != status:
            decide(
                session,
                comment_id,
                actor="moderator",
                action=_DECISIONS[status],
                moderator_id=moderator_id,
                now=written_at + timedelta(minutes=5),
            )
