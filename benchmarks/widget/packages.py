"""The clients of Waline, Artalk and Twikoo: their npm packages, pinned in rivals.json, kept in build/widgets.

npm is asked once for each version; what came is compared with the pinned digest before anything is read from it.
"""

import base64
import hashlib
import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import ROOT

KEPT = ROOT / "build" / "widgets"
LONGEST_S = 60


class NotToBeHad(Exception):
    """A package could not be fetched, or is not what was pinned. The message says which and why."""


@dataclass(frozen=True, slots=True)
class Client:
    """`files`, within the package, are what its documentation tells people to put on a page."""

    name: str
    package: str
    version: str
    integrity: str
    files: tuple[str, ...]

    def read(self) -> dict[str, bytes]:
        """Its files by name. Raises `NotToBeHad`."""
        with tarfile.open(_archive(self)) as packed:
            members = {file: packed.extractfile(f"package/{file}") for file in self.files}
            return {Path(file).name: member.read() for file, member in members.items() if member}


def clients() -> list[Client]:
    """All that are pinned."""
    pinned = json.loads(Path(__file__).with_name("rivals.json").read_text(encoding="utf-8"))
    return [Client(name, **{**facts, "files": tuple(facts["files"])}) for name, facts in pinned.items()]


def _archive(client: Client) -> Path:
    name = f"{client.package.removeprefix('@').replace('/', '-')}-{client.version}.tgz"
    archive = KEPT / name
    if not archive.exists():
        _fetch(client)
    kind, _, digest = client.integrity.partition("-")
    if hashlib.new(kind, archive.read_bytes()).digest() != base64.b64decode(digest):
        archive.unlink()
        raise NotToBeHad(f"{client.package} {client.version} is not what was pinned; deleted")
    return archive


def _fetch(client: Client) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    options = ["--silent", "--fetch-retries=0", f"--pack-destination={KEPT}"]  # npm alone would try for minutes
    command = ["npm", "pack", *options, f"{client.package}@{client.version}"]
    try:
        done = subprocess.run(command, cwd=KEPT, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotToBeHad(f"{client.package}: npm cannot be used here ({type(error).__name__})") from error
    if done.returncode != 0:
        raise NotToBeHad(f"{client.package}: npm could not fetch it")
