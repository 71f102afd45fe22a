"""One POST to a receiver, in a bounded time, to an address that was looked at before it was dialled.

Who may name receivers may not thereby reach what only this machine can reach: unless the installation allows it,
addresses of the machine itself and of private networks are refused, after the name was resolved and by the very
address that is then dialled. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

TIMEOUT_S = 5.0  # for connecting, and for the answer


class Undelivered(Exception):
    """The receiver did not take it. The text says why, in a few words for the log."""


class Unreachable(Exception):
    """A URL that no delivery may go to; the text says why and what would."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver answered, and after how many milliseconds."""

    status: int
    took_ms: int


def check_receiver(url: str) -> SplitResult:
    """The parts of a receiver's URL. Raises Unreachable; asks no name server."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Unreachable("url: its host or port cannot be read") from None
    odd = any(ord(character) <= 32 or ord(character) == 127 or not character.isascii() for character in url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or odd or port == 0:
        raise Unreachable("url: write it like https://example.org/hook, without blanks; other letters as %xx")
    if parts.username or parts.password:
        raise Unreachable("url: leave out user and password; deliveries are signed")
    if len(url) > 1000:
        raise Unreachable("url: at most 1000 characters")
    return parts


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, private: bool, trusted: ssl.SSLContext | None = None
) -> Answer:
    """POST `body`; what the receiver answered. Raises Undelivered where there was no answer, and Unreachable.

    `private`: whether the receiver may be this machine or stand in a private network. `trusted` (default: the system's
    authorities) is what certificates are checked against.
    """
    parts = check_receiver(url)
    started = time.monotonic()
    try:
        connection = _connected(parts, private, trusted)
        try:
            connection.request("POST", _target(parts), body, dict(headers))
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered(_in_words(error)) from None
    return Answer(status, round((time.monotonic() - started) * 1000))


def _connected(parts: SplitResult, private: bool, trusted: ssl.SSLContext | None) -> http.client.HTTPConnection:
    host, tls = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if tls else 80)
    dialled = socket.create_connection((_address(host, port, private), port), timeout=TIMEOUT_S)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    # http.client would resolve the name a second time, and might then get another address than the one looked at.
    connection.sock = (
        (trusted or ssl.create_default_context()).wrap_socket(dialled, server_hostname=host) if tls else dialled
    )
    return connection


def _address(host: str, port: int, private: bool) -> str:
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    fit = [address for address in found if private or _is_public(address)]
    if not fit:
        raise Unreachable(
            "url: it leads to this machine or into a private network;"
            " COMMENTS_WEBHOOK_PRIVATE_NETWORKS=true allows that"
        )
    return fit[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not (mapped or found).is_multicast


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


# In this order: the first that fits names the fault.
_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "its name could not be resolved"),
    (TimeoutError, "it did not answer in time"),
    (ssl.SSLCertVerificationError, "its certificate cannot be trusted"),
    (ssl.SSLError, "it speaks no TLS that we understand"),
    (ConnectionRefusedError, "nothing listens there"),
    (http.client.HTTPException, "its answer was no HTTP, or it ended the connection"),
    (ConnectionError, "it ended the connection"),
)


def _in_words(error: Exception) -> str:
    return next((words for kind, words in _FAULTS if isinstance(error, kind)), type(error).__name__)
