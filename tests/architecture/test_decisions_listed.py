"""The list of architecture decisions names every page, by its title, and each page is dated."""

import re

from tests.architecture.tracked_files import ROOT

FOLDER = ROOT / "docs" / "adr"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


def test_every_decision_is_listed_by_its_title() -> None:
    listed = dict(re.findall(r"^- \[(.+)\]\((.+)\)$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    titles = {path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "): path.name for path in PAGES}
    assert listed == titles


def test_every_decision_is_dated() -> None:
    undated = [
        path.name
        for path in PAGES
        if not re.search(r"^20\d\d-\d\d-\d\d$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert undated == []
