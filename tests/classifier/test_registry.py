"""Which artifact is in use changes at once for everybody, and back."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from classifier import ArtifactError, load
from classifier.artifact import manifest_bytes
from classifier.pipeline import SHIPPED
from classifier.registry import HISTORY, POINTER, Pointer, Registry


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "registry")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The shipped weights under another name: an artifact of its own."""
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "other"))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest | {"name": "other"}))
    return folder


def test_nothing_is_in_use_before_the_first_promotion(registry: Registry) -> None:
    assert (registry.pointer(), registry.current(), registry.versions()) == (Pointer(), None, [])
    with pytest.raises(ArtifactError, match="no earlier"):
        registry.rollback()


def test_the_first_promotion_can_be_rolled_back_to_the_model_beneath(registry: Registry) -> None:
    version = registry.add(SHIPPED)
    registry.promote(version)
    assert registry.rollback() == Pointer(None, version)
    assert registry.current() is None
    assert registry.rollback() == Pointer(version, None)


def test_a_trial_runs_beside_and_ends_with_its_promotion(registry: Registry, other: Path) -> None:
    first, second = registry.add(SHIPPED), registry.add(other)
    registry.promote(first)
    with pytest.raises(ArtifactError, match="in use already"):
        registry.try_beside(first)
    assert registry.try_beside(second) == Pointer(first, None, second)
    assert registry.try_beside(None) == Pointer(first, None)
    registry.try_beside(second)
    assert registry.promote(second) == Pointer(second, first)


def test_every_step_is_kept_with_who_and_why(registry: Registry, tmp_path: Path) -> None:
    version = registry.add(SHIPPED, by="ada", why="first try")
    registry.promote(version, by="ada", why="it passed")
    registry.rollback(by="bob")
    with (tmp_path / "registry" / HISTORY).open("a") as file:
        file.write('{"at": "2026-')  # the machine lost its power here
    registry.promote(version, by="cy")
    told = [(step.did, step.version, step.by, step.why) for step in registry.history()]
    assert told == [
        ("add", version, "ada", "first try"),
        ("promote", version, "ada", "it passed"),
        ("rollback", "", "bob", ""),
        ("promote", version, "cy", ""),
    ]


def test_the_stamp_changes_with_the_pointer_only(registry: Registry) -> None:
    empty = registry.stamp()
    version = registry.add(SHIPPED)
    assert registry.stamp() == empty
    registry.promote(version)
    promoted = registry.stamp()
    assert promoted != empty
    registry.rollback()
    assert registry.stamp() not in (empty, promoted)


def test_promotion_and_rollback_swap_current_and_previous(registry: Registry, other: Path) -> None:
    first, second = registry.add(SHIPPED), registry.add(other)
    assert registry.promote(first) == Pointer(first, None)
    assert registry.promote(second) == Pointer(second, first)
    assert registry.promote(second) == Pointer(second, first)
    assert registry.rollback() == Pointer(first, second)
    assert registry.rollback() == Pointer(second, first)
    current = registry.current()
    assert current is not None
    assert load(current).digest.startswith(second)
    assert sorted(registry.versions()) == sorted([first, second])


def test_adding_twice_keeps_one(registry: Registry) -> None:
    assert registry.add(SHIPPED) == registry.add(SHIPPED)
    assert len(registry.versions()) == 1


def test_a_damaged_artifact_is_neither_added_nor_promoted(registry: Registry, other: Path) -> None:
    version = registry.add(SHIPPED)
    (other / "signals.npy").write_bytes(b"")
    with pytest.raises(ArtifactError):
        registry.add(other)
    (registry.path(version) / "signals.npy").write_bytes(b"")
    with pytest.raises(ArtifactError):
        registry.promote(version)
    assert registry.pointer() == Pointer()


def test_an_unknown_version_is_an_error_that_names_it(registry: Registry) -> None:
    for version in ("deadbeef", "../..", ""):
        with pytest.raises(ArtifactError, match="no artifact"):
            registry.promote(version)


def test_a_damaged_pointer_is_told_and_mended_by_promoting(registry: Registry, tmp_path: Path) -> None:
    version = registry.add(SHIPPED)
    (tmp_path / "registry" / POINTER).write_text("{")
    with pytest.raises(ArtifactError, match="damaged"):
        registry.pointer()
    assert registry.promote(version) == Pointer(version, None)


def test_readers_never_see_half_a_pointer(registry: Registry, other: Path) -> None:
    versions = [registry.add(SHIPPED), registry.add(other)]
    registry.promote(versions[0])
    seen: list[Pointer] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(registry.pointer())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for turn in range(20):
        registry.promote(versions[(turn + 1) % 2])
    done.set()
    watcher.join()
    allowed = {Pointer(versions[0], None), Pointer(versions[0], versions[1]), Pointer(versions[1], versions[0])}
    assert set(seen) <= allowed
    assert len(seen) > 0


def test_two_writers_at_once_lose_no_promotion(registry: Registry, other: Path) -> None:
    versions = [registry.add(SHIPPED), registry.add(other)]
    threads = [threading.Thread(target=registry.promote, args=(version,)) for version in versions * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pointer = registry.pointer()
    assert {pointer.current, pointer.previous} == set(versions)
