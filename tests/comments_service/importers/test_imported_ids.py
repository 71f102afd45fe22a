"""Comments that came with ids of another system are answered, voted for, reported and linked to like any other."""

from __future__ import annotations

import secrets
from pathlib import Path

import requests

from tests.comments_service.importers.files import as_file, comment, end, header, thread
from tests.stacks.reader import Reader
from tests.stacks.stack import Stack


def test_an_imported_comment_is_like_any_other(sqlite_stack: Stack, tmp_path: Path) -> None:
    mark = secrets.token_hex(4)
    url = f"https://news.example/imported-{mark}"
    lines = [header(), thread(url), comment(mark, thread=url)]
    file = tmp_path / "file.jsonl"
    file.write_bytes(as_file([*lines, end(lines)]))
    sqlite_stack.cli("import", "jsonl", str(file), "--site", "demo")
    reader = Reader(sqlite_stack.base_url)
    (shown,) = reader.shown(url)
    assert shown["id"] == f"c-{mark}"

    answer = reader.post(url=url, parent_id=shown["id"])
    assert (answer.status_code, answer.json()["comment"]["parent_id"]) == (202, shown["id"])
    here = f"{sqlite_stack.base_url}/api/v1/sites/demo/comments"
    assert requests.post(f"{here}/{shown['id']}/votes", json={"value": 1}, timeout=30).status_code == 204
    assert requests.post(f"{here}/{shown['id']}/reports", json={"reason": "other"}, timeout=30).status_code == 204
    page = requests.get(here, params={"url": url, "focus": shown["id"]}, timeout=30).json()
    assert [one["id"] for one in page["comments"]] == [shown["id"]]
