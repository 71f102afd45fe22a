"""The article under which the clients stand: a small publisher's site on loopback, without a security policy.

The same page for all, with a paragraph before the comments and a footer after them; only the lines that each manual
tells people to paste differ.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OURS = """<script src="{service}/embed.js" async></script>
<comment-section site="{site}" url="{url}"></comment-section>"""
# As above, with the first page of comments already in the article's HTML.
DRAWN = """<script src="{service}/embed.js" async></script>
{fragment}"""
ISSO = """<script data-isso="{service}/" src="{service}/js/embed.min.js"></script>
<section id="isso-thread" data-isso-id="{path}" data-title="The quay"></section>"""

ARTICLE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>The quay</title>
<style>body { max-width: 44rem; margin: 2rem auto; font: 1rem/1.5 sans-serif }
comment-section:not(:defined) { display: block; min-height: 100vh }</style>
</head>
<body>
<h1>The quay</h1>
<p>The harbour office has closed the northern quay until spring. The ferries leave from the fish market meanwhile.</p>
%s
<footer><p>The Harbour News. Printed weekly, read daily.</p></footer>
</body>
</html>
"""


class Publisher:
    """`pages` are what it serves, by path; each can be added while it runs. `/` is an empty page."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {"/": b"<!doctype html><title>Empty</title>"}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def add(self, path: str, snippet: str, **values: str) -> str:
        """Serve the article with this client's lines below `path`; returns its address."""
        url = f"{self.origin}{path}"
        filled = snippet.format(url=escape(url), path=escape(path), **values)
        self.pages[path] = (ARTICLE % filled).encode()
        return url

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = pages.get(self.path, b"")
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Silence: a line for each visit would spoil the progress display."""

        return Handler


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A running site on a free port."""
    site = Publisher()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()
