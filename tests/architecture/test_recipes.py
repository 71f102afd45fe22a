"""Every recipe gives what the index promises: section, address, title, counts, link without JavaScript, policy."""

import re

import pytest

from tests.architecture.tracked_files import ROOT

RECIPES = sorted(file.name for file in (ROOT / "docs/recipes").glob("*.md") if file.name != "index.md")
PIECES = {
    "the script": r'src="https://comments\.example/embed\.js" async|COMMENTS_SERVICE \. \'/embed\.js\'',
    "the section with address and title": r'<comment-section site="[^"]+" url=\S[^>]* title=',
    "counts in lists": r"<comment-count site=",
    "the link without JavaScript": r"/thread\?url=",
    "where scripts may come from": r"script-src [^;\"`]*https://comments\.example",
    "where data may come from": r"connect-src [^;\"`]*https://comments\.example",
    "the name of our policy": r"trusted-types [^;\"`]*comments-service",
}


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_is_whole(recipe: str) -> None:
    text = (ROOT / "docs/recipes" / recipe).read_text()
    assert [piece for piece, pattern in PIECES.items() if not re.search(pattern, text)] == []


def test_the_index_lists_every_recipe_and_nothing_else() -> None:
    text = (ROOT / "docs/recipes/index.md").read_text()
    assert sorted(set(re.findall(r"\]\((\w+\.md)\)", text))) == RECIPES
