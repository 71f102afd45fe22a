"""Does the outbox stay small without forgetting what matters?"""

from comments_service.outbox.clock import after
from comments_service.outbox.sweep import purge_done
from comments_service.runtime import Runtime
from comments_service.storage.tables import OutboxRow
from tests.comments_service.outbox.promises import fail, finish, promise, stored, take


def test_only_what_was_done_long_ago_goes(runtime: Runtime) -> None:
    promise(runtime, "old", "new", "parked", "open")
    rows = {row.key: row for row in take(runtime)}
    finish(runtime, rows["old"])
    finish(runtime, rows["new"])
    fail(runtime, rows["parked"], max_tries=1)
    with runtime.transaction() as session:
        session.query(OutboxRow).where(OutboxRow.key == "old").update({"done_at": after(-8 * 86_400)})
    with runtime.transaction() as session:
        assert purge_done(session) == 1
    assert [stored(runtime, key).key for key in ("new", "parked", "open")] == ["new", "parked", "open"]
    # Promised anew after it was forgotten, it is done anew; by then nobody repeats a promise of that age.
    promise(runtime, "old")
    assert [row.key for row in take(runtime)] == ["old"]
