"""What becomes of an export file that is imported?"""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from comments_service.storage.tables import Address, Comment, Decision, Moderator, OutboxRow, Revision, Thread
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import (
    FIRST,
    SECOND,
    Lines,
    as_file,
    comment,
    end,
    header,
    step,
    thread,
    whole_site,
)


def imported(installation: Installation, content: bytes, *options: str) -> dict[str, Any]:
    """The report of an import of `content` from standard input."""
    done = installation.command("import", "jsonl", "-", "--site", "demo", "--json", *options, typed=content)
    assert done.returncode in (0, 1), done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode == 1) == (report["left_out"] > 0)
    return report


def exported(installation: Installation, *options: str) -> bytes:
    done = installation.command("export", "--site", "demo", *options)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def by_id(installation: Installation) -> dict[str, Comment]:
    with installation.runtime.reading() as session:
        return {row.public_id: row for row in session.scalars(select(Comment))}


def counted(installation: Installation, table: Any) -> int:
    with installation.runtime.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_export_of_an_import_is_the_same_bytes(installation: Installation, tmp_path: Path) -> None:
    installation.add_site()
    file = tmp_path / "site.jsonl"
    file.write_bytes(as_file(whole_site()))
    done = installation.process("import", "jsonl", str(file), "--site", "demo")
    assert done.returncode == 0, done.stderr.decode()
    assert exported(installation).decode().splitlines() == file.read_text().splitlines()


def test_a_file_of_the_version_before_is_read(installation: Installation) -> None:
    installation.add_site()
    lines = [header(version=1), thread(), comment("one")]
    assert imported(installation, as_file([*lines, end(lines)]))["changed"] == 0
    assert json.loads(exported(installation).splitlines()[0])["version"] == 2


def test_addresses_travel_between_installations_with_other_keys(
    installation: Installation, other_installation: Installation
) -> None:
    verified = {"email": "ada@example.com", "email_verified_at": "2026-03-01T00:00:00.000000Z"}
    lines = [
        header(addresses=True),
        thread(),
        comment("one", **verified, notify=True),
        comment("two", email="grace@example.com"),
        comment("three", **verified),
    ]
    content = as_file([*lines, end(lines)])
    for place in (installation, other_installation):
        place.add_site()
        assert imported(place, content)["changed"] == 0
        assert exported(place, "--with-addresses") == content
        with place.runtime.reading() as session:
            sealed = session.scalars(select(Address.sealed)).all()
        assert sorted(place.runtime.vault.open(one) for one in sealed) == ["ada@example.com", "grace@example.com"]
    assert b"@" not in exported(installation)


def test_importing_again_adds_nothing(installation: Installation) -> None:
    installation.add_site()
    content = as_file(whole_site())
    first = imported(installation, content)
    assert (first["threads"], first["comments"]) == ({"new": 2, "known": 0}, {"new": 7, "known": 0, "to_check": 1})
    tables = (Thread, Comment, Decision, Revision, OutboxRow, Moderator)
    before = [counted(installation, table) for table in tables]
    again = imported(installation, content)
    assert (again["threads"], again["comments"]) == ({"new": 0, "known": 2}, {"new": 0, "known": 7, "to_check": 0})
    assert [counted(installation, table) for table in tables] == before


def test_a_dry_run_changes_nothing_and_says_what_the_run_then_says(installation: Installation) -> None:
    installation.add_site()
    lines = whole_site()
    lines[3:3] = [comment("lost", parent="nobody"), comment("twice"), comment("twice")]
    content = as_file([*lines[:-1], end(lines[:-1])])
    rehearsed = imported(installation, content, "--dry-run")
    assert counted(installation, Thread) == counted(installation, Comment) == counted(installation, OutboxRow) == 0
    real = imported(installation, content)
    assert {**rehearsed, "dry_run": False} == real
    assert real["comments"] == {"new": 8, "known": 1, "to_check": 1}


