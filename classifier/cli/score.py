"""comment-classifier score: JSON lines in, a line of scores each out."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

import click

from classifier.cli.json_lines import submissions
from classifier.cli.model_option import loaded, model_option
from classifier.pipeline import Model
from classifier.prediction import Prediction, Submission

_BATCH = 64


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="A JSON line each, also where a terminal watches.")
@model_option
def score(file: Path | None, as_json: bool, model_path: Path | None) -> None:
    """Score the comments in FILE, or on standard input.

    Each line is an object {"text", "name"?, "website"?, "title"?, "parent"?}. On a terminal the answer is a short line
    for people; anywhere else, and with --json, it is a JSON line with scores, language, reasons and model.
    """
    model = loaded(model_path)
    plain = as_json or not sys.stdout.isatty()
    try:
        with file.open("rb") if file else nullcontext(sys.stdin.buffer) as stream:
            lines = _watched(stream, file)
            for submission, prediction in _scored(model, submissions(lines, str(file or "standard input"))):
                click.echo(_json(prediction) if plain else _short(submission, prediction))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _scored(model: Model, incoming: Iterable[Submission]) -> Iterator[tuple[Submission, Prediction]]:
    """Predictions in order, made in batches. What came before a wrong line is still answered."""
    rows = iter(incoming)
    while True:
        batch: list[Submission] = []
        try:
            batch.extend(itertools.islice(rows, _BATCH))
        except click.ClickException:
            yield from zip(batch, model.predict(batch), strict=True)
            raise
        if not batch:
            return
        yield from zip(batch, model.predict(batch), strict=True)


def _watched(stream: BinaryIO, file: Path | None) -> Iterable[bytes]:
    """The stream's lines, with a progress bar on standard error for a file while a terminal watches."""
    if file is None or not sys.stderr.isatty() or sys.stdout.isatty():
        return stream
    return _with_bar(stream, file.stat().st_size)


def _with_bar(stream: BinaryIO, size: int) -> Iterator[bytes]:
    from rich.console import Console  # noqa: PLC0415 - only where a terminal watches
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as progress:
        task: Any = progress.add_task("scoring", total=size)
        for line in stream:
            yield line
            progress.advance(task, len(line))


def _json(prediction: Prediction) -> str:
    return json.dumps(prediction.as_json(), ensure_ascii=False)


def _short(submission: Submission, prediction: Prediction) -> str:
    best = max(prediction.scores, key=lambda label: prediction.scores[label])
    begin = " ".join(submission.text.split())[:50]
    scores = f"spam {prediction.scores['spam']:.2f}  toxic {prediction.scores['toxic']:.2f}"
    return f"{scores}  {prediction.language:<7}  {best if prediction.scores[best] >= 0.5 else '-':<15}  {begin}"
