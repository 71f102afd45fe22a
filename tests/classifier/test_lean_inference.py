"""Scoring needs NumPy and nothing heavier; the service's web processes and small machines live from that."""

from __future__ import annotations

import json
import subprocess
import sys

SCRIPT = """
import json, sys
from classifier import Submission, load
load().predict([Submission("Who pays for this loan in the end?", name="Anna", website="https://anna.example")])
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
HEAVY = {
    "sklearn",
    "scipy",
    "pyarrow",
    "pandas",
    "joblib",
    "flask",
    "sqlalchemy",
    "celery",
    "comments_service",
    "click",
    "rich",
}


def test_scoring_imports_nothing_heavy() -> None:
    answer = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120)
    loaded = set(json.loads(answer.stdout))
    assert "numpy" in loaded
    assert not loaded & HEAVY


def test_inference_never_imports_training() -> None:
    script = SCRIPT.replace('.split(".")[0]', "")
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert not [name for name in json.loads(answer.stdout) if name.startswith("classifier.training")]
