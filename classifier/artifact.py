"""A model as a directory of plain data: manifest.json, and arrays as .npy. It is read, never run.

Here: writing, sealing (SHA-256 of each file in the manifest), verifying, reading; the same from one zip file.
Not here: which artifact is in use (`registry`), how a score is computed (`pipeline`), training.

Arrays are loaded with `allow_pickle=False`: a pickle in a model file is a program of whoever wrote the file.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_FILE = 64 << 20  # bytes; a model that is larger than this is not one of ours


class ArtifactError(Exception):
    """The artifact is missing, half-written, tampered with, or made for another version. One line, for people."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A verified artifact in memory. `digest` is the SHA-256 of the manifest, which vouches for every other file."""

    manifest: dict[str, Any]
    digest: str
    arrays: dict[str, NDArray[Any]]


def write(folder: Path, manifest: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> str:
    """Write an artifact so that it appears complete or not at all; return its digest. `folder` must not exist."""
    if folder.exists():
        raise ArtifactError(f"{folder} exists already; choose another folder or remove it")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        files = {name: _seal(part, f"{name}.npy", _npy(array)) for name, array in sorted(arrays.items())}
        sealed = {
            "format": FORMAT,
            **manifest,
            "files": {f"{name}.npy": seal for name, seal in files.items()},
        }
        octets = manifest_bytes(sealed)
        _seal(part, MANIFEST, octets)
        part.chmod(0o755)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(folder.parent)
    return hashlib.sha256(octets).hexdigest()


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The one spelling of a manifest: the digest depends on it."""
    return (json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read(path: Path) -> Artifact:
    """Read and verify an artifact, a folder or a packed zip file. Raises `ArtifactError`, never runs anything."""
    octets = read_bytes(path, MANIFEST)
    manifest = _parsed(path, octets)
    arrays = {name.removesuffix(".npy"): _array(path, name, seal) for name, seal in manifest["files"].items()}
    return Artifact(manifest, hashlib.sha256(octets).hexdigest(), arrays)


def pack(folder: Path, target: Path) -> str:
    """Put a verified artifact into one zip file, byte-equal for equal artifacts; return the artifact's digest."""
    artifact = read(folder)
    part = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in (MANIFEST, *sorted(artifact.manifest["files"])):
            packed.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), read_bytes(folder, name), zipfile.ZIP_DEFLATED
            )
    os.replace(part, target)
    return artifact.digest


def read_bytes(path: Path, name: str) -> bytes:
    """One file of an artifact."""
    if Path(name).name != name:
        raise ArtifactError(f"{path}: the manifest names a file outside the artifact")
    try:
        if path.is_dir():
            return _bounded(path / name)
        return _unpacked(path, name)
    except FileNotFoundError:
        raise ArtifactError(f"{path} is not a complete artifact: {name} is missing") from None
    except OSError as error:
        raise ArtifactError(f"{path}: {name} cannot be read: {error.strerror or error}") from None


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bounded(file: Path) -> bytes:
    if file.stat().st_size > LARGEST_FILE:
        raise ArtifactError(f"{file} is larger than {LARGEST_FILE >> 20} MiB; that is no model file")
    return file.read_bytes()


def _unpacked(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo(name).file_size > LARGEST_FILE:
                raise ArtifactError(f"{path}: {name} is larger than {LARGEST_FILE >> 20} MiB")
            return packed.read(name)
    except KeyError:
        raise FileNotFoundError(name) from None
    # `zipfile` says so of a packing method it does not know, and of a file that wants a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ArtifactError(f"{path} is neither an artifact folder nor a packed artifact: {error}") from None


def _parsed(path: Path, octets: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(octets)
    except (ValueError, RecursionError):
        raise ArtifactError(f"{path}: {MANIFEST} is not JSON") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ArtifactError(f"{path}: {MANIFEST} does not list the artifact's files")
    if manifest.get("format") != FORMAT:
        raise ArtifactError(f"{path} has format {manifest.get('format')!r}; this version reads format {FORMAT}")
    return manifest


def _array(path: Path, name: str, seal: object) -> NDArray[Any]:
    octets = read_bytes(path, name)
    expected = seal.get("sha256") if isinstance(seal, dict) else None
    if hashlib.sha256(octets).hexdigest() != expected:
        raise ArtifactError(f"{path}: {name} is not the file that the manifest describes (SHA-256 differs)")
    try:
        array: NDArray[Any] = np.load(io.BytesIO(octets), allow_pickle=False)
    except (ValueError, EOFError, OSError):
        raise ArtifactError(f"{path}: {name} is not an array") from None
    return array


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _seal(folder: Path, name: str, octets: bytes) -> dict[str, Any]:
    with (folder / name).open("wb") as file:
        file.write(octets)
        file.flush()
        os.fsync(file.fileno())
    return {"sha256": hashlib.sha256(octets).hexdigest(), "bytes": len(octets)}
