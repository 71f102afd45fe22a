"""What a web process loads: it answers readers and must not carry the learning library (120 MiB, 0.65 s a start)."""

import subprocess
import sys

import pytest


def _loaded_with(module: str) -> set[str]:
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


@pytest.mark.parametrize("module", ["comments_service", "comments_service.app", "comments_service.cli"])
def test_the_service_starts_without_the_learning_library(module: str) -> None:
    assert _loaded_with(module) & {"sklearn", "scipy", "pyarrow"} == set()


def test_a_web_process_carries_no_model_before_somebody_asks_for_a_score() -> None:
    """27 MiB for NumPy and the weights, 80 MiB for the identifier of languages (docs/adr/0021)."""
    assert _loaded_with("comments_service.app") & {"numpy", "classifier", "py3langid"} == set()


def test_a_process_that_only_sends_carries_no_model_and_no_web_framework() -> None:
    """The small server of a blogger has room for one model, in the process that judges."""
    heavy = {"numpy", "classifier", "py3langid", "flask", "sklearn", "scipy"}
    assert _loaded_with("comments_service.tasks.worker, comments_service.tasks.sending") & heavy == set()


def test_the_front_door_loads_nothing_before_it_is_used() -> None:
    """.importlinter leaves its two lazy imports out of account; this is why it may."""
    assert _loaded_with("comments_service") & {"flask", "sqlalchemy", "celery"} == set()


def test_the_classifier_loads_no_web_framework() -> None:
    assert _loaded_with("classifier") & {"flask", "werkzeug", "sqlalchemy", "celery"} == set()
