"""comment-classifier pack: an artifact as one file."""

from __future__ import annotations

from pathlib import Path

import click

from classifier import artifact as artifacts
from classifier.artifact import ArtifactError


@click.command()
@click.argument("artifact", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def pack(artifact: Path, file: Path) -> None:
    """Verify ARTIFACT and write it to FILE (zip), which --model reads as well. Equal artifacts give equal files."""
    try:
        digest = artifacts.pack(artifact, file)
    except (ArtifactError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{file}  {digest}")
