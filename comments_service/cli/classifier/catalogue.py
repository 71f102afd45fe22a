"""`classifier list` and `classifier show`: which models were made here, what is known of each, who used it and why."""

from dataclasses import asdict
from typing import Any

import click

from comments_service.cli.classifier.gate_table import print_gate
from comments_service.cli.classifier.opened import Opened, any_site_option, opened, plain_errors
from comments_service.cli.output import json_option, print_json, print_table
from comments_service.scoring.store import Version


@click.command("list")
@any_site_option
@json_option
def list_versions(site_key: str | None, as_json: bool) -> None:
    """List the models that were made, with the gate's verdict and which is in use."""
    here = opened(site_key)
    with plain_errors():
        found, pointer = here.store.versions(), here.store.pointer()
    if as_json:
        print_json({"site": site_key, **asdict(pointer), "versions": [asdict(version) for version in found]})
        return
    if found:
        print_table(["version", "state", "gate", "decisions", "made"], [_cells(version) for version in found])
    for version in found:
        if version.failed:
            click.echo(f"{version.version} was stopped by: {', '.join(version.failed)}")
    if pointer.current is None:
        click.echo(f"In use: {beneath(here)}.")
    if not found:
        click.echo(f"No model was made here yet; `comments-service classifier retrain{here.option or ' --site KEY'}`.")


@click.command()
@click.argument("version")
@any_site_option
@json_option
def show(version: str, site_key: str | None, as_json: bool) -> None:
    """Tell everything about VERSION (or the beginning of it): what it was made of, the gate's table, its history."""
    here = opened(site_key)
    with plain_errors():
        name = here.store.find(version)
        found = here.store.version(name)
        manifest = here.store.manifest(name) if not found.damage else {}
        steps = [asdict(step) for step in here.store.history() if step.version == name]
    if as_json:
        print_json({**asdict(found), "manifest": manifest, "history": steps})
        return
    _tell(found, manifest)
    for step in steps:
        why = f": {step['why']}" if step["why"] else ""
        click.echo(f"{step['at']}  {step['did']} by {step['by'] or 'unknown'}{why}")


def beneath(here: Opened) -> str:
    """What scores a site that has no model of its own in use."""
    return "the installation's model" if here.site else "the model that ships"


def verdict(version: Version) -> str:
    """The gate's verdict in a word or two, or that the version is damaged."""
    if version.damage:
        return "damaged"
    return {None: "not judged", True: "passed", False: "failed"}[version.passed]


def _cells(version: Version) -> list[Any]:
    return [version.version, version.state, verdict(version), version.decisions or "", version.made_at[:16]]


def _tell(version: Version, manifest: dict[str, Any]) -> None:
    click.echo(f"version    {version.version}{f' ({version.state})' if version.state else ''}")
    if version.damage:
        click.echo(f"damaged    {version.damage}")
        return
    click.echo(f"digest     {version.digest}")
    if version.base:
        click.echo(f"corrects   {version.base}")
    click.echo(f"made       {version.made_at or 'unknown'}")
    if version.decisions:
        examples = manifest["examples"]
        click.echo(f"decisions  {version.decisions}, of which {examples['distinct']} differ from one another")
        for label, said in examples["labels"].items():
            if said["for"] + said["against"]:
                click.echo(f"           {label}: {said['for']} yes, {said['against']} no")
    click.echo(f"gate       {verdict(version)}")
    if "gate" in manifest:
        print_gate(manifest["gate"]["rows"])
