"""The pinned requirements cover what pyproject.toml asks for, carry hashes and name no place to download from."""

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tracked_files import ROOT

PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+))? \\$", re.MULTILINE)


def _pins(file: str) -> dict[str, set[str]]:
    """Every pinned version by name; a name can have several, for several Pythons."""
    pins: dict[str, set[str]] = {}
    for match in PINNED.finditer((ROOT / "requirements" / file).read_text()):
        pins.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return pins


def _unmet(asked: Iterable[str], pins: dict[str, set[str]]) -> list[str]:
    requirements = [Requirement(line) for line in asked]
    return [
        str(requirement)
        for requirement in requirements
        if not any(requirement.specifier.contains(v) for v in pins.get(canonicalize_name(requirement.name), ()))
    ]


def _project() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    drivers = [line for name in ("postgresql", "redis") for line in project["optional-dependencies"][name]]
    return {
        "run.txt": project["dependencies"],
        "server.txt": [*project["dependencies"], *drivers],
        "tests.txt": [*project["dependencies"], *extras],
    }


@pytest.mark.parametrize("file", ["run.txt", "server.txt", "tests.txt"])
def test_every_dependency_is_pinned_within_its_bounds(file: str) -> None:
    assert _unmet(_project()[file], _pins(file)) == [], "run `make lock`"


@pytest.mark.parametrize("file", ["run.txt", "server.txt"])
def test_what_runs_is_what_was_tested(file: str) -> None:
    tests = _pins("tests.txt")
    assert {name: versions for name, versions in _pins(file).items() if versions != tests.get(name)} == {}


@pytest.mark.parametrize("file", ["run.txt", "server.txt", "tests.txt", "isso.txt", "rivals.txt"])
def test_every_pin_has_a_hash_and_no_address(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block for block in blocks if not PINNED.match(f"{block}\n") or "--hash=sha256:" not in block] == []
    assert "://" not in text
