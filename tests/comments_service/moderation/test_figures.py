"""Are the figures true: counted by hand here, by the desk's page there?"""

import re
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.moderation.figures.agreement import Share
from comments_service.web.moderation_desk.charts import HEIGHT, WIDTH, stacked
from tests.comments_service.moderation.stage import Stage, Visitor


def _words(visitor: Visitor, path: str = "/moderation/figures") -> str:
    """The page's text, its blanks made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", visitor.get(path).text)).split())


def _decide(visitor: Visitor, comment: str, decision: str) -> None:
    assert visitor.post("/moderation/decisions", ids=comment, decision=decision).status_code == 303


def test_counts_pace_and_agreement_are_what_happened(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    mona, nora = stage.moderator("mona", "editor"), stage.moderator("nora")
    harmless, rude = {"toxic": 0.1, "spam": 0.0}, {"toxic": 0.9, "spam": 0.0}
    for scores, decision in ((harmless, "approve"), (rude, "delete"), (rude, "delete"), (rude, "approve")):
        comment = stage.comment(scores=scores, minutes_ago=30, policy="toxic_score")
        _decide(mona, comment, decision)
    _decide(nora, comment, "spam")  # the last one, about which they differ
    stage.comment(machine="approve", policy="below_thresholds")
    stage.comment(minutes_ago=300)
    page = _words(mona)
    assert "1 comment waits for a person" in page
    assert "under 60 min under 4 h under 24 h under 3 d older 0 0 1 0 0" in page
    assert "decided within 30 min in half of the cases" in page
    assert "as the scores alone would have 100 % (4 of 4;" in page, "Nora had the last word about the fourth"
    assert "wanted the same 0 % (0 of 1;" in page
    assert "its toxicity score is over this site's limit held it 4 75 % (3 of 4;" in page
    assert "Mona 4 50 % (2 of 4;" in page


def test_what_was_taken_back_is_no_opinion(stage: Stage) -> None:
    mona = stage.moderator("mona", "editor")
    comment = stage.comment(scores={"toxic": 0.9})
    _decide(mona, comment, "approve")
    mona.api("/api/v1/moderation/decisions", {"ids": [comment], "decision": "undo"})
    page = _words(mona)
    assert "as the scores alone would have no case yet" in page
    assert "Mona 1 0 % (0 of 1; 0 % to 79 %) 100 % (1 of 1;" in page, "one decision, none removed, one taken back"


def test_the_worst_disagreements_are_named_and_lead_to_the_comment(stage: Stage) -> None:
    mona = stage.moderator("mona")
    comment = stage.comment(scores={"threat": 0.97})
    _decide(mona, comment, "approve")
    html = mona.get("/moderation/figures").text
    assert f"/moderation/comments/{comment}" in html
    assert "almost certainly a threat (97 %)" in _words(mona)


def test_numbers_about_people_are_for_editors_and_oneself(stage: Stage) -> None:
    mona, nora = stage.moderator("mona"), stage.moderator("nora")
    _decide(mona, stage.comment(), "approve")
    _decide(nora, stage.comment(), "approve")
    assert "Nora 1" not in _words(mona)
    assert "Mona 1" in _words(mona)
    assert "Nora 1" in _words(stage.moderator("edith", "editor"))


def test_a_period_begins_where_it_says(stage: Stage) -> None:
    _decide(stage.moderator("mona", "editor"), stage.comment(minutes_ago=1), "approve")
    stage.at(stage.runtime.clock() + timedelta(days=6))
    mona = stage.moderator("mona", "editor")  # six days later the former login is over
    assert "Mona 1" in _words(mona, "/moderation/figures?days=7")
    stage.at(stage.runtime.clock() + timedelta(days=1))
    mona = stage.moderator("mona", "editor")
    assert "Mona 1" not in _words(mona, "/moderation/figures?days=7")
    assert "Mona 1" in _words(mona, "/moderation/figures?days=30")
    for odd in ("days=0", "days=999999999999", "days=x", "days=%00", "site=" + "x" * 500):
        assert mona.get(f"/moderation/figures?{odd}").status_code in {200, 404}


def test_an_empty_desk_says_so(stage: Stage) -> None:
    page = _words(stage.moderator("vera", "viewer"))
    assert "Nothing waits for a person." in page
    assert "No person has decided anything in this period." in page


@given(st.lists(st.lists(st.integers(0, 10**7), min_size=3, max_size=3), max_size=90))
def test_bars_stay_in_the_picture_and_keep_their_proportions(stacks: list[list[int]]) -> None:
    chart = stacked([str(number) for number in range(len(stacks))], stacks)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH + 1e-6 for bar in chart.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT for bar in chart.bars)
    parts = [part for stack in stacks for part in stack if part]
    assert len(chart.bars) == len(parts)
    for bar, part in zip(chart.bars, parts, strict=True):
        assert bar.height * parts[0] == pytest.approx(chart.bars[0].height * part, rel=1e-6)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_an_interval_holds_its_share_and_narrows_with_cases(part: int, whole: int) -> None:
    share = Share(min(part, whole), whole)
    low, high = share.interval
    assert 0 <= low <= (share.value or 0.0) + 1e-9
    assert (share.value or 0.0) - 1e-9 <= high <= 1
    more_low, more_high = Share(share.part * 10, whole * 10).interval
    assert more_high - more_low <= high - low + 1e-9
