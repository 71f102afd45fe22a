"""The import contracts hold on the tree, and each of them notices the import that it forbids."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tracked_files import ROOT

# contract → a file, and the line that must not be in it
WRONG_IMPORTS = {
    "layers": ("comments_service/storage/engine.py", "from comments_service.moderation import decide"),
    "domain-without-web": ("comments_service/comments/submit.py", "from flask import request"),
    "classifier-door": ("comments_service/moderation/decide.py", "import classifier"),
    "classifier-alone": ("classifier/pipeline.py", "import sqlalchemy"),
    "inference-without-training": ("classifier/pipeline.py", "from classifier.training import split"),
    "learning-library": ("classifier/pipeline.py", "import sklearn"),
    "web-surfaces": ("comments_service/web/feeds/__init__.py", "from comments_service.web import api"),
    "one-sanitiser": ("comments_service/comments/submit.py", "import nh3"),
    "one-markdown": ("comments_service/notifications/__init__.py", "import markdown_it"),
    "one-address-check": ("comments_service/comments/submit.py", "import email_validator"),
}


def _contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def _lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", "--no-logo", *options],
        cwd=tree,
        # The copy must be read, not the tree that this environment has installed.
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    nothing_built = shutil.ignore_patterns("__pycache__", "node_modules", "*.npz", "*.npy")
    for name in ("comments_service", "classifier"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=nothing_built)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract() -> None:
    result = _lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_contract_has_its_counterexample() -> None:
    named = {section.split(":")[-1] for section in _contracts().sections() if ":contract:" in section}
    assert named == set(WRONG_IMPORTS)


@pytest.mark.parametrize("contract", WRONG_IMPORTS)
def test_a_wrong_import_is_reported(copy: Path, contract: str) -> None:
    name, line = WRONG_IMPORTS[contract]
    path = copy / name
    path.write_text(f"{path.read_text()}\n{line}\n")
    result = _lint(copy, "--contract", contract)
    assert result.returncode == 1
    assert f"{_contracts()[f'importlinter:contract:{contract}']['name']} BROKEN" in result.stdout


def test_a_new_package_needs_its_layer(copy: Path) -> None:
    newcomer = copy / "comments_service" / "newcomer"
    newcomer.mkdir()
    (newcomer / "__init__.py").touch()
    result = _lint(copy, "--contract", "layers")
    assert result.returncode == 1
    assert "comments_service.newcomer" in result.stdout


def test_every_web_surface_stands_in_the_contract() -> None:
    listed = set(_contracts()["importlinter:contract:web-surfaces"]["modules"].split())
    packages = {
        f"comments_service.web.{init.parent.name}" for init in (ROOT / "comments_service" / "web").glob("*/__init__.py")
    }
    assert packages == listed
