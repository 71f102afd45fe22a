"""comment-classifier explain: one comment, every label, and the pieces that pushed each score."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from classifier.cli.model_option import loaded, model_option
from classifier.prediction import Prediction, Submission


@click.command()
@click.argument("text", required=False)
@click.option("--name", default="", help="The author's name.")
@click.option("--website", default="", help="The author's website.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@model_option
def explain(text: str | None, name: str, website: str, as_json: bool, model_path: Path | None) -> None:
    """Explain the scores of TEXT (or of standard input): what pushed each up (+) and down (-), in logits."""
    read = sys.stdin.read() if text is None else text
    prediction = loaded(model_path).explain(Submission(read, name, website))
    if as_json:
        click.echo(json.dumps(prediction.as_json(), ensure_ascii=False))
        return
    click.echo(f"language: {prediction.language}")
    for label in prediction.scores:
        _show(label, prediction, read)


def _show(label: str, prediction: Prediction, text: str) -> None:
    click.echo(f"{label:<16} {prediction.scores[label]:.3f}")
    for reason in prediction.reasons:
        if reason.label == label:
            piece = f"[{reason.signal}]" if reason.signal else repr(text[reason.begin : reason.end])
            click.echo(f"    {reason.weight:+.2f}  {piece}")
