"""Nothing in the tree outgrows what one can hold in mind."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tracked_files import ROOT, python_files, tracked_files

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
# A migration is a list of tables in the order of their making: one straight function, never touched again.
STRAIGHT_LISTS = ROOT / "comments_service" / "migrations" / "versions"


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_the_limit() -> None:
    hand_written = [path for path in tracked_files() if path.suffix in {".py", ".ts"} and path.parent != STRAIGHT_LISTS]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in hand_written}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_the_limit() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in python_files()
        if path.parent != STRAIGHT_LISTS
        for name, lines in _functions(path)
        if lines > MAX_FUNCTION_LINES
    }
    assert long == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    meaningless = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "base_classes"}
    named = {part for path in python_files() for part in (path.stem, *path.relative_to(ROOT).parent.parts)}
    assert named & meaningless == set()
