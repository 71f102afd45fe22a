"""What leaves the service in an export, and what does not?"""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from comments_service.moderation.decide import decide
from comments_service.storage.tables import Address, Comment, Revision
from tests.comments_service.exporters.installations import Installation
from tests.comments_service.importers.files import as_file, comment, end, header, thread, whole_site

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

# Every column of a comment either leaves by a field of the export, can be worked out again, or has its reason here.
EXPORTED_AS = {
    "public_id": "id",
    "thread_id": "thread",
    "parent_id": "parent",
    "in_reply_to_id": "in_reply_to",
    "reports": "report_count",
    "address_id": "email",
    **{name: name for name in ["status", "created_at", "edited_at", "decided_at", "revision", "avatar", "up", "down"]},
    **{name: name for name in ["name", "website", "badge", "language", "source", "notify"]},
}
NOT_EXPORTED = {
    "id": "an installation's own number",
    "site_id": "stands in the header",
    "root_id": "follows from parent",
    "ancestors": "follows from parent",
    "depth": "follows from parent",
    "html": "rendered again by whoever shows it",
    "html_version": "belongs to html",
    "text_digest": "follows from source",
    "awaits": "follows from status and decisions",
    "shown": "follows from the statuses below",
    "approved_descendants": "follows from the statuses below",
    "arrival": "counts for pages that are open now",
    "group_id": "found again from the text when it is judged",
    "wave_id": "a wave is over when an export is read",
    "uncertainty": "follows from the scores",
    "thread_published": "a place in the queue, as it was when the comment was judged",
    "look_at": "a place in the queue, which follows from the scores",
    "rank": "follows from the votes",
    "network_digest": "a function of an IP address",
}


def filled(installation: Installation) -> None:
    installation.add_site()
    lines = [
        header(addresses=True),
        thread(),
        comment("one", email="ada@example.com", notify=True, source="One secret sentence."),
        comment("two", parent="one", email="grace@example.com"),
        comment("wait", status="pending", source="To be decided."),
    ]
    done = installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file([*lines, end(lines)]))
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()


def test_every_column_of_a_comment_is_accounted_for() -> None:
    assert set(Comment.__table__.columns.keys()) == EXPORTED_AS.keys() | NOT_EXPORTED.keys()


def test_the_fields_that_stand_for_columns_are_there(installation: Installation) -> None:
    installation.add_site()
    lines = whole_site()
    lines[3] |= {"email": "ada@example.com", "notify": True}
    installation.command("import", "jsonl", "-", "--site", "demo", typed=as_file(lines))
    printed = installation.command("export", "--site", "demo", "--with-addresses").stdout.decode()
    fields = {field for line in printed.splitlines() for field in json.loads(line)}
    assert set(EXPORTED_AS.values()) <= fields


def test_without_the_flag_no_address_and_nothing_made_of_one_leaves(installation: Installation) -> None:
    filled(installation)
    with installation.runtime.transaction() as session:
        for number, row in enumerate(session.scalars(select(Comment))):
            row.network_digest = f"{number:064x}"
    done = installation.process("export", "--site", "demo")
    assert done.returncode == 0, done.stderr.decode()
    with installation.runtime.reading() as session:
        kept = session.execute(select(Address.blind_index, Address.sealed)).all()
    secrets = [b"example.com", b"@", b"notify", b"000000000000"] + [row[0].encode() for row in kept]
    assert [secret for secret in secrets if secret in done.stdout] == []
    assert [row for row in kept if row[1] in done.stdout] == []
    assert b"in the clear" not in done.stderr


def test_addresses_leave_only_on_demand_and_with_a_warning(installation: Installation) -> None:
    filled(installation)
    done = installation.command("export", "--site", "demo", "--with-addresses")
    assert done.stdout.count(b'"email"') == 2
    assert b"in the clear" in done.stderr


def test_a_deleted_comment_leaves_as_a_stone(installation: Installation) -> None:
    filled(installation)
    with installation.runtime.transaction() as session:
        one = session.scalars(select(Comment).where(Comment.public_id == "c-one")).one()
        decide(session, one.id, actor="author", action="delete", now=NOW)
    printed = installation.command("export", "--site", "demo", "--with-addresses").stdout
    assert b"secret" not in printed
    assert b"ada@" not in printed
    line = next(json.loads(line) for line in printed.splitlines() if b'"id":"c-one"' in line)
    assert line["status"] == "deleted"
    assert [(step["actor"], step["action"]) for step in line["decisions"]] == [("author", "delete")]


def test_decisions_made_here_come_back_elsewhere_byte_by_byte(
    installation: Installation, other_installation: Installation
) -> None:
    filled(installation)
    with installation.runtime.transaction() as session:
        wait = session.scalars(select(Comment).where(Comment.public_id == "c-wait")).one()
        decide(session, wait.id, actor="machine", action="approve", now=NOW, model="m", scores={"spam": 0.1})
    with installation.runtime.transaction() as session:
        decide(session, wait.id, actor="author", action="edit", now=NOW, revision=1)
        wait = session.get_one(Comment, wait.id)
        wait.source, wait.revision, wait.edited_at = "Said better.", 2, NOW
        session.add(
            Revision(
                comment_id=wait.id,
                revision=2,
                name=wait.name,
                website="",
                source="Said better.",
                written_by="author",
                created_at=NOW,
            )
        )
    first = installation.command("export", "--site", "demo", "--with-addresses").stdout
    other_installation.add_site()
    done = other_installation.command("import", "jsonl", "-", "--site", "demo", typed=first)
    assert done.returncode == 0, done.stderr.decode()
    second = other_installation.command("export", "--site", "demo", "--with-addresses").stdout
    assert second.decode().splitlines() == first.decode().splitlines()
    assert b"To be decided." in second


def test_the_file_appears_whole_or_not_at_all(installation: Installation, tmp_path: Path) -> None:
    filled(installation)
    out = tmp_path / "out" / "site.jsonl"
    out.parent.mkdir()
    done = installation.command("export", "--site", "demo", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == {"file": str(out), "lines": 6, "bytes": out.stat().st_size}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    whole = out.read_bytes()

    failed = installation.command("export", "--site", "demmo", "--out", str(out))
    assert failed.returncode == 1
    assert "did you mean demo?" in failed.stderr.decode()
    assert out.read_bytes() == whole
    assert [path.name for path in out.parent.iterdir()] == ["site.jsonl"]


def test_a_mistake_is_one_line(installation: Installation, tmp_path: Path) -> None:
    filled(installation)
    nowhere = installation.command("export", "--site", "demo", "--out", str(tmp_path / "no" / "site.jsonl"))
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr.decode()
    both = installation.command("export", "--site", "demo", "--training", "--with-addresses")
    assert both.returncode == 2
    assert "--training never holds addresses" in both.stderr.decode()
