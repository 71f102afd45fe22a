"""Which judged comments tell how often the machine is wrong, and for how many others does each speak?"""

from typing import Any

import numpy as np
import pytest

from comments_service.training_data.judgements import Judgements, count_judged, judgements, latest_model
from tests.comments_service.web.newsroom import Newsroom


def read(newsroom: Newsroom, model: str | None = None) -> Judgements:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        found = judgements(session, "news", model)
        assert count_judged(session, "news", model) >= len(found)
        return found


def judged(newsroom: Newsroom, **fields: Any) -> dict[str, Any]:
    posted = newsroom.posted(**fields)
    newsroom.judge()
    return posted


def test_the_last_word_of_people_stands_beside_the_scores_of_the_moment(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(audit_rate=0)
    held, unsure = judged(newsroom, body="Perhaps, spam=0.6 toxic=0.3"), judged(newsroom, body="Or not, insult=0.7")
    judged(newsroom, body="Published and never looked at, spam=0.2")
    judged(newsroom, subject="caught by the hidden field")
    newsroom.decide(held["id"], "spam")
    newsroom.decide(held["id"], "approve")
    newsroom.decide(unsure["id"], "delete")
    known = read(newsroom)
    assert known.spam.tolist() == [0.6, 0.01, 0.2]
    assert known.toxic.tolist() == [0.3, 0.7, 0.01], "the highest of toxicity's kinds"
    assert known.removed.tolist() == [False, True, False]
    assert known.weight.tolist() == [1.0, 1.0, 0.0]
    assert (known.audited, known.unanswered) == (0, 0)


def test_what_was_drawn_speaks_for_what_was_not(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(audit_rate=0.25)
    posted = [newsroom.posted() for _ in range(60)]
    newsroom.judge()
    drawn = newsroom.run_sql("SELECT comment_id FROM second_looks")
    ids = {newsroom.row(one["id"]).id: one["id"] for one in posted}
    answered = [ids[row[0]] for row in drawn][: max(1, len(drawn) // 2)]
    for public_id in answered:
        newsroom.decide(public_id, "approve")
    known = read(newsroom)
    assert known.audited == len(answered)
    assert known.unanswered == len(drawn) - len(answered)
    weights = known.weight[known.weight > 0]
    assert weights == pytest.approx(np.full(len(answered), 4 * len(drawn) / len(answered)))


def test_a_reported_comment_is_seen_for_certain(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(audit_rate=0)
    reported = judged(newsroom)
    newsroom.client.post(f"/api/v1/sites/news/comments/{reported['id']}/reports", json={"reason": "abuse"})
    newsroom.decide(reported["id"], "reject")
    known = read(newsroom)
    assert (known.weight.tolist(), known.removed.tolist()) == ([1.0], [True])


def test_what_a_check_holds_is_told_from_what_scores_hold(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.change(max_links=0, hold_first_time=True)
    judged(newsroom, body="See https://other.example/page for more.")
    judged(newsroom, body="A first comment.")
    newsroom.change(hold_first_time=False)
    judged(newsroom, body="Just words.")
    assert read(newsroom).held_anyway.tolist() == [True, True, False]


def test_a_text_that_its_author_replaced_or_took_back_unseen_does_not_count(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    newsroom.own(judged(newsroom, body="Taken back, spam=0.6"), "DELETE")
    posted = judged(newsroom, body="Perhaps, spam=0.6")
    newsroom.own(posted, "PATCH", json={"body": "Changed before anybody looked, spam=0.7"})
    newsroom.judge()
    newsroom.decide(posted["id"], "spam")
    known = read(newsroom)
    assert (known.spam.tolist(), known.weight.tolist(), known.unanswered) == ([0.7], [1.0], 0)


def test_models_are_told_apart(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    judged(newsroom)
    newsroom.scorer.model = "c" * 64
    judged(newsroom)
    judged(newsroom)
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        assert latest_model(session, "news") == "c" * 64
    assert (len(read(newsroom)), len(read(newsroom, "c" * 64)), len(read(newsroom, "d" * 64))) == (3, 2, 0)
