"""Every architecture decision is dated, says what was decided, and stands in the list of them."""

import re

from tests.architecture.written_pages import DECISIONS, decisions_page

PAGES = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")


def test_the_list_names_every_decision() -> None:
    assert (DECISIONS / "README.md").read_text(encoding="utf-8") == decisions_page(), "run `make docs`"


def test_every_decision_is_dated_and_says_what_was_decided() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in PAGES}
    dated, decided = (
        re.compile(r"^(?:Date: )?20\d\d-\d\d-\d\d", re.MULTILINE),
        re.compile(r"^(?:\*\*|## )Deci", re.MULTILINE),
    )
    assert [name for name, text in texts.items() if not dated.search(text) or not decided.search(text)] == []
