"""comment-classifier inspect: what an artifact is, after checking that it is whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from classifier.cli.model_option import loaded
from classifier.pipeline import SHIPPED


@click.command()
@click.argument("artifact", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole manifest with the digest.")
def inspect(artifact: Path | None, as_json: bool) -> None:
    """Verify ARTIFACT (the model that ships where it is not given) and say what it was made from."""
    model = loaded(artifact)
    if as_json:
        click.echo(json.dumps({"digest": model.digest, **model.manifest}, ensure_ascii=False))
        return
    size = sum(file["bytes"] for file in model.manifest["files"].values())
    click.echo(f"artifact   {artifact or SHIPPED}")
    click.echo(f"digest     {model.digest}")
    click.echo(f"recipe     {model.manifest['name']}, features version {model.manifest['features']['version']}")
    click.echo(f"size       {size / 2**20:.1f} MiB, {model.buckets} weights a label")
    click.echo(f"labels     {', '.join(model.labels)}")
    for source in model.manifest["data"]:
        click.echo(_line(source))


def _line(source: dict[str, Any]) -> str:
    return f"data       {source['source']:<26} {source['rows']:>6} rows  {source['licence']}"
