"""`comments-service rule …`, as an operator types it."""

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from comments_service.cli import main
from tests.comments_service.moderation.stage import Stage


def _run(folder: Path, *words: str) -> Result:
    settings = {"COMMENTS_DATA_DIR": str(folder), "COMMENTS_SECRET_KEY": "k" * 40}
    return CliRunner().invoke(main, ["rule", *words], env=settings)


def test_a_rule_is_tried_added_listed_and_removed(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.comment("Our casino opens tonight.")
    assert "No rules" in _run(tmp_path, "list").stdout
    tried = _run(tmp_path, "add", "word", "casino*", "--site", "demo", "--dry-run", "--json")
    assert json.loads(tried.stdout)["caught"] == 1
    assert "No rules" in _run(tmp_path, "list").stdout
    added = json.loads(_run(tmp_path, "add", "word", "casino*", "--site", "demo", "--for", "week", "--json").stdout)
    again = json.loads(_run(tmp_path, "add", "word", "casino*", "--site", "demo", "--for", "week", "--json").stdout)
    assert (again["rule"], again["new"]) == (added["rule"], False)
    (listed,) = json.loads(_run(tmp_path, "list", "--json").stdout)
    assert (listed["pattern"], listed["action"], listed["by"]) == ("casino*", "spam", "")
    assert _run(tmp_path, "remove", str(added["rule"])).exit_code == 0
    assert _run(tmp_path, "remove", str(added["rule"])).exit_code == 1


def test_mistakes_get_one_line_with_the_remedy(tmp_path: Path) -> None:
    Stage(tmp_path)
    for words, told in (
        (("add", "word", "*", "--site", "demo"), "no letter or digit"),
        (("add", "domain", "casino", "--site", "demo"), "casino.example"),
        (("add", "word", "casino", "--site", "dmeo"), "no site"),
        (("try", "network", "192.0.2.0/33", "--site", "demo"), "192.0.2.0/24"),
    ):
        result = _run(tmp_path, *words)
        assert result.exit_code == 1
        assert told in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


def _import(folder: Path, form: str, lines: str, *options: str) -> Result:
    (folder / "list.txt").write_text(lines)
    return _run(folder, "import", form, str(folder / "list.txt"), "--site", "demo", "--name", "bad", *options)


def test_a_list_is_imported_replaced_and_removed_as_one(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.comment("See https://shop.pills.example/ now.")
    hosts = "# hosts\n127.0.0.1 localhost\n0.0.0.0 pills.example\n0.0.0.0 ads.example # x\n0.0.0.0 no_domain\n"
    tried = json.loads(_import(tmp_path, "hosts", hosts, "--dry-run", "--json").stdout)
    assert tried["caught"] == 1
    first = _import(tmp_path, "hosts", hosts, "--json")
    assert "line 5" in first.stderr
    told = json.loads(first.stdout)
    assert (told["added"], told["removed"], told["size"]) == (2, 0, 2)
    assert json.loads(_import(tmp_path, "hosts", hosts, "--json").stdout)["added"] == 0
    newer = json.loads(_import(tmp_path, "domains", "||pills.example^\nworse.example\n", "--json").stdout)
    assert (newer["added"], newer["removed"], newer["size"]) == (1, 1, 2)
    edith = stage.moderator("edith", "editor")
    page = edith.get("/moderation/rules").text
    assert "bad" in page
    assert "2 entries" in page
    change = max(re.findall(r'name="change" value="(\d+)"', page), key=int)
    edith.post("/moderation/rules/undo", "/moderation/rules", change=change)
    back = json.loads(_import(tmp_path, "hosts", hosts, "--json").stdout)
    assert (back["added"], back["removed"]) == (0, 0), "the former version is in force again"
    listed = re.findall(r'name="list" value="(\d+)"', edith.get("/moderation/rules").text)
    edith.post("/moderation/rules/remove", "/moderation/rules", list=listed[0])
    assert "2 entries" not in edith.get("/moderation/rules").text


def test_every_format_is_read_as_it_is_written(tmp_path: Path) -> None:
    Stage(tmp_path)
    for form, lines, added, left_out in (
        ("words", "casino*\n; note\ncheap pills\n*\n", 2, 1),
        ("wordpress", "casino\n192.0.2.7\nspam.example\nann@example.org\n\n", 3, 1),
        ("csv", "kind,pattern\nword,turnip\ndomain,x.example\nplanet,mars\nword\n", 2, 2),
    ):
        told = json.loads(_import(tmp_path, form, lines, "--json", "--name", form).stdout)
        assert (told["added"], len(told["left_out"])) == (added, left_out), form


def test_odd_files_are_told_and_no_error_of_ours(tmp_path: Path) -> None:
    Stage(tmp_path)
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe\x00casino\n" + b"x" * 5000 + b"\n\x00\n")
    result = _run(tmp_path, "import", "words", str(tmp_path / "odd.txt"), "--site", "demo", "--name", "odd", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["size"] == 0
    assert _import(tmp_path, "words", "casino\n", "--name", "").exit_code == 1
