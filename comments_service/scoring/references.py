"""What a site's scores and words were like when a model was made, kept beside its artifact for comparing later."""

import json
from pathlib import Path

from comments_service.scoring.drift import Reference, as_json, from_json
from comments_service.scoring.places import models_of


def keep_reference(models_dir: Path, site: str, version: str, reference: Reference) -> None:
    """Keep the reference of a version of the site's models."""
    path = _path(models_dir, site, version)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(as_json(reference)), encoding="utf-8")
    part.replace(path)


def kept_reference(models_dir: Path, site: str, version: str) -> Reference | None:
    """The reference of a version, or None where none was kept, or none that can be read."""
    try:
        return from_json(json.loads(_path(models_dir, site, version).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(models_dir: Path, site: str, version: str) -> Path:
    return models_of(models_dir, site) / "references" / f"{version}.json"
