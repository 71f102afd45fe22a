"""comment-classifier inspect: what an artifact is, after checking that it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from classifier.cli.model_option import loaded
from classifier.pipeline import SHIPPED


@click.command()
@click.argument("artifact", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole manifest with the digest.")
def inspect(artifact: Path | None, as_json: bool) -> None:
    """Verify ARTIFACT (the model that ships where it is not given) and say what it was made from.

    Of a site's correction: its decisions and the gate's verdict.
    """
    model = loaded(artifact)
    manifest = model.manifest if model.correction is None else model.correction.manifest
    if as_json:
        click.echo(json.dumps({"digest": model.digest, **manifest}, ensure_ascii=False))
        return
    size = sum(file["bytes"] for file in manifest["files"].values())
    click.echo(f"artifact   {artifact or SHIPPED}")
    click.echo(f"digest     {model.digest}")
    click.echo(f"size       {size / 2**20:.1f} MiB, {manifest['features']['buckets']} weights a label")
    click.echo(f"labels     {', '.join(model.labels)}")
    for line in _of_a_base(manifest) if model.correction is None else _of_a_correction(manifest):
        click.echo(line)


def _of_a_base(manifest: dict[str, Any]) -> Iterator[str]:
    yield f"recipe     {manifest['name']}, features version {manifest['features']['version']}"
    for source in manifest["data"]:
        yield f"data       {source['source']:<26} {source['rows']:>6} rows  {source['licence']}"


def _of_a_correction(manifest: dict[str, Any]) -> Iterator[str]:
    decisions = manifest["examples"]
    yield f"corrects   {manifest['base']}"
    yield f"fitted     {manifest['fitted_at']} to {decisions['decisions']} decisions, {decisions['distinct']} distinct"
    for label, sides in decisions["labels"].items():
        if sides["for"] or sides["against"]:
            yield f"decisions  {label:<15} {sides['for']:>6} for {sides['against']:>6} against"
    gate = manifest["gate"]
    yield f"gate       {'passed' if gate['passed'] else 'failed'}, judged by {gate['held_out']} decisions"
    for row in gate["rows"]:
        if row["verdict"] == "fail":
            yield f"stopped    {row['metric']}: {row['sentence']}"
