"""C5, C7: what cannot be judged is parked, seen by a person, and delays nobody."""

import json
from datetime import UTC, datetime

from comments_service.outbox.enqueue import enqueue
from comments_service.runtime import open_runtime
from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader, post_many
from tests.stacks.stack import Stack
from tests.stacks.waiting import until


def _parked(stack: Stack) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(stack.cli("outbox", "list", "--json").stdout)["parked"]
    return found


def test_a_row_that_nobody_can_work_on_is_parked_and_shown(broken: Stack) -> None:
    runtime = open_runtime(broken.settings)
    with runtime.transaction() as session:
        enqueue(session, "judge", "no comment at all", {}, datetime.now(UTC))
    broken.start("web", "worker", "relay")
    broken.wait_ready()
    posted = post_many(broken.base_url, 20)
    expect_each_decided_once(broken, posted)
    until(lambda: _parked(broken), "the poison is parked", 60)
    (shown,) = _parked(broken)
    assert (shown["key"], shown["tries"]) == ("no comment at all", 3)
    assert "ValueError" in shown["error"]
    doctor = broken.cli("doctor", "--only", "parked work", check=False)
    assert doctor.returncode == 1
    assert "outbox retry" in doctor.stdout


def test_a_comment_that_cannot_be_judged_is_held_for_a_person_with_the_reason(on_sqlite: Stack) -> None:
    on_sqlite.cli(
        "site",
        "add",
        "torn",
        "--name",
        "Torn",
        "--origin",
        "https://torn.example",
        "--set",
        "form_token_required=false",
    )
    on_sqlite.start("web")
    on_sqlite.wait_serving()
    posted = Reader(on_sqlite.base_url, "torn").post(url="https://torn.example/a").json()
    others = post_many(on_sqlite.base_url, 5)
    # As an older release finds it after a newer one has written settings that it cannot read.
    on_sqlite.write("""UPDATE sites SET settings = '{"max_links": "none"}' WHERE key = 'torn'""")
    on_sqlite.start("worker", "relay")
    held = "SELECT status, awaits FROM comments WHERE public_id = :id"
    until(
        lambda: on_sqlite.rows(held, id=posted["id"])[0] == ("pending", "human"), "the comment waits for a person", 60
    )
    evidence = "SELECT weight, detail FROM evidence JOIN comments c ON c.id = comment_id WHERE c.public_id = :id"
    weights = dict(tuple(row) for row in on_sqlite.rows(evidence, id=posted["id"]))
    assert "ValidationError" in weights["failed"]
    assert len(_parked(on_sqlite)) == 1
    expect_each_decided_once(on_sqlite, others)
