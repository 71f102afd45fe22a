"""Does the log come out whole, in order, narrowed as asked, and without anything that hurts whoever opens it?"""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, text

from comments_service.cli.program import main
from comments_service.moderation.moderators import credentials
from comments_service.storage.tables import RuleChange
from tests.comments_service.moderation.access_rows.answering import an_appeal
from tests.comments_service.moderation.stage import Stage, stage

__all__ = ["stage"]


class Busy(Stage):
    """A site on which a bit of everything has happened, and an editor of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        mona, nora, self.edna = self.moderator("mona"), self.moderator("nora"), self.moderator("edna", "editor")
        text = "A secret text by ann@leaky.example"
        comment = self.comment(body=text, reports=[("abuse", "ann@leaky.example did it")])
        note = "=1+1 ask bob@leaky.example"
        mona.post("/moderation/decisions", ids=comment, reject_reason="insult", note=note)
        reference = an_appeal(self, comment)
        nora.post(f"/moderation/appeals/{reference}", verdict="reverse", answer="Sorry.")
        nora.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Busy:
    return Busy(tmp_path_factory.mktemp("busy"))


def entries(answer: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.splitlines()]


def run(stage: Stage, *arguments: str) -> Any:
    settings = stage.runtime.settings
    environment = {"COMMENTS_DATA_DIR": str(settings.data_dir), "COMMENTS_SECRET_KEY": "k" * 40}
    return CliRunner().invoke(main, ["log", "export", *arguments], env=environment)


def test_the_log_tells_who_did_what_in_order(busy: Busy) -> None:
    answer = busy.edna.get("/moderation/log")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.jsonl"'
    found = entries(answer.text)
    assert [(one["kind"], one["action"], one["by"], one.get("name")) for one in found] == [
        ("decision", "hold", "machine", None),
        ("report", "report", "reader", None),
        ("decision", "reject", "moderator", "Mona"),
        ("appeal", "object", "author", None),
        ("decision", "approve", "moderator", "Nora"),
        ("appeal_step", "reversed", "moderator", "Nora"),
        ("decision", "undo", "moderator", "Nora"),
        ("appeal_step", "reopened", "moderator", "Nora"),
    ]
    assert found[6]["undoes"] == str(found[4]["id"])
    assert found[5]["reason"] == f"decision {found[4]['id']}"
    assert (found[2]["was"], found[2]["became"], found[2]["reason"]) == ("pending", "rejected", "insult")


def test_it_holds_no_address_and_no_text_of_a_reader(busy: Busy) -> None:
    answer = busy.edna.get("/moderation/log").text
    assert [word for word in ("leaky", "secret text", "quotes the mayor") if word in answer] == []


def test_no_spreadsheet_takes_a_note_for_a_formula(busy: Busy) -> None:
    answer = busy.edna.get("/moderation/log?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 8
    assert rows[2]["note"].startswith("'=1+1 ask")


def test_the_command_writes_the_same_and_narrows_it(busy: Busy, tmp_path: Path) -> None:
    out = tmp_path / "log.jsonl"
    told = run(busy, "--out", str(out), "--json", "--site", "demo")
    assert told.exit_code == 0, told.output
    assert json.loads(told.output) == {"file": str(out), "lines": 8, "bytes": out.stat().st_size}
    assert out.read_text() == busy.edna.get("/moderation/log").text
    today = busy.runtime.clock().date()
    assert run(busy, "--until", (today - timedelta(days=1)).isoformat()).output == ""
    assert len(entries(run(busy, "--since", today.isoformat(), "--until", today.isoformat()).output)) == 8


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["--site", "nowhere"], "nowhere"),
        (["--since", "soon"], "--since: 'soon' is not a day; write it as 2026-11-30"),
        (["--json"], "name it with --out FILE"),
        (["--out", "/no/such/folder/log.csv"], "choose another --out"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(stage: Stage, arguments: list[str], remedy: str) -> None:
    told = run(stage, *arguments)
    assert told.exit_code != 0
    assert remedy in told.output
    assert "Traceback" not in told.output


def test_a_long_log_is_walked_lot_by_lot(stage: Stage) -> None:
    comment = stage.comment(machine=None)
    columns = "comment_id, site_id, revision, action, from_status, to_status, actor, reason, note, created_at"
    row = "(SELECT id FROM comments), (SELECT site_id FROM comments), 1, 'hold', 'pending', 'pending', 'system', '', ''"
    stage.write(
        lambda session: [
            session.execute(text(f"INSERT INTO decisions ({columns}) VALUES ({row.rpartition(',')[0]}, '', {at})"))
            for at in range(1_700_000_000_000_000, 1_700_000_000_001_203)
        ]
    )
    found = entries(stage.moderator("edna", "editor").get("/moderation/log").text)
    assert [one["id"] for one in found] == sorted(one["id"] for one in found)
    assert len(found) == 1203
    assert {one["comment"] for one in found} == {comment}


def test_an_editor_of_another_site_gets_that_sites_log(busy: Busy) -> None:
    busy.add_site("other")
    assert busy.moderator("otto", "editor", "other").get("/moderation/log").text == ""


def test_a_change_of_a_sites_rules_is_told_with_what_it_was(stage: Stage) -> None:
    stage.account("mona")
    mona = stage.write(credentials, "mona")
    row = {"site_id": stage.site_ids["demo"], "moderator_id": mona.id, "created_at": stage.runtime.clock()}
    change = {"what": "setting", "subject": "premoderate", "was": False, "became": True, "note": ""}
    stage.write(lambda session: session.execute(insert(RuleChange).values(**row, **change)))
    (told,) = entries(stage.moderator("edna", "editor").get("/moderation/log").text)
    assert (told["kind"], told["action"], told["name"], told["reference"], told["was"], told["became"]) == (
        "rule_change",
        "change setting",
        "Mona",
        "premoderate",
        "false",
        "true",
    )
