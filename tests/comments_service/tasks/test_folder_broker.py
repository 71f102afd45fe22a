"""Does the folder ring, coalesce, and outlive what people do to folders?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from kombu import Connection

from comments_service.settings import load_settings
from comments_service.tasks.celery_app import celery_app, queue_of, ring
from comments_service.tasks.doorbell import CeleryDoorbell, broker_fault
from tests.stacks.waiting import until

QUEUE = queue_of("judge")


@pytest.fixture
def app(tmp_path: Path) -> Celery:
    return celery_app(load_settings(data_dir=tmp_path))


@pytest.fixture
def broker(app: Celery) -> Iterator[Connection]:
    with app.connection_for_read() as connection:
        yield connection


def _heard(broker: Connection) -> list[str]:
    """Take every bell that is in the folder; the kinds that were rung for."""
    kinds: list[str] = []
    with broker.SimpleQueue(QUEUE) as queue:
        while queue.qsize():
            message = queue.get(timeout=2)
            kinds.append(message.payload[0][0])
            message.ack()
    return kinds


def test_a_ring_is_heard_and_holds_nothing_but_the_kind(app: Celery, broker: Connection, tmp_path: Path) -> None:
    ring(app, "judge")
    (bell,) = (tmp_path / "broker").iterdir()
    assert bell.name == "comments.judge.bell"
    assert _heard(broker) == ["judge"]
    assert list((tmp_path / "broker").iterdir()) == []


def test_many_rings_that_nobody_heard_are_one(app: Celery, broker: Connection) -> None:
    for _ in range(50):
        ring(app, "judge")
    assert _heard(broker) == ["judge"]


def test_ringing_works_on_after_the_folder_was_removed(app: Celery, broker: Connection, tmp_path: Path) -> None:
    ring(app, "judge")
    shutil.rmtree(tmp_path / "broker")
    assert _heard(broker) == []
    ring(app, "judge")
    assert _heard(broker) == ["judge"]


@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\xfe", b"[]" * 1000, b"{}", b"[]", b"null"])
def test_rubbish_in_the_folder_harms_nobody(app: Celery, broker: Connection, tmp_path: Path, rubbish: bytes) -> None:
    ring(app, "judge")
    _heard(broker)
    (tmp_path / "broker" / "comments.judge.bell").write_bytes(rubbish)
    with broker.SimpleQueue(QUEUE) as queue, pytest.raises(queue.Empty):
        queue.get(timeout=0.2)
    ring(app, "judge")
    assert _heard(broker) == ["judge"]


def test_a_doorbell_rings_from_a_thread_of_its_own(app: Celery, tmp_path: Path) -> None:
    bell = CeleryDoorbell(app)
    bell.ring("judge")
    until((tmp_path / "broker" / "comments.judge.bell").exists, "the bell is in the folder", 10)
    assert bell.fault() is None


def test_what_is_wrong_with_the_broker_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "broker").write_text("a file where a folder should be")
    fault = broker_fault(load_settings(data_dir=tmp_path))
    assert fault is not None
    assert len(fault.splitlines()) == 1
    assert broker_fault(load_settings(data_dir=tmp_path / "other")) is None
