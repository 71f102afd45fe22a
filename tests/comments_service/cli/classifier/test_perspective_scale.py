"""Does `classifier perspective-scale` make a site's own table out of scores that it recorded, and refuse bad files?"""

import json
from pathlib import Path

import pytest

from comments_service.scoring.perspective_scale import scale_of
from tests.comments_service.cli.classifier.operator import Operator


def recorded(file: Path, texts: int) -> Path:
    """Scores that are high for rude texts, on a scale of their own, and a few of another attribute."""
    lines = []
    for number in range(texts):
        rude = number % 4 == 0
        text = f"{'You stupid idiot' if rude else 'Thank you'}, number {number} of the harbour's ferries"
        scores = {"TOXICITY": (0.7 if rude else 0.1) + number / (10 * texts), "FLIRTATION": 0.5}
        lines.append(json.dumps({"text": text, "scores": scores | ({"SPAM": 0.1} if number < 20 else {})}))
    file.write_text("\n".join(lines) + "\n")
    return file


def test_recorded_scores_become_the_sites_table(operator: Operator, tmp_path: Path) -> None:
    file, models_dir = recorded(tmp_path / "recorded.jsonl", 400), operator.newsroom.settings.models_dir
    shipped = scale_of(models_dir, "news")
    shown = operator.told("perspective-scale", str(file), "--dry-run")
    assert (list(shown["labels"]), shown["kept"]) == (["toxic"], False), "twenty scores of spam are too few"
    assert scale_of(models_dir, "news") == shipped
    assert operator.told("perspective-scale", str(file))["kept"] is True
    own = scale_of(models_dir, "news")
    assert (own.model, own.made_from) == (shown["model"], "recorded.jsonl, recorded by the site")
    assert own.told("toxic", 0.02) < 0.3
    assert own.told("toxic", 0.9) > 0.6
    printed = operator.type("perspective-scale", str(file), "--site", "news")
    assert "0.7 of Perspective" in printed.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "no attribute has the 200 recorded scores"),
        ("{", "line 1: expected"),
        ('{"text": "a", "scores": {"TOXICITY": 0.5}}\n\n{"text": "b"}', "line 3: expected"),
        ('{"text": "a", "scores": {"TOXICITY": "much"}}', "line 1: expected"),
        ('{"text": "a", "scores": {"TOXICITY": 81}}', "between 0 and 1"),
        ('{"text": 5, "scores": {"TOXICITY": 0.5}}', "must be a string"),
    ],
)
def test_a_bad_file_is_refused_by_its_line(operator: Operator, tmp_path: Path, content: str, told: str) -> None:
    file = tmp_path / "recorded.jsonl"
    file.write_text(content)
    assert told in operator.mistake("perspective-scale", str(file), "--site", "news")
