"""comment-classifier train and evaluate. The training package is imported inside: it needs scikit-learn and pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classifier.cli.model_option import loaded, model_option

if TYPE_CHECKING:
    from classifier.training.recipes import Recipe
    from classifier.training.train import Extra

data_option = click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the Parquet files.",
)


@contextmanager
def needing_training() -> Iterator[None]:
    """One line in place of a traceback where a library or the data are missing. Surrounds what imports the training."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is not installed; install the extra: training") from None
    except Exception as error:
        if type(error).__name__ in ("DataError", "ArtifactError"):
            raise click.ClickException(str(error)) from None
        raise


@click.command()
@data_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The artifact folder to be made.")
@click.option("--recipe", default="shipped", show_default=True, help="Which data and settings: shipped, or all.")
@click.option(
    "--jigsaw",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the official files of Jigsaw 2018, for training with them as well.",
)
@click.option(
    "--civil",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The CSV file of Civil Comments, for training with it as well.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def train(data: Path, out: Path, recipe: str, jigsaw: Path | None, civil: Path | None, as_json: bool) -> None:
    """Train a model. The same data and recipe give the same weights; takes a quarter of an hour on one core."""
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.recipes import RECIPES  # noqa: PLC0415
        from classifier.training.train import train as run  # noqa: PLC0415

        if recipe not in RECIPES:
            raise click.ClickException(f"there is no recipe {recipe!r}; there are: {', '.join(RECIPES)}")
        with steps() as say:
            digest = run(data, out, RECIPES[recipe], say, _extra(jigsaw, civil, RECIPES[recipe]))
    click.echo(json.dumps({"artifact": str(out), "digest": digest}) if as_json else f"{out}  {digest}")


def _extra(jigsaw: Path | None, civil: Path | None, recipe: Recipe) -> Extra:
    """The corpora that a user has and this project does not, with their facts for the card."""
    from classifier.training.loaders import CIVIL, JIGSAW, read_civil, read_jigsaw  # noqa: PLC0415

    extra = []
    if jigsaw is not None:
        extra.append((JIGSAW, read_jigsaw(jigsaw, recipe.rows_at_most, recipe.seed)))
    if civil is not None:
        extra.append((CIVIL, read_civil(civil, recipe.rows_at_most, recipe.seed)))
    return extra


@click.command()
@data_option
@click.option("--card", type=click.Path(path_type=Path, dir_okay=False), help="Write the model's card there.")
@click.option(
    "--quick", is_flag=True, help="Without the trainings that leave a source out, which take most of the time."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@model_option
def evaluate(data: Path, card: Path | None, quick: bool, as_json: bool, model_path: Path | None) -> None:
    """Measure a model: every figure of its card, from the artifact and the labelled data; optionally write the card."""
    model = loaded(model_path)
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.card import card_of  # noqa: PLC0415
        from classifier.training.evaluate import evaluate as run  # noqa: PLC0415

        with steps() as say:
            figures = run(model, data, not quick, say)
        text = card_of(model.manifest, model.digest, figures)
    if card:
        card.write_text(text, encoding="utf-8")
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else text)
