"""The seeds are whole: every file that is named is there, and everything in them can be loaded."""

import json
from typing import Any

from tests.architecture.tracked_files import ROOT

SEEDS = ROOT / "seeds"
NEEDED = {"article", "key", "parent", "name", "email", "body", "minutes_ago", "kind", "status", "language"}


def _articles() -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads((SEEDS / "articles.json").read_text(encoding="utf-8"))
    return articles


def _comments() -> list[dict[str, Any]]:
    comments: list[dict[str, Any]] = json.loads((SEEDS / "comments.json").read_text(encoding="utf-8"))
    return comments


def test_every_article_has_its_text() -> None:
    missing = [one["slug"] for one in _articles() if not (SEEDS / "articles" / one["file"].split("/")[-1]).is_file()]
    assert missing == []


def test_every_comment_is_complete_and_stands_under_an_article() -> None:
    slugs = {one["slug"] for one in _articles()}
    assert [one["key"] for one in _comments() if not one.keys() >= NEEDED or one["article"] not in slugs] == []


def test_every_reply_follows_its_parent() -> None:
    seen: set[tuple[str, str]] = set()
    for comment in _comments():
        if comment["parent"] is not None:
            assert (comment["article"], comment["parent"]) in seen, comment["key"]
        seen.add((comment["article"], comment["key"]))


def test_the_starter_corpus_can_be_read() -> None:
    lines = (SEEDS / "starter_corpus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) > 20
    assert [row for row in rows if not row.get("text")] == []
