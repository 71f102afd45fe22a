"""A model file is believed only when every byte is what its manifest says; nothing in it is ever run."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from classifier import ArtifactError, Submission, load
from classifier.artifact import manifest_bytes, pack, read, write
from classifier.pipeline import SHIPPED


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "copy"))


def rewritten(folder: Path, **changes: object) -> None:
    """Change the manifest itself, as somebody with access to the folder could."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest | changes))


def test_the_digest_is_that_of_the_manifest() -> None:
    assert load().digest == hashlib.sha256((SHIPPED / "manifest.json").read_bytes()).hexdigest()


def test_a_copy_scores_the_same(copy: Path) -> None:
    submissions = [Submission("who pays for it?"), Submission("Buy cheap pills http://pills.example")]
    assert load(copy).predict(submissions) == load().predict(submissions)


@pytest.mark.parametrize("name", ["weights.npy", "signals.npy", "intercepts.npy"])
def test_one_changed_bit_is_refused(copy: Path, name: str) -> None:
    octets = bytearray((copy / name).read_bytes())
    octets[-1] ^= 1
    (copy / name).write_bytes(octets)
    with pytest.raises(ArtifactError, match=name):
        load(copy)


@pytest.mark.parametrize("name", ["manifest.json", "weights.npy"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ArtifactError, match=f"{name} is missing"):
        load(copy)


@pytest.mark.parametrize("name", ["manifest.json", "weights.npy"])
def test_a_half_written_file_is_refused(copy: Path, name: str) -> None:
    octets = (copy / name).read_bytes()
    (copy / name).write_bytes(octets[: len(octets) // 2])
    with pytest.raises(ArtifactError):
        load(copy)


def test_a_pickle_is_never_opened_even_with_a_right_hash(copy: Path, tmp_path: Path) -> None:
    witness = tmp_path / "it-ran"

    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (witness,)

    octets = pickle.dumps(Trap())
    (copy / "weights.npy").write_bytes(octets)
    files = json.loads((copy / "manifest.json").read_bytes())["files"]
    files["weights.npy"] = {"sha256": hashlib.sha256(octets).hexdigest(), "bytes": len(octets)}
    rewritten(copy, files=files)
    with pytest.raises(ArtifactError, match="not an array"):
        load(copy)
    assert not witness.exists()


def test_a_manifest_cannot_reach_outside_its_folder(copy: Path) -> None:
    rewritten(copy, files={"../../secret.npy": {"sha256": "0", "bytes": 1}})
    with pytest.raises(ArtifactError, match="outside"):
        load(copy)


@pytest.mark.parametrize(
    "changes",
    [{"format": 99}, {"labels": ["spam"]}, {"labels": 3}, {"files": []}, {"calibration": {}},
     {"features": {"version": 0}},
     {"calibration": {"spam": {"logits": [1, 0], "calibrated": [0, 1]}}}],
)  # fmt: skip
def test_a_garbled_manifest_is_one_line_for_people(copy: Path, changes: dict[str, object]) -> None:
    rewritten(copy, **changes)
    with pytest.raises(ArtifactError) as refused:
        load(copy)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("octets", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(copy: Path, octets: bytes) -> None:
    (copy / "manifest.json").write_bytes(octets)
    with pytest.raises(ArtifactError):
        load(copy)


def test_a_packed_artifact_loads_and_packing_is_repeatable(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert pack(SHIPPED, one) == pack(SHIPPED, two) == load(one).digest
    assert one.read_bytes() == two.read_bytes()


def test_a_zip_that_is_none_and_a_path_that_is_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK nonsense")
    for path in (tmp_path / "no.zip", tmp_path / "nowhere"):
        with pytest.raises(ArtifactError):
            load(path)


def test_writing_is_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "new"
    digest = write(target, {"name": "n"}, {"a": np.arange(3)})
    assert read(target).digest == digest
    with pytest.raises(ArtifactError, match="exists"):
        write(target, {"name": "n"}, {"a": np.arange(4)})
    with pytest.raises(ValueError, match="pickle"):
        write(tmp_path / "bad", {"name": "n"}, {"a": np.array([object()], dtype=object)})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new"]


def test_the_shipped_model_fits_into_twelve_mebibytes() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 12 << 20
