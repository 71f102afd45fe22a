"""A publisher's web site for the browser tests: serves the pages of this folder on loopback, each under its own policy.

It knows nothing of the service but its address. What the widget does with it is the matter of the tests.
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

PAGES = Path(__file__).parent


class PublisherSite:
    """`site.page("article", url="https://…")` is the address of a page that embeds the widget for that article."""

    def __init__(self, service: str, key: str) -> None:
        self.service, self.key = service, key
        # Cleared by a test that wants the second half of a page to come only when it says so.
        self.whole_pages = threading.Event()
        self.whole_pages.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def origin(self) -> str:
        """Its own origin, which the service must allow."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def page(self, name: str, *, url: str, policy: str = "") -> str:
        """The page `name` of this folder, embedding the thread of `url`, under the Content-Security-Policy `policy`."""
        return f"{self.origin}/{name}?{urlencode({'url': url, 'policy': policy})}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                query = parse_qs(asked.query)
                file = PAGES / f"{asked.path.strip('/')}.html"
                found = file.parent == PAGES and file.is_file()
                body = site._fill(file, query["url"][0]) if found else b""
                # Not 404: the browser would complain of the missing icon, and hide what the widget does wrong.
                self.send_response(200 if found else 204)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if query.get("policy"):
                    self.send_header("Content-Security-Policy", query["policy"][0])
                self.end_headers()
                half = body.find(b"</li>") if not site.whole_pages.is_set() else 0
                self.wfile.write(body[:half])
                site.whole_pages.wait(60)
                self.wfile.write(body[half:])

            def log_message(self, *_: object) -> None:
                """Silence: the tests' output is for the tests."""

        return Handler

    def _fill(self, file: Path, url: str) -> bytes:
        text = file.read_text(encoding="utf-8")
        for name, value in {"service": self.service, "site": self.key, "url": url}.items():
            text = text.replace("{{" + name + "}}", value)
        if "{{drawn}}" in text:
            text = text.replace("{{drawn}}", self._drawn(url))
        return text.encode()

    def _drawn(self, url: str) -> str:
        """The first page of comments, as a publisher's own server asks for it."""
        query = urlencode({"url": url, "lang": "en"})
        with urlopen(f"{self.service}/sites/{self.key}/fragment?{query}", timeout=30) as answer:
            drawn: str = answer.read().decode()
            return drawn
