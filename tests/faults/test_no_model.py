"""C5: without a model comments are taken in and held, visibly; never approved, never lost."""

from pathlib import Path

import requests

import classifier
from classifier.registry import Registry
from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader, post_many
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

SHIPPED = Path(classifier.__file__).parent / "models" / "shipped"
STATUSES = "SELECT DISTINCT status, awaits FROM comments"


def _corrupted_model(stack: Stack) -> None:
    """Promote a copy of the shipped model for the stack, and damage it afterwards, as a bad disk does."""
    folder = stack.data_dir / "models"
    registry = Registry(folder)
    version = registry.add(SHIPPED)
    registry.promote(version)
    (registry.path(version) / "weights.npy").write_bytes(b"these are no weights")
    stack.env["COMMENTS_MODEL_DIR"] = str(folder)


def test_with_a_corrupted_model_comments_are_held_and_the_operator_is_told(on_sqlite: Stack) -> None:
    _corrupted_model(on_sqlite)
    on_sqlite.start("web", "worker", "relay")
    on_sqlite.wait_serving()
    posted = post_many(on_sqlite.base_url, 10)
    expect_each_decided_once(on_sqlite, posted)
    assert [tuple(row) for row in on_sqlite.rows(STATUSES)] == [("pending", "human")]
    assert Reader(on_sqlite.base_url).shown() == []
    evidence = on_sqlite.rows("SELECT count(*) FROM evidence WHERE weight = 'failed'")
    assert evidence[0][0] == len(posted)
    until(lambda: _readiness(on_sqlite).get("model") == "a worker has none", "/readyz names the model", 30)
    doctor = on_sqlite.cli("doctor", "--only", "model", check=False)
    assert doctor.returncode == 1


def _readiness(stack: Stack) -> dict[str, str]:
    answer = requests.get(f"{stack.base_url}/readyz", timeout=5)
    assert answer.status_code in {200, 503}
    parts: dict[str, str] = answer.json()["parts"]
    return parts
