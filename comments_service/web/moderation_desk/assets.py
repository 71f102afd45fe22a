"""The desk's own style sheet and script. Public, as the login page wears the same style; nothing in them is secret."""

from pathlib import Path

from flask import Response, abort, send_from_directory

from comments_service.web.access import PUBLIC, access
from comments_service.web.moderation_desk.blueprint import blueprint

_FOLDER = Path(__file__).parent / "assets"


@blueprint.get("/assets/<name>")
@access(PUBLIC)
def asset(name: str) -> Response:
    if name not in {file.name for file in _FOLDER.iterdir()}:
        abort(404)
    response = send_from_directory(_FOLDER, name, conditional=True)
    # Asked for again with its ETag each time: after an upgrade no page runs yesterday's script.
    response.headers["Cache-Control"] = "no-cache"
    return response
