"""Saying that one looks at a comment: sent by the desk's script while a comment has the focus."""

from flask import request
from flask.typing import ResponseReturnValue

from comments_service.moderation.claims import claim
from comments_service.web.access import access, identity
from comments_service.web.context import runtime
from comments_service.web.moderation_desk.blueprint import PROPOSE, blueprint
from comments_service.web.moderation_desk.queue_page import covered
from comments_service.web.problems import Problem


@blueprint.post("/claims")
@access(PROPOSE)
def claims() -> ResponseReturnValue:
    here, public_id = runtime(), request.form.get("id", "")[:64].replace("\0", "")
    with here.transaction() as session:
        sites = covered(session, "")
        found = claim(session, public_id, moderator_id=identity().moderator_id, site_ids=sites, now=here.clock())
    if not found:
        raise Problem(404, "no_such_comment", "There is no comment of this id on your sites.")
    return "", 204
