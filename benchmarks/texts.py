"""The comments that are posted: the demo's good ones, each made unique, because the same text twice is a duplicate."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from benchmarks.servers import ROOT

PAGE = "https://news.example/harbour/quay"


def good_texts() -> list[str]:
    """The demo's clearly good English comments that stand on their own."""
    rows: list[dict[str, Any]] = json.loads((ROOT / "seeds" / "comments.json").read_text(encoding="utf-8"))
    return [row["body"] for row in rows if row["kind"] == "good" and row["language"] == "en" and len(row["body"]) > 90]


def unique_texts() -> Iterator[str]:
    texts = good_texts()
    for number in count():
        yield f"{texts[number % len(texts)]}\n\nThis is what I noted down on page {number} of my diary."


def service_bodies(how_many: int, page: str = PAGE) -> list[str]:
    """Bodies for the service's POST."""
    return [
        json.dumps(
            {
                "url": page,
                "title": "The quay",
                "name": f"Reader {n % 40}",
                "email": f"r{n % 40}@example.org",
                "body": text,
            }
        )
        for n, text in zip(range(how_many), unique_texts(), strict=False)
    ]


def isso_bodies(how_many: int) -> list[str]:
    """The same comments by the same authors for Isso's POST."""
    return [
        json.dumps({"title": "The quay", "author": f"Reader {n % 40}", "email": f"r{n % 40}@example.org", "text": text})
        for n, text in zip(range(how_many), unique_texts(), strict=False)
    ]
