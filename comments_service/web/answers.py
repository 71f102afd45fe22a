"""A thread's public answer as bytes that are made once and kept until the thread changes.

Kept answers are given by a thin WSGI layer in front of Flask. Each time, one indexed look at the thread's and the
site's version tells whether they still hold, so no reader ever gets a stale answer, whichever process made the change.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comments_service.web.quick_look import QuickLook

Environ = dict[str, Any]
Header = tuple[str, str]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]

_VERSIONS = "SELECT t.version, s.version FROM threads t JOIN sites s ON s.id = t.site_id WHERE t.id = ?"

MOST_BYTES = 64 * 1024 * 1024
_LEAST_TO_COMPRESS = 600
_FIXED_HEADERS: list[Header] = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-cache"),
    ("Vary", "Origin, Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]


@dataclass(frozen=True)
class Versions:
    """What an answer was made of. An answer holds while both numbers are still the database's."""

    thread_id: int
    thread: int
    site: int


class Answer:
    """One answer in both encodings, with its headers ready."""

    def __init__(self, body: bytes, versions: Versions | None, origins: frozenset[str], until: datetime | None) -> None:
        self.versions, self.origins, self.until = versions, origins, until
        self.etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        self.body = body
        self.compressed = gzip.compress(body, 6) if len(body) >= _LEAST_TO_COMPRESS else None
        common = [*_FIXED_HEADERS, ("ETag", self.etag)]
        self.unchanged_headers = common[1:]
        self.headers = [*common, ("Content-Length", str(len(body)))]
        self.compressed_headers = [*common, ("Content-Encoding", "gzip")]
        if self.compressed is not None:
            self.compressed_headers.append(("Content-Length", str(len(self.compressed))))

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed or b"") + 2000

    def choose(self, environ: Environ) -> tuple[str, list[Header], bytes]:
        """Status, headers and body for one request: 304, compressed or plain."""
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and (self.etag in asked or asked.strip() == "*"):
            status, headers, body = "304 NOT MODIFIED", self.unchanged_headers, b""
        elif self.compressed is not None and _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            status, headers, body = "200 OK", self.compressed_headers, self.compressed
        else:
            status, headers, body = "200 OK", self.headers, self.body
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and origin in self.origins:
            headers = [
                *headers,
                ("Access-Control-Allow-Origin", origin),
                ("Access-Control-Expose-Headers", "ETag, Retry-After"),
            ]
        return status, headers, body


class KeptAnswers:
    """Answers by request line, the least recently used dropped beyond MOST_BYTES. Safe for threads."""

    def __init__(self, look: QuickLook, clock: Callable[[], datetime]) -> None:
        self._look, self._clock = look, clock
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Answer | None:
        """The kept answer, if it still holds."""
        answer = self._answers.get(key)
        if answer is None or answer.versions is None:
            return None
        if answer.until is not None and self._clock() >= answer.until:
            return None
        found = self._look.row(_VERSIONS, answer.versions.thread_id)
        if found != (answer.versions.thread, answer.versions.site):
            return None
        with suppress(KeyError):  # another thread may have dropped it just now
            self._answers.move_to_end(key)
        return answer

    def keep(self, key: str, answer: Answer) -> None:
        if answer.versions is None:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._bytes += answer.size - (old.size if old else 0)
            self._answers[key] = answer
            while self._bytes > MOST_BYTES and len(self._answers) > 1:
                _, dropped = self._answers.popitem(last=False)
                self._bytes -= dropped.size


def keeping(inner: Wsgi, kept: KeptAnswers) -> Wsgi:
    """WSGI layer that gives kept answers of threads and leaves everything else to `inner`."""

    def application(environ: Environ, start_response: Any) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "GET" and path.endswith("/comments"):
            answer = kept.get(answer_key(environ))
            if answer is not None:
                status, headers, body = answer.choose(environ)
                start_response(status, headers)
                return [body]
        return inner(environ, start_response)

    return application


def _takes_gzip(accepted: str) -> bool:
    # A weight below 1 asks for something else first; plain bytes are always right.
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace(" ", "")


def answer_key(environ: Environ) -> str:
    """What an answer is kept under: path and query as they came, and the host, whose own origin may read it."""
    return f"{environ.get('HTTP_HOST', '')}{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
