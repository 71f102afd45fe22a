"""Asking colleagues for a second opinion, and taking one's own opinion back. A trainee's proposals come as decisions
do (`decision_forms`)."""

from flask import request
from flask.typing import ResponseReturnValue

from comments_service.moderation.opinions import ask_many, withdraw_many
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import PROPOSE, blueprint
from comments_service.web.moderation_desk.decision_forms import LONGEST_NOTE, answer, chosen_ids
from comments_service.web.moderation_desk.meanwhile import seen_on_page
from comments_service.web.moderation_desk.queue_page import covered


@blueprint.post("/opinions/ask")
@access(PROPOSE)
def ask() -> ResponseReturnValue:
    ids, here = chosen_ids(request.form.getlist("ids")), runtime()
    with here.transaction() as session:
        results = ask_many(
            session,
            ids,
            moderator_id=identity().moderator_id,
            site_ids=covered(session, ""),
            now=here.clock(),
            seen=seen_on_page(request.form.getlist("seen")),
            note=request.form.get("note", "").strip()[:LONGEST_NOTE],
        )
    return answer(results, "ask")


@blueprint.post("/opinions/withdraw")
@access(PROPOSE)
def withdraw() -> ResponseReturnValue:
    ids, here = chosen_ids(request.form.getlist("ids")), runtime()
    with here.transaction() as session:
        results = withdraw_many(
            session, ids, moderator_id=identity().moderator_id, site_ids=covered(session, ""), now=here.clock()
        )
    return answer(results, "withdraw")
