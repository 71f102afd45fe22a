"""Headers on every answer of ours, and the refusal of hosts that are not ours."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from comments_service.web.context import runtime
from comments_service.web.problems import Problem

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types comments-service"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_LABELLED = "comments_labelled_hosts"


def take_labelled_hosts(app: Flask, below: str) -> None:
    """Answer below a path to KEY.host as well, where host is one of ours: some services' clients put the key there."""
    app.extensions.setdefault(_LABELLED, set()).add(below)


def check_host() -> None:
    """Refuse requests for hosts that this service does not answer to: their name must not reach a link or a cache."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    settings = runtime().settings
    if settings.allowed_hosts:
        known = set(settings.allowed_hosts)
    else:
        known = {urlsplit(settings.public_url).hostname or "", *_LOOPBACK}
    if "*" not in known and not known & _names(host.lower()):
        raise Problem(400, "host", "This service does not answer to that host. Add it to COMMENTS_ALLOWED_HOSTS.")


def _names(host: str) -> set[str]:
    """The host that was asked for; where a key may stand before it, what follows its first label too."""
    labelled = any(request.path.startswith(below) for below in current_app.extensions.get(_LABELLED, ()))
    return {host, host.partition(".")[2]} if labelled else {host}


def add_headers(response: Response) -> Response:
    """After every request: safe defaults; a view that needs another policy has set it already."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    page = response.mimetype == "text/html"
    headers.setdefault("Content-Security-Policy", PAGE_POLICY if page else DATA_POLICY)
    if page:
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if runtime().settings.public_url.startswith("https://"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
