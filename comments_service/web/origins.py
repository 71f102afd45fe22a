"""Which pages may call: exact origins of a site, plus this service's own. Answers CORS; never allows credentials."""

from urllib.parse import urlsplit

from flask import Response, request
from sqlalchemy.exc import SQLAlchemyError

from comments_service.storage.tables import Site
from comments_service.web.context import runtime
from comments_service.web.problems import Problem
from comments_service.web.sites import kept_site, site_in_use

METHODS = "GET, POST, PATCH, DELETE"
HEADERS = "Authorization, Content-Type, Idempotency-Key"
PREFLIGHT_SECONDS = "600"


def own_origin() -> str:
    """This service's own origin, from its settings and never from a request."""
    parts = urlsplit(runtime().settings.public_url)
    return f"{parts.scheme}://{parts.netloc}"


def allowed(site: Site, origin: str) -> bool:
    """Whether a page of `origin` may call for this site: character for character, no patterns."""
    return origin in site.origins or origin == own_origin() or origin == _requested_origin()


def refuse_foreign_writes(site: Site) -> None:
    """A browser says where a writing request comes from; pages of other sites may not write here."""
    origin = request.headers.get("Origin")
    if origin is not None and not allowed(site, origin):
        raise Problem(403, "origin", f"Pages of {origin[:100]} may not post here. Add that origin to the site.")


def share(response: Response, site: Site) -> Response:
    """Let the calling page read this answer, if it is one of the site's."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is not None and allowed(site, origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    return response


def share_problem(response: Response) -> Response:
    """After every request of the public API: a site's pages can read what was wrong, not only what went well.

    Without it a browser tells the page "network error" instead of which field is wrong or how long to wait.
    """
    key = (request.view_args or {}).get("site_key")
    shared = "Access-Control-Allow-Origin" in response.headers
    if response.status_code < 400 or shared or key is None or "Origin" not in request.headers:
        return response
    try:
        with runtime().reading() as session:
            return share(response, site_in_use(session, key).row)
    except (Problem, SQLAlchemyError):
        return response  # an unknown site has no pages; and a lost database is being reported already


def answer_preflight() -> Response | None:
    """Before every request of the public API: answer a browser that asks before it sends. Raises Problem 404.

    Here and not at a route of its own: one that takes OPTIONS for every path makes a wrong path a wrong method.
    """
    key = (request.view_args or {}).get("site_key")
    if request.method != "OPTIONS" or key is None:
        return None
    response = share(Response(status=204), kept_site(key).row)
    if "Access-Control-Allow-Origin" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = HEADERS
        response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response


def _requested_origin() -> str:
    # The host was checked against the allowed ones before any view ran, so this cannot be a stranger's.
    return f"{request.scheme}://{request.host}"
