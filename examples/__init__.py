"""Worked examples; each runs, and the tests use it."""
