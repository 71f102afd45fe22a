"""The command `comment-classifier`. Here: the group and how errors are told. Each command has a module of its own."""

from __future__ import annotations

import click

from classifier.cli.adapt import adapt
from classifier.cli.check import check
from classifier.cli.doubtful import doubtful
from classifier.cli.explain import explain
from classifier.cli.inspect import inspect
from classifier.cli.pack import pack
from classifier.cli.score import score
from classifier.cli.training import evaluate, train


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Score comments for spam and toxicity, and make the models that do."""


for command in (score, explain, inspect, pack, train, evaluate, check, adapt, doubtful):
    main.add_command(command)
