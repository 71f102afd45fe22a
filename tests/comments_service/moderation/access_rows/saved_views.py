"""Views of the queue that are kept; what the team shares is an editor's to change."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.storage.tables import Moderator, SavedView
from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row
from tests.comments_service.moderation.stage import Stage


def _shared(stage: Stage, _comment: str) -> dict[str, str]:
    def put(session: Session) -> int:
        keeper = session.scalar(select(Moderator.id).order_by(Moderator.id))
        row = SavedView(
            moderator_id=keeper,
            site_id=stage.site_ids["demo"],
            name="Spam",
            query="view=spam",
            shared=True,
            created_at=stage.runtime.clock(),
        )
        session.add(row)
        session.flush()
        return row.id

    return {"view": str(stage.write(put))}


ROWS = {
    "moderation_desk.start": Row("GET", "/moderation/start", "viewer", ALLOWED),
    "moderation_desk.save_view": Row(
        "POST", "/moderation/views", "viewer", ABSENT, fields=(("saved_name", "Mine"), ("site", "demo"))
    ),
    "moderation_desk.change_view": Row(
        "POST", "/moderation/views/{view}", "editor", ABSENT, fields=(("saved_name", "Other"),), makes=_shared
    ),
}
