"""Can an author take the own deletion back, and nothing but that?"""

import pytest

from comments_service.storage.tables import Evidence, Revision
from tests.comments_service.web.newsroom import Newsroom


def restore(newsroom: Newsroom, posted: dict[str, str], token: str | None = None) -> int:
    bearer = {"Authorization": f"Bearer {token or posted['edit_token']}"}
    answer = newsroom.client.post(f"/api/v1/sites/news/comments/{posted['id']}/restore", headers=bearer)
    return answer.status_code


def test_a_deleted_comment_comes_back_and_is_judged_again(any_newsroom: Newsroom) -> None:
    posted = any_newsroom.approved(body="Said once.")
    reply = any_newsroom.approved(parent_id=posted["id"])
    before = any_newsroom.thread()["comments"]
    any_newsroom.own(posted, "DELETE")
    answer = any_newsroom.client.post(
        f"/api/v1/sites/news/comments/{posted['id']}/restore",
        headers={"Authorization": f"Bearer {posted['edit_token']}"},
    )
    told = answer.get_json()
    assert (answer.status_code, told["status"], told["comment"]["html"]) == (200, "pending", "<p>Said once.</p>")
    assert "edited_at" not in told["comment"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert any_newsroom.rung[-1] == "judge"
    assert any_newsroom.thread()["thread"]["count"] == 1, "not shown before it is decided"
    any_newsroom.judge()
    assert any_newsroom.thread()["comments"] == before
    assert any_newsroom.thread()["thread"]["count"] == 2
    assert any_newsroom.status(reply) == "approved"


def test_one_that_is_there_stays_as_it_is(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    assert restore(newsroom, posted) == 200
    assert newsroom.status(posted) == "approved"
    newsroom.own(posted, "DELETE")
    assert [restore(newsroom, posted) for _ in range(2)] == [200, 200]
    assert newsroom.status(posted) == "pending"
    assert newsroom.count_rows(Revision) == 2


def test_it_can_go_and_come_more_than_once(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    for _ in range(3):
        assert newsroom.own(posted, "DELETE").status_code == 204
        assert restore(newsroom, posted) == 200
    newsroom.judge()
    assert newsroom.status(posted) == "approved"


def test_a_moderators_deletion_stands(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    newsroom.decide(posted["id"], "delete")
    assert restore(newsroom, posted) == 409
    assert newsroom.status(posted) == "deleted"


@pytest.mark.parametrize("decision", ["reject", "spam"])
def test_deleting_and_coming_back_washes_no_refusal_off(newsroom: Newsroom, decision: str) -> None:
    posted = newsroom.approved()
    newsroom.decide(posted["id"], decision)
    newsroom.own(posted, "DELETE")
    assert restore(newsroom, posted) == 409
    assert newsroom.status(posted) == "deleted"


def test_what_was_found_about_the_sender_comes_back_too(newsroom: Newsroom) -> None:
    posted = newsroom.posted(subject="filled by a program")
    newsroom.own(posted, "DELETE")
    restore(newsroom, posted)
    newsroom.judge()
    assert newsroom.status(posted) != "approved"
    assert newsroom.count_rows(Evidence) > 0


def test_the_window_ends(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    newsroom.own(posted, "DELETE")
    newsroom.run_sql("UPDATE comments SET created_at = created_at - :us", us=901 * 1_000_000)
    assert restore(newsroom, posted) == 409
    assert newsroom.status(posted) == "deleted"


def test_it_does_not_come_back_beside_its_own_repetition(newsroom: Newsroom) -> None:
    first = newsroom.posted(email="ann@example.org", body="Said twice.")
    newsroom.own(first, "DELETE")
    newsroom.posted(email="ann@example.org", body="said TWICE.")
    assert restore(newsroom, first) == 409
    assert newsroom.status(first) == "deleted"


def test_one_whose_words_are_gone_does_not_come_back(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    newsroom.own(posted, "DELETE")
    newsroom.run_sql("UPDATE comments SET source = '', html = ''")
    assert restore(newsroom, posted) == 409


def test_only_the_own_token_brings_it_back(newsroom: Newsroom) -> None:
    mine, other = newsroom.posted(), newsroom.posted()
    newsroom.own(mine, "DELETE")
    for token in ("x", other["edit_token"], newsroom.moderator):
        assert restore(newsroom, mine, token) == 404
    assert newsroom.status(mine) == "deleted"


def test_a_moderator_sees_who_brought_it_back(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="It waits, spam=0.7")
    newsroom.own(posted, "DELETE")
    restore(newsroom, posted)
    newsroom.judge()
    log = newsroom.run_sql("SELECT actor, action, to_status FROM decisions ORDER BY id")
    assert [tuple(row) for row in log] == [
        ("author", "delete", "deleted"), ("author", "restore", "pending"), ("machine", "hold", "pending"),
    ]  # fmt: skip
