"""comment-classifier check: a model against the written tests: abilities, fairness, disguises, the frozen set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from classifier.cli.model_option import loaded, model_option


@click.command()
@click.option("--failed", is_flag=True, help="Show the cases of the functional tests that fail, with their scores.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as one JSON object.")
@model_option
def check(failed: bool, as_json: bool, model_path: Path | None) -> None:
    """Ask a model the questions written for this project, and say how it does. Takes a few seconds, needs no data.

    Shows abilities (functional tests in the manner of HateCheck), fairness by identity term, detection kept under
    twenty kinds of evasion, and the frozen set that a retraining is judged by.
    """
    from classifier.training import checks  # noqa: PLC0415 - the other commands need not load it

    score = checks.scoring(loaded(model_path))
    figures = {
        "functions": checks.functional_figures(score),
        "identity": checks.by_term(score),
        "evasions": checks.kept_by_evasion(score),
        "frozen": checks.frozen_figures(score),
    }
    wrong = [_plain(case, given) for case, given in checks.wrong_answers(score)] if failed else None
    if as_json:
        click.echo(json.dumps(figures if wrong is None else figures | {"failed": wrong}, ensure_ascii=False))
        return
    _show(figures)
    for entry in wrong or ():
        click.echo(f"{entry['score']:.2f}  {entry['label']:<14} {entry['function']}: {entry['text']}")


def _plain(case: Any, given: float) -> dict[str, Any]:
    return {"function": case.function, "label": case.label, "text": case.submission.text, "score": round(given, 4)}


def _show(figures: dict[str, Any]) -> None:
    functions = figures["functions"]
    for name, counts in functions.items():
        click.echo(f"{counts['passed']:>4} of {counts['cases']:>3}  {name}")
    passed, cases = (sum(counts[key] for counts in functions.values()) for key in ("passed", "cases"))
    click.echo(f"{passed:>4} of {cases:>3}  in all\n")
    click.echo("subgroup   BPSN   BNSP  flagged  identity term")
    for term, found in figures["identity"].items():
        areas = f"{found['subgroup_auc']:8.3f} {found['bpsn_auc']:6.3f} {found['bnsp_auc']:6.3f}"
        click.echo(f"{areas} {found['false_positives']:7.1%}   {term}")
    click.echo("\n toxic   spam  kept under")
    toxic, spam = figures["evasions"]["toxic"], figures["evasions"]["spam"]
    for evasion in toxic:
        click.echo(f"{toxic[evasion]:6.1%} {spam[evasion]:6.1%}  {evasion}")
    click.echo(f"{_mean(toxic):6.1%} {_mean(spam):6.1%}  on average\n")
    for name, figure in figures["frozen"].items():
        click.echo(f"{figure:6.3f}  frozen set: {name}")


def _mean(shares: dict[str, float]) -> float:
    return sum(shares.values()) / len(shares)
