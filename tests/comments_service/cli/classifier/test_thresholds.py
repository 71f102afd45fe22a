"""Do two promises in words become thresholds, and are they refused while nothing supports them?"""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.comments_service.cli.classifier.operator import Operator
from tests.comments_service.web.newsroom import Newsroom

GOOD, UNSURE, BAD = 0.02, 0.3, 0.98


def decided(newsroom: Newsroom, comments: dict[float, tuple[int, int]]) -> None:
    """Comments by spam score: how many people keep, how many they call spam. The machine has judged them all."""
    posted = [
        (newsroom.posted(body=f"Number {number}, spam={score}")["id"], "approve" if number < keep else "spam")
        for score, (keep, remove) in comments.items()
        for number in range(keep + remove)
    ]
    newsroom.judge()
    for decision in ("approve", "spam"):
        ids = [public_id for public_id, said in posted if said == decision]
        for begin in range(0, len(ids), 200):
            answer = newsroom.client.post(
                "/api/v1/moderation/decisions",
                json={"ids": ids[begin : begin + 200], "decision": decision},
                headers={"Authorization": f"Bearer {newsroom.moderator}"},
            )
            assert answer.status_code == 200


@pytest.fixture
def premoderated(make_newsroom: Any) -> Newsroom:
    """A site where people have looked at everything."""
    newsroom: Newsroom = make_newsroom(premoderate=True, spam_reject=1)
    decided(newsroom, {GOOD: (70, 0), UNSURE: (20, 10), BAD: (0, 60)})
    return newsroom


def settings(operator: Operator) -> dict[str, Any]:
    """The site's own settings, those that differ from the installation's."""
    row = operator.newsroom.run_sql("SELECT settings FROM sites WHERE key = 'news'")[0][0]
    found: dict[str, Any] = json.loads(row)
    return found


def test_promises_that_the_decisions_support_become_settings(premoderated: Newsroom) -> None:
    operator = Operator(premoderated)
    wide = ("thresholds", "--published-wrong", "1/20", "--rejected-wrong", "1 in 10")
    told = operator.told(*wide)
    assert GOOD < told["settings"]["spam_hold"] <= UNSURE
    assert UNSURE < told["settings"]["spam_reject"] <= BAD
    assert told["published"]["kept"]["rate"]["upper"] <= 1 / 20
    assert told["now"]["human"]["estimate"] == 1.0, "premoderate: a person looks at everything"
    assert told["then"]["human"]["estimate"] < 1.0
    assert not told["applied"]
    assert "spam_hold" not in settings(operator)
    refused = operator.type(*wide, "--site", "news", "--apply")
    assert "spam_hold" not in settings(operator), "the question was not answered with yes"
    assert "Change the settings?" in refused.output
    assert operator.told(*wide, "--apply", "--yes")["applied"]
    assert settings(operator)["spam_hold"] == told["settings"]["spam_hold"]
    assert settings(operator)["spam_reject"] == told["settings"]["spam_reject"]


def test_too_little_evidence_says_how_much_more_is_needed(premoderated: Newsroom) -> None:
    operator = Operator(premoderated)
    told = operator.told("thresholds")
    assert told["settings"] == {}
    assert told["published"]["missing"] > 400
    words = operator.type("thresholds", "--site", "news", "--apply", "--yes").output
    assert "Too little evidence" in words
    assert "audit_rate is 0.02" in words
    assert "spam_hold" not in settings(operator)


def test_mistakes_in_what_would_be_published_are_believed(make_newsroom: Any) -> None:
    newsroom = make_newsroom(premoderate=True)
    decided(newsroom, {GOOD: (80, 40)})
    operator = Operator(newsroom)
    told = operator.told("thresholds", "--published-wrong", "0.1")
    assert (told["published"]["kept"], told["published"]["missing"]) == (None, 0)
    assert "speak against it" in operator.type("thresholds", "--site", "news", "--published-wrong", "10%").output


def test_only_what_chance_or_the_queue_showed_counts(make_newsroom: Any) -> None:
    newsroom = make_newsroom(audit_rate=0)
    decided(newsroom, {GOOD: (60, 0)})
    assert Operator(newsroom).told("thresholds")["decided"] == 0, "looked at unasked: nobody knows how likely that was"
    newsroom.change(audit_rate=1)
    decided(newsroom, {GOOD: (60, 0)})
    told = Operator(newsroom).told("thresholds", "--published-wrong", "1/10")
    assert (told["decided"], told["audited"]) == (60, 60)
    assert told["published"]["kept"]["spam"] > GOOD


def test_scores_of_a_former_model_are_left_out_unless_asked_for(premoderated: Newsroom) -> None:
    operator = Operator(premoderated)
    premoderated.scorer.model = "b" * 64
    decided(premoderated, {GOOD: (5, 0)})
    assert operator.told("thresholds")["comments"] == 5
    assert operator.told("thresholds", "--all-models")["comments"] == 165


def test_the_plot_is_a_picture_with_a_description(premoderated: Newsroom, tmp_path: Path) -> None:
    operator, drawing = Operator(premoderated), tmp_path / "work.svg"
    operator.told("thresholds", "--published-wrong", "1/20", "--rejected-wrong", "1/10", "--plot", str(drawing))
    root = ET.fromstring(drawing.read_text(encoding="utf-8"))
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert {"title", "desc", "path", "circle"} <= names
    assert not names & {"script", "style", "foreignObject"}
    words = " ".join(element.text or "" for element in root.iter())
    assert "limit 1 in 20" in words
    assert "% looked at" in words


@pytest.mark.parametrize("share", ["0", "2/1", "1/0", "often", "-1/5", "100%"])
def test_a_share_that_is_none_is_told_in_one_line(operator: Operator, share: str) -> None:
    done = operator.type("thresholds", "--site", "news", "--published-wrong", share)
    assert done.exit_code == 2
    assert "like 1/200" in done.stderr or "No such option" in done.stderr
    assert "Traceback" not in done.output


def test_a_site_without_scores_and_a_wrong_key_are_told_plainly(operator: Operator, tmp_path: Path) -> None:
    assert "nothing to learn thresholds from" in operator.type("thresholds", "--site", "news").output
    assert "did you mean news" in operator.mistake("thresholds", "--site", "new")
    nowhere = str(tmp_path / "no" / "folder.svg")
    assert "cannot be written" in operator.mistake("thresholds", "--site", "news", "--plot", nowhere)
