"""An Arabic article with its comments, for the picture of a page that is read from right to left.

The demo has no such article. Its comments come in by `comments-service import jsonl`, as a publisher's own would; the
page itself is put before the browser under an address of the demo, in the demo's looks.
"""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from docs.screenshots.stage import Demo

PATH = "/demo/bridge-in-arabic"
PAGE = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="site.css">
<script src="{base}/embed.js" async></script>
</head>
<body>
<main>
<article><h1>{title}</h1><p class="summary">{text}</p></article>
<div class="discussion"><comment-section site="demo" url="{url}"></comment-section></div>
</main>
</body>
</html>
"""


def staged(page: Page, demo: Demo) -> str:
    """Import the comments and serve the article to this page; returns its address."""
    article: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    url = f"{demo.base}{PATH}"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in _export(article, url))
        file.flush()
        demo.command("import", "jsonl", file.name, "--site", "demo")
    body = PAGE.format(base=demo.base, url=url, title=escape(article["title"]), text=escape(article["text"]))
    page.route(url, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    return url


def _export(article: dict[str, Any], url: str) -> list[dict[str, Any]]:
    """The lines of an export of one site with this article alone (docs/import-export.md)."""
    now = datetime.now(UTC)
    begun = (now - timedelta(days=1)).isoformat()
    comments = [
        {
            **{name: value for name, value in comment.items() if name != "minutes_ago"},
            "kind": "comment",
            "thread": url,
            "status": "approved",
            "created_at": (now - timedelta(minutes=comment["minutes_ago"])).isoformat(),
        }
        for comment in article["comments"]
    ]
    return [
        {"kind": "site", "format": "comments-service", "version": 2, "site": "elsewhere", "name": "Elsewhere"},
        {"kind": "thread", "url": url, "title": article["title"], "created_at": begun},
        *comments,
        {"kind": "end", "threads": 1, "comments": len(comments)},
    ]
