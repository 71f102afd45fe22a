"""comment-classifier train and evaluate. The training package is imported inside: it needs scikit-learn and pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from classifier.cli.model_option import loaded, model_option

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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def train(data: Path, out: Path, recipe: str, as_json: bool) -> None:
    """Train a model. The same data and recipe give the same weights; takes minutes on one core."""
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.recipes import RECIPES  # noqa: PLC0415
        from classifier.training.train import train as run  # noqa: PLC0415

        if recipe not in RECIPES:
            raise click.ClickException(f"there is no recipe {recipe!r}; there are: {', '.join(RECIPES)}")
        with steps() as say:
            digest = run(data, out, RECIPES[recipe], say)
    click.echo(json.dumps({"artifact": str(out), "digest": digest}) if as_json else f"{out}  {digest}")


@click.command()
@data_option
@click.option("--card", type=click.Path(path_type=Path, dir_okay=False), help="Write the model's card there.")
@click.option("--leave-out", is_flag=True, help="Also train once without each source and test on it (slow).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@model_option
def evaluate(data: Path, card: Path | None, leave_out: bool, as_json: bool, model_path: Path | None) -> None:
    """Measure a model on sources that it was not trained on, and on benign comments; optionally write its card."""
    model = loaded(model_path)
    with needing_training():
        from classifier.cli.steps import steps  # noqa: PLC0415
        from classifier.training.card import card_of  # noqa: PLC0415
        from classifier.training.evaluate import evaluate as run  # noqa: PLC0415

        with steps() as say:
            figures = run(model, data, leave_out, say)
        text = card_of(model.manifest, model.digest, figures)
    if card:
        card.write_text(text, encoding="utf-8")
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else text)
