"""Waves: everybody at the desk sees them, moderators decide about them."""

from sqlalchemy.orm import Session

from comments_service.moderation.waves.deciding import start_run
from comments_service.storage.tables import Moderator, Wave
from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row
from tests.comments_service.moderation.stage import Stage


def _wave(stage: Stage, _comment: str) -> dict[str, str]:
    now = stage.runtime.clock()

    def begin(session: Session) -> tuple[int, int]:
        wave = Wave(site_id=stage.site_ids["demo"], kind="links", mark=7, shows="course.example", began_at=now)
        session.add(wave)
        session.flush()
        moderator = session.query(Moderator.id).order_by(Moderator.id).limit(1).scalar()
        return wave.id, start_run(session, wave.id, "spam", moderator_id=moderator, now=now)

    wave, run = stage.write(begin)
    return {"wave": str(wave), "run": str(run)}


def _idle_wave(stage: Stage, _comment: str) -> dict[str, str]:
    row = {"site_id": stage.site_ids["demo"], "kind": "newcomers", "mark": 0, "began_at": stage.runtime.clock()}

    def begin(session: Session) -> int:
        wave = Wave(**row)
        session.add(wave)
        session.flush()
        return wave.id

    return {"wave": str(stage.write(begin))}


ROWS = {
    "moderation_desk.waves": Row("GET", "/moderation/waves", "viewer", ALLOWED),
    "moderation_desk.wave": Row("GET", "/moderation/waves/{wave}", "viewer", ABSENT, makes=_wave),
    "moderation_desk.decide_wave": Row(
        "POST",
        "/moderation/waves/{wave}/decision",
        "moderator",
        ABSENT,
        fields=(("decision", "spam"),),
        makes=_idle_wave,
    ),
    "moderation_desk.undo_wave": Row(
        "POST", "/moderation/waves/{wave}/undo", "moderator", ABSENT, fields=(("run", "{run}"),), makes=_wave
    ),
    "moderation_desk.end": Row(
        "POST", "/moderation/waves/{wave}/end", "moderator", ABSENT, fields=(("verdict", "over"),), makes=_wave
    ),
}
