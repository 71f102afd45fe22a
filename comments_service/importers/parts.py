"""Writes what hangs below imported comments: revisions, evidence, scores, reports and the log of decisions."""

import secrets
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from comments_service.importers.prepare import PreparedComment
from comments_service.importers.rows import DELETED, CommentRow, DecisionRow
from comments_service.storage.base import Base
from comments_service.storage.tables import Decision, Evidence, Moderator, Report, Revision, Score
from comments_service.storage.upsert import insert_new


class PartsStore:
    """Collects the parts of a batch of comments and writes each table's in one statement."""

    def __init__(self, session: Session, site_id: int) -> None:
        self._session, self._site_id = session, site_id
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self._moderators: dict[str, int] = {}

    def add(self, comment_id: int, comment: PreparedComment) -> None:
        """Take in one stored comment's parts. A deleted comment has none but its decisions."""
        row = comment.row
        self._add_decisions(comment_id, row.decisions)
        if row.status == DELETED:
            return
        below = {"comment_id": comment_id}
        self._collect(Revision, [below | revision for revision in _revisions(comment)])
        self._collect(Evidence, [below | _as_evidence(found.model_dump()) for found in row.evidence])
        self._collect(Score, [below | score.model_dump() for score in row.scores])
        # Who reported is a digest of an address in the network and never leaves an installation; any unique one does.
        self._collect(
            Report, [below | flag.model_dump() | {"reporter_digest": secrets.token_hex(32)} for flag in row.reports]
        )

    def finish(self) -> None:
        """Write everything collected."""
        for table, rows in self._rows.items():
            self._session.execute(insert(table), rows)
        self._rows.clear()

    def _collect(self, table: type[Base], rows: list[dict[str, Any]]) -> None:
        if rows:
            self._rows.setdefault(table, []).extend(rows)

    def _add_decisions(self, comment_id: int, decisions: list[DecisionRow]) -> None:
        # One by one: an undo points to the row of an earlier step, whose id is known only once it stands.
        ids: list[int] = []
        for step in decisions:
            values = step.model_dump(exclude={"moderator", "undo_of"}) | {
                "comment_id": comment_id,
                "site_id": self._site_id,
                "moderator_id": self._moderator_id(step.moderator, step.created_at) if step.moderator else None,
                "undo_of": None if step.undo_of is None else ids[step.undo_of],
            }
            new_id = self._session.scalar(insert(Decision).values(**values).returning(Decision.id))
            assert new_id is not None
            ids.append(new_id)

    def _moderator_id(self, login: str, at: datetime) -> int:
        if login not in self._moderators:
            found = self._session.scalar(select(Moderator.id).where(Moderator.login == login))
            self._moderators[login] = found if found is not None else self._absent_moderator(login, at)
        return self._moderators[login]

    def _absent_moderator(self, login: str, at: datetime) -> int:
        """A row for somebody who decided elsewhere: a name in the log that nobody can log in with."""
        values = {
            "login": login,
            "name": login,
            "password_hash": PasswordHasher().hash(secrets.token_urlsafe(32)),
            "role": "viewer",
            "site_id": self._site_id,
            "must_change": True,
            "disabled": True,
            "created_at": at,
        }
        new_id = insert_new(self._session, Moderator, values, ["login"])
        if new_id is None:
            new_id = self._session.scalar(select(Moderator.id).where(Moderator.login == login))
        assert new_id is not None
        return new_id


def _revisions(comment: PreparedComment) -> list[dict[str, Any]]:
    row: CommentRow = comment.row
    current = {
        "revision": row.revision,
        "name": comment.name,
        "website": comment.website,
        "source": comment.source,
        "written_by": row.written_by,
        "created_at": row.edited_at or row.created_at,
    }
    return [*(earlier.model_dump() for earlier in row.earlier), current]


def _as_evidence(found: dict[str, Any]) -> dict[str, Any]:
    return {"check_name" if name == "check" else name: value for name, value in found.items()}
