"""A walk through retraining on the running demo: docs/classifier/loop.md."""
