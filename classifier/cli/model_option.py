"""The option --model, and turning the classifier's errors into one line for people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from classifier.artifact import ArtifactError
from classifier.pipeline import Model, load

model_option: Callable[[Any], Any] = click.option(
    "--model",
    "model_path",
    type=click.Path(path_type=Path),
    default=None,
    help="An artifact folder or a packed artifact; the model that ships where this is not given.",
)


def loaded(path: Path | None) -> Model:
    """The model, or an error of one line and exit status 1."""
    try:
        return load(path)
    except ArtifactError as error:
        raise click.ClickException(str(error)) from None
