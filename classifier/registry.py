"""A folder of artifacts and one pointer that says which is in use, which was before, and which is on trial.

Here: adding, promoting, rolling back, trying beside the one in use, listing, and who did so and why. The pointer is a
small JSON file that is replaced by an atomic rename, so that a reader sees the old state or the new one, never a
mixture. Not here: whether a candidate deserves promotion.

    registry/
      pointer.json            {"current": VERSION, "previous": VERSION or null, "shadow": VERSION or null}
      history.jsonl           one line for each step: when, by whom, what was done to which version, and why
      artifacts/VERSION/      manifest.json and arrays; VERSION is the beginning of the manifest's digest

Where `current` is null, the model that lies beneath is in use: the installation's, or the one that ships.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from classifier.artifact import ArtifactError, read, sync_folder

POINTER = "pointer.json"
HISTORY = "history.jsonl"
_DIGITS = 16  # of the digest, enough to tell a site's artifacts apart


@dataclass(frozen=True, slots=True)
class Pointer:
    current: str | None = None
    previous: str | None = None
    shadow: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history. `did` is add, promote, rollback, shadow or shadow-off; `version` "" means none."""

    at: str  # ISO 8601, UTC
    did: str
    version: str
    by: str = ""
    why: str = ""


class Registry:
    """All artifacts of one installation, or of one of its sites. Any number of processes may read while one writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._artifacts = folder / "artifacts"

    def add(self, source: Path, *, by: str = "", why: str = "") -> str:
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
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            if not target.exists():  # else another process added the same in the meantime
                raise
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(self._artifacts)
        with self._alone():
            self._note("add", version, by, why)
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
        """What is in use. Before the first promotion all fields are None."""
        try:
            plain = json.loads((self._folder / POINTER).read_text(encoding="utf-8"))
            return Pointer(plain["current"], plain["previous"], plain.get("shadow"))
        except FileNotFoundError:
            return Pointer()
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ArtifactError(f"{self._folder / POINTER} is damaged; promote an artifact to mend it") from None

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the pointer does; costs one look at the file's entry, so that it can be asked often."""
        try:
            found = (self._folder / POINTER).stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def current(self) -> Path | None:
        """The artifact in use, or None where it is the one beneath."""
        version = self.pointer().current
        return self.path(version) if version else None

    def history(self) -> list[Step]:
        """Every step, oldest first. A line that was cut short by a power failure is left out."""
        try:
            lines = (self._folder / HISTORY).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [step for line in lines if (step := _step(line))]

    def promote(self, version: str, *, by: str = "", why: str = "") -> Pointer:
        """Put a verified artifact into use; what was in use becomes the previous one, and its trial ends."""
        with self._alone():
            read(self.path(version))
            before = self._readable_pointer()
            if before.current == version:
                return before
            shadow = None if before.shadow == version else before.shadow
            return self._point(Pointer(version, before.current, shadow), "promote", version, by, why)

    def rollback(self, *, by: str = "", why: str = "") -> Pointer:
        """Put back into use what was before, which may be the model beneath; twice returns to where one was."""
        with self._alone():
            before = self.pointer()
            if before.current is None and before.previous is None:
                raise ArtifactError("there is no earlier artifact to go back to: none was promoted yet")
            if before.previous is not None:
                read(self.path(before.previous))
            after = Pointer(before.previous, before.current, before.shadow)
            return self._point(after, "rollback", after.current or "", by, why)

    def try_beside(self, version: str | None, *, by: str = "", why: str = "") -> Pointer:
        """Let a verified artifact run in the shadow of the one in use; None ends the trial."""
        with self._alone():
            if version is not None:
                read(self.path(version))
            before = self.pointer()
            if version is not None and version == before.current:
                raise ArtifactError(f"{version} is in use already; a trial needs another version")
            after = Pointer(before.current, before.previous, version)
            return self._point(after, "shadow" if version else "shadow-off", version or "", by, why)

    def _readable_pointer(self) -> Pointer:
        try:
            return self.pointer()
        except ArtifactError:
            return Pointer()

    def _point(self, pointer: Pointer, did: str, version: str, by: str, why: str) -> Pointer:
        handle, part = tempfile.mkstemp(prefix=".pointer.", dir=self._folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(pointer), file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o644)  # a worker that runs as another user reads it too
        os.replace(part, self._folder / POINTER)
        sync_folder(self._folder)
        self._note(did, version, by, why)
        return pointer

    def _note(self, did: str, version: str, by: str, why: str) -> None:
        step = Step(datetime.now(UTC).isoformat(timespec="seconds"), did, version, by, why)
        line = json.dumps(asdict(step), ensure_ascii=False).encode() + b"\n"
        with (self._folder / HISTORY).open("ab+") as file:
            if file.tell() and not _ends_a_line(file):
                line = b"\n" + line  # or what a power failure cut short would take this line with it
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time: two promotions at once would otherwise lose the true previous artifact."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _ends_a_line(file: IO[bytes]) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _step(line: str) -> Step | None:
    try:
        return Step(**json.loads(line))
    except (ValueError, TypeError):
        return None
