"""While a person is erased, others write, judge and edit: does anything of the person come back?"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import update

from comments_service.comments.authors import keep_address
from comments_service.moderation.judge import hold_parked, judge_batch
from comments_service.moderation.shadowing import shadow_batch
from comments_service.outbox.claim import claim
from comments_service.scoring import Scored, Text
from comments_service.storage.tables import Comment
from tests.comments_service.persons.officer import ADDRESS, Officer
from tests.comments_service.web.newsroom import WrittenScores
from tests.stacks.waiting import until

ROUNDS = 8


class _Interrupted(WrittenScores):
    """A scorer during whose work something else happens."""

    def __init__(self, meanwhile: Callable[[], Any]) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        self._meanwhile()
        return super().score(texts)


def _everything(officer: Officer) -> list[Any]:
    """All that is stored about comments whose author is erased."""
    tables = ("evidence", "scores", "shadow_scores", "revisions", "second_looks", "reports", "idempotency_keys")
    return [
        (table, *row)
        for table in tables
        for row in officer.newsroom.run_sql(
            f"SELECT t.id FROM {table} t JOIN comments c ON c.id = t.comment_id WHERE c.address_id IS NULL"
        )
    ]


def test_a_worker_that_has_the_text_in_its_hands_stores_nothing(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    mine = newsroom.posted(email=ADDRESS, body="To be judged just now.")
    newsroom.scorer = _Interrupted(any_officer.erase)
    assert newsroom.judge() == 1
    assert newsroom.row(mine["id"]).source == ""
    assert newsroom.status(mine) == "deleted"
    assert _everything(any_officer) == []
    assert newsroom.thread()["comments"] == []
    assert newsroom.judge() == 0


def test_a_trial_keeps_no_score_of_what_is_erased_meanwhile(officer: Officer) -> None:
    newsroom = officer.newsroom
    newsroom.posted(email=ADDRESS)
    with newsroom.app.app_context():
        with newsroom.runtime.transaction() as session:
            rows = claim(session, "judge", 10, 60)
        cases = judge_batch(newsroom.runtime, newsroom.scorer, rows)
        officer.erase()
        shadow_batch(newsroom.runtime, _Trial(), cases)
    assert _everything(officer) == []


def test_work_that_is_given_up_after_the_erasure_shows_nothing(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    mine = newsroom.posted(email=ADDRESS)
    with newsroom.app.app_context():
        with newsroom.runtime.transaction() as session:
            (row,) = claim(session, "judge", 1, 60)
        any_officer.erase()
        hold_parked(newsroom.runtime, row, "The worker ended.")
    assert newsroom.status(mine) == "deleted"
    assert newsroom.row(mine["id"]).awaits == "nobody"


def test_who_writes_and_edits_during_the_erasure_finds_the_service_working(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    early = [newsroom.posted(email=ADDRESS, body=f"Early quokka {number}.") for number in range(12)]
    answers: Counter[int] = Counter()
    failed: list[BaseException] = []

    def writer() -> None:
        for number in range(ROUNDS):
            answer = newsroom.app.test_client().post(
                "/api/v1/sites/news/comments", json=newsroom.submission(email=ADDRESS, body=f"Late quokka {number}.")
            )
            answers[answer.status_code] += 1

    def editor() -> None:
        for one in early[:ROUNDS]:
            answer = newsroom.app.test_client().patch(
                f"/api/v1/sites/news/comments/{one['id']}",
                json={"body": "Edited quokka."},
                headers={"Authorization": f"Bearer {one['edit_token']}"},
            )
            answers[answer.status_code] += 1

    def worker() -> None:
        for _ in range(ROUNDS):
            newsroom.judge(limit=3)

    _at_once(failed, writer, editor, worker, any_officer.erase)
    assert failed == []
    assert set(answers) <= {200, 202, 404, 409}, answers
    newsroom.judge()
    any_officer.erase()
    rows = newsroom.run_sql("SELECT status, source, html, name, address_id FROM comments")
    assert {tuple(row) for row in rows} == {("deleted", "", "", "", None)}
    assert newsroom.run_sql("SELECT count(*) FROM revisions") == [(0,)]
    assert newsroom.run_sql("SELECT count(*) FROM addresses") == [(0,)]
    assert newsroom.thread()["thread"]["count"] == 0


def test_an_erasure_waits_for_a_comment_that_is_being_stored_with_the_address(postgres_officer: Officer) -> None:
    """Else the row would go that the new comment is just about to refer to."""
    newsroom = postgres_officer.newsroom
    mine, late = newsroom.posted(email=ADDRESS), newsroom.posted(email="late@leaky.example")
    vault, now = newsroom.runtime.vault, newsroom.runtime.clock()
    site_id = newsroom.row(mine["id"]).site_id
    with ThreadPoolExecutor(1) as pool:
        with newsroom.app.app_context(), newsroom.runtime.transaction() as storing:
            held = keep_address(storing, site_id, vault.blind_index(ADDRESS), vault.seal(ADDRESS), now)
            erasing = pool.submit(postgres_officer.erase)
            waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            until(lambda: newsroom.run_sql(waiting), "the erasure to wait", seconds=10)
            storing.execute(update(Comment).where(Comment.public_id == late["id"]).values(address_id=held))
        assert erasing.result()["erased"]["comments"] == 2
    assert newsroom.row(late["id"]).source == ""


class _Trial:
    """A model on trial."""

    def shadow(self, texts: Sequence[Text]) -> list[Scored | None]:
        return [Scored({"spam": 0.5}, "en", [], "b" * 64) for _ in texts]


def _at_once(failed: list[BaseException], *actors: Callable[[], Any]) -> None:
    together = threading.Barrier(len(actors))

    def run(act: Callable[[], Any]) -> None:
        together.wait()
        try:
            act()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
