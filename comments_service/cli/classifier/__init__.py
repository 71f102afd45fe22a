"""`comments-service classifier`: the loop from moderators' decisions to a better model. A module for each command."""

import click

from comments_service.cli.classifier.catalogue import list_versions, show
from comments_service.cli.classifier.doubtful import doubtful
from comments_service.cli.classifier.drift import drift
from comments_service.cli.classifier.evaluate import evaluate
from comments_service.cli.classifier.perspective_scale import perspective_scale
from comments_service.cli.classifier.promotion import promote, rollback
from comments_service.cli.classifier.rescore import rescore
from comments_service.cli.classifier.retrain import retrain
from comments_service.cli.classifier.shadow import shadow
from comments_service.cli.classifier.thresholds import thresholds


@click.group()
def classifier() -> None:
    """Make a model out of a site's decisions, try it, use it, take it back (docs/classifier/loop.md)."""


for command in (
    retrain,
    list_versions,
    show,
    evaluate,
    promote,
    rollback,
    shadow,
    rescore,
    drift,
    thresholds,
    doubtful,
    perspective_scale,
):
    classifier.add_command(command)
