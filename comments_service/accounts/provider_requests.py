"""Requests to the identity provider: JSON, small, quick, never redirected, only to addresses that it named itself."""

import base64
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

TIMEOUT_S = 5.0
_MOST = 256 * 1024  # bytes; a provider's document and keys have a few thousand


class ProviderTrouble(Exception):
    """The provider cannot be asked, or answers what makes no sense. The text is for the log and holds no secret."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        """Nowhere: a redirect would lead to an address that nobody configured."""


_OPENER = urllib.request.build_opener(_NoRedirect)


def get_json(url: str, issuer: str, *, token: str = "") -> dict[str, Any]:
    """The JSON object at `url`. Raises ProviderTrouble."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return _asked(urllib.request.Request(_allowed(url, issuer), headers=headers))


def post_form(
    url: str, issuer: str, fields: dict[str, str], *, client: tuple[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object that answers a form; `client` are name and secret for HTTP Basic. Raises ProviderTrouble."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if client is not None:
        pair = ":".join(quote(part, safe="") for part in client)  # RFC 6749, 2.3.1
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return _asked(urllib.request.Request(_allowed(url, issuer), data=urlencode(fields).encode(), headers=headers))


def _asked(request: urllib.request.Request) -> dict[str, Any]:
    request.add_header("Accept", "application/json")
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
            body = answer.read(_MOST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise ProviderTrouble(f"answered {error.code}") from None
    except (OSError, ValueError) as error:
        raise ProviderTrouble(f"could not be reached ({type(error).__name__})") from None
    if len(body) > _MOST:
        raise ProviderTrouble("answered too much")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise ProviderTrouble("answered no JSON") from None
    if not isinstance(found, dict):
        raise ProviderTrouble("answered no JSON object")
    return found


def _allowed(url: str, issuer: str) -> str:
    """`url`, where it is https, or plain http to the very host of an issuer that is so itself (one on this machine)."""
    parts, home = urlsplit(url), urlsplit(issuer)
    if parts.scheme == "https" or (parts.scheme == home.scheme == "http" and parts.netloc == home.netloc):
        return url
    raise ProviderTrouble("named an address that is not https")