def test_what_readers_see_is_counted(installation: Installation) -> None:
    installation.add_site()
    imported(installation, as_file(whole_site()))
    stored = by_id(installation)
    assert {name: (row.shown, row.approved_descendants) for name, row in stored.items()} == {
        "c-edited": (True, 1),
        "c-answer": (True, 1),
        "c-below": (True, 0),
        "c-beside": (False, 0),
        "c-waiting": (False, 0),
        "c-held": (False, 0),
        "c-junk": (False, 0),
    }
    assert (stored["c-below"].depth, stored["c-below"].root_id) == (2, stored["c-edited"].id)
    assert stored["c-below"].ancestors == f"{stored['c-edited'].id}.{stored['c-answer'].id}"
    assert stored["c-edited"].rank > 0
    with installation.runtime.reading() as session:
        threads = {row.url: row for row in session.scalars(select(Thread))}
    assert (threads[FIRST].count, threads[FIRST].open) == (2, True)
    assert (threads[SECOND].count, threads[SECOND].open) == (0, False)
    assert threads[FIRST].version > 1


def test_counts_add_up_over_batches_and_imports(installation: Installation) -> None:
    installation.add_site()
    first = [header(), thread(), comment("root"), *(comment(f"r{n}", parent="root") for n in range(250))]
    imported(installation, as_file([*first, end(first)]))
    second = [header(), thread(), comment("late", parent="r0"), comment("later", parent="late")]
    report = imported(installation, as_file([*second, end(second)]))
    assert report["comments"]["new"] == 2
    stored = by_id(installation)
    assert stored["c-root"].approved_descendants == 252
    assert stored["c-r0"].approved_descendants == 2
    with installation.runtime.reading() as session:
        assert session.scalar(select(Thread.count)) == 253


def test_only_what_no_one_judged_goes_to_the_machine(installation: Installation) -> None:
    installation.add_site()
    published = [step("system", "publish", "pending", "approved")]
    opened_again = [
        step("moderator", "reject", "pending", "rejected", moderator="vera"),
        step("moderator", "undo", "rejected", "pending", moderator="vera", undo_of=0),
    ]
    lines = [
        header(),
        thread(),
        comment("new", status="pending"),
        comment("held", status="pending", decisions=[step("machine", "hold", "pending", "pending")]),
        comment("human", status="pending", decisions=opened_again),
        comment("edited", status="pending", revision=2, decisions=[step("machine", "hold", "pending", "pending")]),
        comment("published", decisions=published),
        comment("approved"),
        comment("junk", status="spam"),
    ]
    assert imported(installation, as_file([*lines, end(lines)]))["comments"]["to_check"] == 3
    stored = by_id(installation)
    assert {name: row.awaits for name, row in stored.items()} == {
        "c-new": "machine",
        "c-held": "human",
        "c-human": "human",
        "c-edited": "machine",
        "c-published": "machine",
        "c-approved": "nobody",
        "c-junk": "nobody",
    }
    with installation.runtime.reading() as session:
        promised = session.execute(select(OutboxRow.kind, OutboxRow.key)).all()
    due = {(stored[name].id, stored[name].revision) for name in ("c-new", "c-edited", "c-published")}
    assert {tuple(row) for row in promised} == {("judge", f"{comment_id}:{revision}") for comment_id, revision in due}


def test_every_text_goes_through_the_one_sanitiser(installation: Installation) -> None:
    installation.add_site()
    lines = [
        header(),
        thread(title="Ask editor@news.example <b>"),
        comment(
            "bad",
            source="<script>alert(1)</script> write to ada@example.com [x](javascript:alert(1))",
            name="Ada \u202eada@example.com",
            website="javascript:alert(1)",
            email="not an address",
        ),
    ]
    report = imported(installation, as_file([*lines, end(lines)]))
    assert report["left_out"] == 0
    assert report["reasons"] == {
        "name: made fit to be shown": 1,
        "website: left off (scheme)": 1,
        "email: left off (syntax)": 1,
    }
    (row,) = by_id(installation).values()
    assert "<script" not in row.html
    assert "href=" not in row.html
    assert "ada@example.com" not in row.html + row.name
    assert "\u202e" not in row.name
    assert (row.website, row.address_id) == ("", None)
    with installation.runtime.reading() as session:
        assert "@" not in (session.scalar(select(Thread.title)) or "")


def test_those_who_decided_elsewhere_are_names_that_nobody_can_log_in_with(installation: Installation) -> None:
    installation.add_site()
    imported(installation, as_file(whole_site()))
    with installation.runtime.reading() as session:
        made = session.scalars(select(Moderator).order_by(Moderator.login)).all()
    assert [(row.login, row.disabled, row.role) for row in made] == [
        ("otto", True, "viewer"),
        ("vera", True, "viewer"),
    ]


