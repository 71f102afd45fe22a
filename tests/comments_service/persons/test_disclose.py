"""Does a person get everything that is kept of them, and nothing of anybody else?"""

import json
import stat
from pathlib import Path

from tests.comments_service.persons.officer import (
    ADDRESS,
    CLAIM,
    EARLIER,
    NAME,
    NOTE,
    REPORT,
    TEXT,
    WAITING,
    Officer,
    leave_traces,
)
from tests.comments_service.web.newsroom import ARTICLE


def test_everything_is_there_with_all_revisions_and_reasons(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    ids = leave_traces(newsroom)
    newsroom.decide(ids["gone"], "reject")
    found = any_officer.privacy("export")
    assert [one["email"] for one in found["addresses"]] == [ADDRESS]
    by_id = {one["id"]: one for one in found["comments"]}
    assert set(by_id) == {ids["stub"], ids["gone"], ids["waits"]}
    stub, gone, waits = (by_id[ids[name]] for name in ("stub", "gone", "waits"))
    assert [one["text"] for one in stub["revisions"]] == [EARLIER, TEXT]
    assert (stub["name"], stub["page"], stub["status"], waits["text"]) == (NAME, ARTICLE, "approved", WAITING)
    assert [one["note"] for one in stub["decisions"] if one["note"]] == [NOTE]
    assert [one["by"] for one in stub["decisions"]][:2] == ["machine", "author"]
    rejected = gone["decisions"][-1]
    assert (rejected["reason"], rejected["reason_in_words"]) == ("insult", "It insults or attacks people.")
    assert gone["model_scores"][0]["scores"]["spam"] == 0.01
    assert [one["note"] for one in gone["reports_received"]] == [REPORT]
    assert {one["check"] for one in gone["checks"]} >= {"model", "links"}
    assert [(one["page"], one["confirmed_at"]) for one in found["follows"]] == [(ARTICLE, None)]
    assert [one["explanation"] for one in found["notices_given"]] == [CLAIM]
    assert [one["what"] for one in found["mails"]] == ["receipt"]


def test_nothing_of_others_is_told(officer: Officer) -> None:
    newsroom = officer.newsroom
    ids = leave_traces(newsroom)
    newsroom.approved(email="otto.other@leaky.example", body="Otto writes of walruses.")
    text = json.dumps(officer.privacy("export"))
    assert [word for word in ("otto", "walruses", "desk", ids["reply"]) if word in text] == []
    others = newsroom.run_sql("SELECT reporter_digest FROM reports UNION SELECT voter_digest FROM votes")
    assert [row[0] for row in others if row[0] in text] == []


def test_after_the_erasure_nothing_is_kept(any_officer: Officer) -> None:
    leave_traces(any_officer.newsroom)
    any_officer.erase()
    found = any_officer.privacy("export")
    lists = ("addresses", "comments", "follows", "notices_given", "mails", "bans")
    assert {name: found[name] for name in lists} == {name: [] for name in lists}


def test_the_file_is_whole_and_its_owners_alone(officer: Officer, tmp_path: Path) -> None:
    leave_traces(officer.newsroom)
    out = tmp_path / "petra.json"
    told = officer.privacy("export", "--out", str(out))
    assert (told["comments"], told["follows"], told["bytes"]) == (3, 1, out.stat().st_size)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert len(json.loads(out.read_text())["comments"]) == 3


def test_a_ban_is_told_and_outlives_the_erasure(officer: Officer) -> None:
    newsroom = officer.newsroom
    newsroom.approved(email=ADDRESS)
    index = newsroom.runtime.vault.blind_index(ADDRESS)
    newsroom.run_sql(
        "INSERT INTO bans (site_id, kind, pattern, created_at) VALUES (1, 'address', :pattern, 0)", pattern=index
    )
    assert [one["site"] for one in officer.privacy("export")["bans"]] == ["news"]
    assert any("ban of the address" in one["what"] for one in officer.erase()["stays"])
    assert newsroom.run_sql("SELECT count(*) FROM bans") == [(1,)]
