"""python -m classifier.cli: the command where it is not on the path, as for a service that starts a training."""

from __future__ import annotations

from classifier.cli import main

main(prog_name="comment-classifier")