def broken(**fields: Any) -> Lines:
    return [header(), thread(), comment("x") | fields]


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (broken(id="no spaces"), "id: use letters"),
        (broken(status="approvd"), "status: "),
        (broken(created_at="yesterday"), "created_at: "),
        (broken(created_at="2026-03-01T00:00:00"), "created_at: "),
        (broken(source="x" * 10_001), "source: String should have at most 10000"),
        (broken(source="  "), "source: a comment that is not deleted needs its text"),
        (broken(source="a\x00b"), "source: holds a NUL"),
        (broken(colour="red"), "colour: Extra inputs"),
        (broken(up=-1), "up: "),
        (broken(parent="c-nobody"), "parent: the comment that it hangs below"),
        (broken(thread="https://news.example/other"), "thread: neither the file"),
        (broken(thread="javascript:alert(1)"), "thread: A URL must start with"),
        (broken(decisions=[step("machine", "hold", "pending", "pending")] * 2), "decisions of the machine: 1 stands"),
        (broken(decisions=[step("moderator", "undo", "spam", "pending", undo_of=0)]), "decisions.0.undo_of"),
        (broken(scores=[{"revision": 1, "model": "m", "scores": {"spam": 2.0}, "created_at": "x"}]), "scores.0."),
        ([header(), thread(), header()], "a second header"),
        ([header(), thread(url="nowhere")], "url: "),
        ([header(), thread(), {"kind": "vote"}], "Input tag 'vote'"),
    ],
)
def test_a_bad_row_is_left_out_with_its_reason(installation: Installation, lines: Lines, reason: str) -> None:
    installation.add_site()
    good = [lines[0], thread(SECOND), comment("good", thread=SECOND), *lines[1:]]
    last = {"kind": "end", "threads": 1, "comments": len(good) - 2}
    report = imported(installation, as_file([*good, last]))
    (remark,) = report["remarks"]
    assert reason in remark["reason"]
    assert remark["line"] == len(good)
    assert list(by_id(installation)) == ["c-good"]


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: [*lines[:-2], lines[-1]], "should hold 2 threads and 7 comments but has 8 lines"),
        (lambda lines: [*lines[:-1], b"{" * 100_000, lines[-1]], "Invalid JSON"),
        (lambda lines: [*lines[:-1], b'"\xff"', lines[-1]], "Invalid JSON"),
        (lambda lines: [*lines[:-1], b'{"kind":"comment","source":"\\ud800"}', lines[-1]], "Invalid JSON"),
        (lambda lines: [*lines[:-1], b"x" * 9_000_000, lines[-1]], "longer than 8 MiB"),
        (lambda lines: [*lines, lines[-2]], "after the line that ends the file"),
    ],
)
def test_a_damaged_file_is_not_taken_for_a_whole_one(installation: Installation, spoil: Any, reason: str) -> None:
    installation.add_site()
    lines = as_file(whole_site()).splitlines()
    report = imported(installation, b"\n".join(spoil(lines)))
    assert any(reason in remark["reason"] for remark in report["remarks"])
    assert report["comments"]["new"] >= 6


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no header"),
        (b"<rss></rss>", "no header"),
        (as_file([thread()]), "it is a row"),
        (as_file([header(format="other")]), 'reads "comments-service"'),
        (as_file([header(version=3)]), "update the service"),
    ],
)
def test_another_kind_of_file_is_refused_in_one_line(installation: Installation, content: bytes, told: str) -> None:
    installation.add_site()
    done = installation.command("import", "jsonl", "-", "--site", "demo", typed=content)
    assert done.returncode == 1
    assert told in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_an_id_of_another_site_is_left_alone(installation: Installation) -> None:
    installation.add_site("demo")
    installation.add_site("second")
    imported(installation, as_file(whole_site()))
    done = installation.command("import", "jsonl", "-", "--site", "second", typed=as_file(whole_site()))
    assert done.returncode == 1
    assert b"another site of this installation" in done.stderr
    assert counted(installation, Comment) == 7
    missing = installation.command("import", "jsonl", "-", "--site", "thrid", typed=as_file(whole_site()))
    assert b"there is no site 'thrid'" in missing.stderr
