"""A folder of artifacts and one pointer that says which is in use and which was before.

Here: adding, promoting, rolling back, listing. The pointer is a small JSON file that is replaced by an atomic rename,
so that a reader sees the old state or the new one, never a mixture. Not here: whether a candidate deserves promotion.

    registry/
      pointer.json            {"current": VERSION, "previous": VERSION or null}
      artifacts/VERSION/      manifest.json and arrays; VERSION is the beginning of the manifest's digest
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifier.artifact import ArtifactError, read, sync_folder

POINTER = "pointer.json"
_DIGITS = 16  # of the digest, enough to tell a site's artifacts apart


@dataclass(frozen=True, slots=True)
class Pointer:
    current: str | None = None
    previous: str | None = None


class Registry:
    """All artifacts of one installation. Any number of processes may read while one writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._artifacts = folder / "artifacts"

    def add(self, source: Path) -> str:
        """Copy a verified artifact in and return its version; adding the same again changes nothing."""
        version = read(source).digest[:_DIGITS]
        target = self._artifacts / version
        if target.exists():
            return version
        self._artifacts.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{version}.", dir=self._artifacts))
        try:
            shutil.copytree(source, part, dirs_exist_ok=True)
            read(part)
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(self._artifacts)
        return version

    def versions(self) -> list[str]:
        """Every artifact that is kept, oldest first."""
        if not self._artifacts.is_dir():
            return []
        found = [p for p in self._artifacts.iterdir() if not p.name.startswith(".")]
        return [p.name for p in sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name))]

    def path(self, version: str) -> Path:
        """Where an artifact lies. Raises `ArtifactError` for a version that is not kept here."""
        if version not in self.versions():
            raise ArtifactError(f"there is no artifact {version} in {self._folder}; list shows what there is")
        return self._artifacts / version

    def pointer(self) -> Pointer:
        """What is in use. Before the first promotion both fields are None."""
        try:
            plain = json.loads((self._folder / POINTER).read_text(encoding="utf-8"))
            return Pointer(plain["current"], plain["previous"])
        except FileNotFoundError:
            return Pointer()
        except (ValueError, KeyError, TypeError):
            raise ArtifactError(f"{self._folder / POINTER} is damaged; promote an artifact to mend it") from None

    def current(self) -> Path | None:
        """The artifact in use, or None before the first promotion."""
        version = self.pointer().current
        return self.path(version) if version else None

    def promote(self, version: str) -> Pointer:
        """Put a verified artifact into use; what was in use becomes the previous one."""
        with self._alone():
            read(self.path(version))
            before = self._readable_pointer()
            if before.current == version:
                return before
            return self._point(Pointer(version, before.current))

    def rollback(self) -> Pointer:
        """Put the previous artifact back into use; rolling back twice returns to where one was."""
        with self._alone():
            before = self.pointer()
            if before.previous is None:
                raise ArtifactError("there is no earlier artifact to go back to")
            read(self.path(before.previous))
            return self._point(Pointer(before.previous, before.current))

    def _readable_pointer(self) -> Pointer:
        try:
            return self.pointer()
        except ArtifactError:
            return Pointer()

    def _point(self, pointer: Pointer) -> Pointer:
        handle, part = tempfile.mkstemp(prefix=".pointer.", dir=self._folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"current": pointer.current, "previous": pointer.previous}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, self._folder / POINTER)
        sync_folder(self._folder)
        return pointer

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: two promotions at once would otherwise lose the true previous artifact."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
