"""A moderator takes something out of a comment's text: nothing is put in, it leaves a trace, and can be undone."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from comments_service.comments.submit import keep_revision, rendered
from comments_service.moderation.passages import MARK, cut_links, is_masked
from comments_service.storage.tables import Comment, Decision, Evidence, Revision, Score
from tests.comments_service.moderation.stage import Stage, Visitor

SOURCE = "John Miller of 5 High Street is a crook, see https://shame.example/john and [this](https://x.example/y)."
MASKED = f"{MARK} is a crook, see https://shame.example/john and [this](https://x.example/y)."


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


def _edit(visitor: Visitor, comment: str, text: str, **more: str) -> Any:
    return visitor.post(f"/moderation/comments/{comment}/edit", text=text.replace("\n", "\r\n"), **more)


def _row(stage: Stage, public_id: str) -> Comment:
    row: Comment = stage.write(lambda session: session.scalar(select(Comment).where(Comment.public_id == public_id)))
    return row


def _all(stage: Stage, table: Any, public_id: str) -> list[Any]:
    same = select(table).join(Comment, Comment.id == table.comment_id).where(Comment.public_id == public_id)
    return list(stage.write(lambda session: session.scalars(same.order_by(table.id)).all()))


def _words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _readers_html(stage: Stage) -> str:
    query = {"url": "https://demo.example/a"}
    answer = stage.app.test_client().get("/api/v1/sites/demo/comments", query_string=query).get_json()
    return "".join(comment["html"] for comment in answer["comments"])


def test_a_masked_passage_of_a_shown_comment_is_gone_for_readers_at_once(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE, machine="approve", scores={"spam": 0.1, "toxic": 0.3})
    assert _edit(mona, comment, MASKED).status_code == 303
    row = _row(stage, comment)
    assert (row.status, row.awaits, row.revision, row.source) == ("approved", "nobody", 2, MASKED)
    assert row.edited_at is not None
    html = _readers_html(stage)
    assert "Miller" not in html
    assert MARK in html
    last = _all(stage, Decision, comment)[-1]
    assert (last.action, last.actor, last.revision, last.moderator_id) == ("edit", "moderator", 2, 1)
    assert _all(stage, Revision, comment)[-1].written_by == "moderator"


def test_a_waiting_comment_goes_on_waiting_or_is_approved_in_the_same_click(stage: Stage, mona: Visitor) -> None:
    waits, shown, unseen = (stage.comment(SOURCE, machine=machine) for machine in ("hold", "hold", None))
    _edit(mona, waits, MASKED, publish="0")
    _edit(mona, shown, MASKED, publish="1")
    _edit(mona, unseen, MASKED)
    assert [(_row(stage, one).status, _row(stage, one).awaits) for one in (waits, shown, unseen)] == [
        ("pending", "human"),
        ("approved", "nobody"),
        ("pending", "human"),
    ]
    assert len(_all(stage, Decision, shown)) == 2, "one decision beside the machine's"


def test_the_undo_brings_back_text_scores_and_status(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE, scores={"spam": 0.1, "toxic": 0.3}, checks=[("links", "hold", "2 links")])
    _edit(mona, comment, MASKED, publish="1")
    page = mona.get(f"/moderation/comments/{comment}").text
    assert "No model has scored this text." in page, "the former text's scores are not this one's"
    undo = re.findall(r'name="undo" value="([^"]+)"', page)[0]
    assert "Text changed." in page
    mona.post("/moderation/undo", undo=undo)
    row = _row(stage, comment)
    assert (row.status, row.source, row.edited_at, row.html) == ("pending", SOURCE, None, rendered(SOURCE))
    page = mona.get(f"/moderation/comments/{comment}").text
    assert "No model has scored this text." not in page
    assert "2 links" in page
    assert [one.revision for one in _all(stage, Score, comment)] == [1, 3]
    assert {one.revision for one in _all(stage, Evidence, comment)} == {1, 3}
    assert mona.post("/moderation/undo", undo=undo).status_code == 303
    assert _row(stage, comment).source == SOURCE, "undone once"


def test_links_are_cut_and_their_words_stay(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE, machine="approve")
    _edit(mona, comment, SOURCE, links="1")
    source = _row(stage, comment).source
    assert "shame.example" not in source
    assert "x.example" not in source
    assert "this […]" in source
    assert "<a " not in _readers_html(stage)


@pytest.mark.parametrize(
    "text", [SOURCE.replace("is a crook", "is honest"), SOURCE + " I lied.", "", SOURCE[9:], "\x00", SOURCE * 9]
)
def test_nothing_else_than_taking_out_is_accepted(stage: Stage, mona: Visitor, text: str) -> None:
    comment = stage.comment(SOURCE)
    answer = _edit(mona, comment, text)
    assert answer.status_code == 422
    assert "Passages can only be taken out" in answer.text
    assert _row(stage, comment).source == SOURCE


def test_a_form_that_takes_nothing_out_says_so(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE)
    answer = _edit(mona, comment, SOURCE, publish="1")
    assert "Nothing is taken out yet." in mona.get(answer.headers["Location"]).text
    assert stage.status(comment) == "pending"


def test_what_was_taken_out_is_marked_for_moderators(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE + " Write to john@example.org.", machine="approve")
    _edit(mona, comment, MASKED + " Write to [address hidden].")
    page = mona.get(f"/moderation/comments/{comment}").text
    assert "Changed by a moderator" in page
    assert re.search(r"<del>.*?John Miller of 5 High Street.*?</del>", page, re.DOTALL)
    assert re.search(r"<ins>.*?\[…\].*?</ins>", page, re.DOTALL)
    assert "john@example.org" not in page
    assert "changed the text" in _words(page)


def test_a_comment_that_changed_meanwhile_is_left_alone(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE)
    stage.moderator("olga").post("/moderation/decisions", ids=comment, decision="spam")
    answer = _edit(mona, comment, MASKED, seen=f"{comment}:1:pending")
    assert answer.status_code == 409
    assert "changed since you opened" in answer.text
    assert _row(stage, comment).source == SOURCE
    gone = stage.comment("Gone.")
    mona.post("/moderation/decisions", ids=gone, decision="delete")
    assert mona.get(f"/moderation/comments/{gone}/edit").status_code == 409
    assert _edit(mona, gone, MARK).status_code == 409
    assert mona.get("/moderation/comments/none/edit").status_code == 404
    assert _edit(mona, "none", MARK).status_code == 404


def test_an_open_report_stays_open_until_somebody_decides_about_the_comment(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment(SOURCE, machine="approve", reports=[("abuse", "")])
    _edit(mona, comment, MASKED, publish="0")
    assert mona.items("/moderation/?view=reported") == [comment]
    _edit(mona, comment, f"{MARK} is a crook.".replace("crook.", f"crook, {MARK}"), publish="1")
    assert mona.items("/moderation/?view=reported") == []


_MARKUP = ["<script>", "alert(1)", "</script>", "<img src=x onerror=", "[a](javascript:x)", "**", "`", "<b>", "&lt;"]
_OTHERS = [MARK, " ", "\n", "https://e.example/?q=", "user@example.org", "]", "(", ")", "<", ">", "w", "\u202e", '"']
HOSTILE = st.lists(st.sampled_from([*_MARKUP, *_OTHERS]), min_size=1, max_size=14).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=HOSTILE, cuts=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=3))
def test_any_masking_is_recognised_and_nothing_else(text: str, cuts: list[tuple[int, int]]) -> None:
    masked, end = text, len(text)
    for begin, length in sorted(cuts, reverse=True):
        if begin + length <= end:
            masked, end = masked[:begin] + MARK + masked[begin + length :], begin
    assert is_masked(text, masked)
    kept = "".join(masked.split(MARK))
    at = 0
    for letter in kept:
        at = text.index(letter, at) + 1
    assert "<a " not in rendered(cut_links(text))


def test_hostile_texts_come_out_as_through_the_front_door(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment("Begin.", machine="approve")

    @settings(max_examples=25, deadline=None)
    @given(text=HOSTILE, begin=st.integers(0, 60), length=st.integers(1, 9))
    def each(text: str, begin: int, length: int) -> None:
        def put(session: Any) -> None:
            row = session.scalar(select(Comment).where(Comment.public_id == comment))
            row.source, row.revision = f"A {text} z", row.revision + 1
            row.html = rendered(row.source)
            keep_revision(session, row.id, row.revision, row.name, "", row.source, "author", stage.runtime.clock())

        stage.write(put)
        found = re.search(
            r"<textarea[^>]*>\n(.*?)</textarea>", mona.get(f"/moderation/comments/{comment}/edit").text, re.S
        )
        assert found
        shown = unescape(found[1])
        answer = _edit(mona, comment, shown[:begin] + MARK + shown[begin + length :])
        assert answer.status_code in {303, 422}
        row = _row(stage, comment)
        assert row.html == rendered(row.source)
        # Tags that the sanitiser lets pass are few; nothing of what was typed as markup is one.
        assert set(re.findall(r"<\s*/?\s*(\w+)", row.html)) <= {
            "p",
            "br",
            "a",
            "strong",
            "em",
            "code",
            "pre",
            "bdi",
            "span",
        }

    each()
