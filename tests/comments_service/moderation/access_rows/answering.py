"""Authors' appeals, the log to take away, and the numbers for a transparency report."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.moderation.objecting import object_to
from comments_service.moderation.statements import statement_of
from comments_service.storage.tables import Comment
from tests.comments_service.moderation.access_rows.row import ABSENT, Row
from tests.comments_service.moderation.stage import Stage


def an_appeal(stage: Stage, public_id: str) -> str:
    """An author objects to the decision about this comment; the appeal's reference."""

    def objected(session: Session) -> str:
        comment = session.scalars(select(Comment).where(Comment.public_id == public_id)).one()
        statement = statement_of(session, comment)
        assert statement is not None
        words = "It quotes the mayor and insults nobody."
        return object_to(session, comment, statement, words, language="en", now=stage.runtime.clock())

    found: str = stage.write(objected)
    return found


def _open(stage: Stage, _comment: str) -> dict[str, str]:
    return {"appeal": an_appeal(stage, stage.comment(machine="reject"))}


def _turned_down(stage: Stage, comment: str) -> dict[str, str]:
    made = _open(stage, comment)
    stage.moderator("nora").post(f"/moderation/appeals/{made['appeal']}", **dict(_ANSWER))
    return made


_ANSWER = (("answer", "It was no quote."), ("verdict", "uphold"))
ROWS = {
    "moderation_desk.appeal_list": Row("GET", "/moderation/appeals?site=demo", "viewer", ABSENT),
    "moderation_desk.appeal": Row("GET", "/moderation/appeals/{appeal}", "viewer", ABSENT, makes=_open),
    "moderation_desk.decide_appeal": Row(
        "POST", "/moderation/appeals/{appeal}", "moderator", ABSENT, fields=_ANSWER, makes=_open
    ),
    "moderation_desk.reopen": Row(
        "POST", "/moderation/appeals/{appeal}/reopen", "moderator", ABSENT, makes=_turned_down
    ),
    "moderation_desk.log_download": Row("GET", "/moderation/log?site=demo", "editor", ABSENT),
    "moderation_desk.transparency": Row("GET", "/moderation/transparency?site=demo", "viewer", ABSENT),
}
