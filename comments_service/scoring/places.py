"""Where models lie: the installation's registry in one folder, and each site's below it."""

from pathlib import Path


def models_of(models_dir: Path, site: str | None) -> Path:
    """The folder of a site's registry; of the installation's for None. Site keys are a-z, 0-9 and hyphens."""
    return models_dir if site is None else models_dir / "sites" / site
