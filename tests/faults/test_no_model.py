"""C5: without a model comments are taken in and held, visibly; never approved, never lost."""

import shutil
from pathlib import Path

import requests

import classifier
from tests.faults.ledger import expect_each_decided_once
from tests.stacks.reader import Reader, post_many
from tests.stacks.stack import Stack
from tests.stacks.waiting import until

SHIPPED = Path(classifier.__file__).parent / "models" / "shipped"
STATUSES = "SELECT DISTINCT status, awaits FROM comments"


def _with_model_folder(stack: Stack) -> Path:
    """Let the stack use a copy of the shipped model, which a test may break."""
    folder = stack.data_dir / "models"
    shutil.copytree(SHIPPED, folder / "copy")
    stack.env["COMMENTS_MODEL_DIR"] = str(folder)
    return folder


def test_with_a_corrupted_model_comments_are_held_and_the_operator_is_told(on_sqlite: Stack) -> None:
    folder = _with_model_folder(on_sqlite)
    (folder / "copy" / "weights.npy").write_bytes(b"these are no weights")
    (folder / "current").write_text("copy")
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
