"""Which models may have learned from comments that were erased since. They hold weights, and no text."""

from datetime import datetime
from pathlib import Path

from comments_service.scoring.store import IN_USE, ON_TRIAL, Store


def learned_before(models_dir: Path, site: str, moment: datetime) -> list[str]:
    """Versions of a site's own models that are in use or on trial and were fitted before `moment`.

    Raises ModelError where the site's pointer is damaged.
    """
    return [
        found.version
        for found in Store(models_dir, site).versions()
        if found.state in {IN_USE, ON_TRIAL} and found.made_at and datetime.fromisoformat(found.made_at) <= moment
    ]
