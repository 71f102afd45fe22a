"""The models that were made here, for whoever looks after them: listed, told about, put into use, tried, asked.

One store is one registry, a site's or the installation's. Which model scores live comments is `live_model`'s work.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier import ArtifactError, Model, load
from classifier.artifact import read
from classifier.registry import Pointer, Registry, Step
from comments_service.scoring.live_model import scored_by
from comments_service.scoring.places import models_of
from comments_service.scoring.protocol import Scored, Text
from comments_service.scoring.watched import CANARY

ModelError = ArtifactError

_BATCH = 256

IN_USE, PREVIOUS, ON_TRIAL = "in use", "previous", "on trial"


@dataclass(frozen=True, slots=True)
class Version:
    """One artifact. `passed` is the gate's verdict, None where it never stood before it; `failed` names its rows.

    `state` is in use, previous, on trial or empty; `made_at` ISO 8601; `decisions` how many it was fitted to, 0 for a
    model that was trained from corpora. `damage` says what is wrong where it cannot be read; all else is then empty.
    """

    version: str
    digest: str
    state: str
    kind: str
    base: str
    made_at: str
    decisions: int
    passed: bool | None
    failed: tuple[str, ...]
    damage: str = ""


class GateError(Exception):
    """A candidate that the gate stopped was to be put into use. The message says which rows stopped it."""


class Store:
    """The models of `site`, or of the installation for None. Raises ModelError with one line for people."""

    def __init__(self, models_dir: Path, site: str | None) -> None:
        self._models_dir, self._site = models_dir, site
        self._registry = Registry(models_of(models_dir, site))

    def pointer(self) -> Pointer:
        return self._registry.pointer()

    def history(self) -> list[Step]:
        """Who did what and why, oldest first."""
        return self._registry.history()

    def versions(self) -> list[Version]:
        """All that are kept, oldest first."""
        pointer = self.pointer()
        return [self._version(version, pointer) for version in self._registry.versions()]

    def find(self, beginning: str) -> str:
        """The one version that begins so, as people type the first characters of a digest."""
        found = [version for version in self._registry.versions() if version.startswith(beginning) and beginning]
        if len(found) == 1:
            return found[0]
        what = f"{beginning!r} could be any of {', '.join(found)}" if found else f"there is no version {beginning!r}"
        raise ModelError(f"VERSION: {what}; `comments-service classifier list{self._option}` shows all")

    def version(self, version: str) -> Version:
        return self._version(version, self.pointer())

    def manifest(self, version: str) -> dict[str, Any]:
        """Everything that is written about a version."""
        return read(self._registry.path(version)).manifest

    def add(self, source: Path, *, by: str, why: str) -> str:
        """Copy an artifact in; its version."""
        return self._registry.add(source, by=by, why=why)

    def base_path(self) -> Path | None:
        """The installation's model, which corrections are put on; None for the one that ships."""
        return Registry(self._models_dir).current()

    def current_path(self) -> Path | None:
        """The site's model in use; None where it is the installation's."""
        return self._registry.current() if self._site else None

    def promote(self, version: str, *, by: str, why: str, despite_gate: bool = False) -> Pointer:
        """Put a version into use, if it can score here and the gate let it pass. Raises GateError, ModelError."""
        found = self.version(version)
        if found.passed is False and not despite_gate:
            raise GateError(f"{version} did not pass the gate ({'; '.join(self.stopped_by(version))})")
        self.model(version)
        return self._registry.promote(version, by=by, why=why)

    def rollback(self, *, by: str, why: str) -> Pointer:
        """Put back what was in use before, which may be the model beneath."""
        return self._registry.rollback(by=by, why=why)

    def try_beside(self, version: str | None, *, by: str, why: str) -> Pointer:
        """Let a version score beside the one in use, if it can score here; None ends the trial."""
        if version is not None:
            self.model(version)
        return self._registry.try_beside(version, by=by, why=why)

    def stopped_by(self, version: str) -> list[str]:
        """The sentences of the gate's rows that a version failed."""
        rows = self.manifest(version).get("gate", {}).get("rows", [])
        return [str(row["sentence"]) for row in rows if row["verdict"] == "fail"]

    def model(self, version: str | None) -> Model:
        """A version, loaded and tried; None is what scores the site now (its own, or the installation's)."""
        base_path = self.base_path()
        base = load(base_path) if self._site else None
        path = self._registry.path(version) if version else self.current_path() or base_path
        model = base if base is not None and path == base_path else load(path, base=base)
        model.predict([CANARY])
        return model

    def score(self, version: str | None, texts: Sequence[Text]) -> Iterator[Scored]:
        """What a version says of texts, in their order, batch by batch; None as in `model`."""
        model = self.model(version)
        for begin in range(0, len(texts), _BATCH):
            yield from scored_by(model, texts[begin : begin + _BATCH])

    @property
    def _option(self) -> str:
        return f" --site {self._site}" if self._site else ""

    def _version(self, version: str, pointer: Pointer) -> Version:
        states = {pointer.shadow: ON_TRIAL, pointer.previous: PREVIOUS, pointer.current: IN_USE}
        state = states.get(version, "")
        try:
            artifact = read(self._registry.path(version))
        except ArtifactError as error:
            return Version(version, "", state, "", "", "", 0, None, (), damage=str(error))
        manifest = artifact.manifest
        gate = manifest.get("gate", {})
        return Version(
            version=version,
            digest=artifact.digest,
            state=state,
            kind=str(manifest.get("kind", "model")),
            base=str(manifest.get("base", "")),
            made_at=str(manifest.get("fitted_at", "")),
            decisions=int(manifest.get("examples", {}).get("decisions", 0)) if "gate" in manifest else 0,
            passed=gate.get("passed"),
            failed=tuple(str(row["metric"]) for row in gate.get("rows", []) if row["verdict"] == "fail"),
        )
