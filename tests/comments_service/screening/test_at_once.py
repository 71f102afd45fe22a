"""Workers, moderators and readers at the same comments at the same moment: nobody fails, and the counts stay true."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.comments_service.web.newsroom import ARTICLE, Newsroom

ROUNDS = 6


def test_everybody_at_once(any_newsroom: Newsroom) -> None:
    newsroom = any_newsroom
    urls = [f"{ARTICLE}/{number}" for number in range(2)]
    tops = [newsroom.approved(url=url)["id"] for url in urls]
    replies = [newsroom.posted(url=urls[number % 2], parent_id=tops[number % 2])["id"] for number in range(24)]
    answers: Counter[Any] = Counter()

    def worker(_: int) -> None:
        newsroom.judge(limit=6)

    def desk(number: int) -> None:
        decision = ("approve", "spam")[number % 2]
        ids = [*replies[number::5], *tops] if number % 3 else [*tops[::-1], *replies[number::5][::-1]]
        answer = newsroom.app.test_client().post(
            "/api/v1/moderation/decisions",
            json={"ids": ids, "decision": decision},
            headers={"Authorization": f"Bearer {newsroom.moderator}"},
        )
        answers[answer.status_code] += 1

    def reader(number: int) -> None:
        answer = newsroom.app.test_client().post(
            f"/api/v1/sites/news/comments/{tops[number % 2]}/votes", json={"value": 1, "voter": str(number)}
        )
        answers[answer.status_code] += 1

    failed = _all_at_once([worker, worker, desk, desk, reader])
    assert failed == []
    assert set(answers) <= {200, 204, 404}, answers
    newsroom.judge()
    for url in urls:
        shown = newsroom.run_sql(
            "SELECT count(*) FROM comments WHERE status = 'approved' AND thread_id ="
            " (SELECT id FROM threads WHERE url = :url)",
            url=url,
        )
        assert newsroom.thread(url)["thread"]["count"] == shown[0][0]
    above = newsroom.run_sql(
        "SELECT c.approved_descendants,"
        " (SELECT count(*) FROM comments r WHERE r.root_id = c.id AND r.status = 'approved')"
        " FROM comments c WHERE c.parent_id IS NULL"
    )
    assert all(kept == counted for kept, counted in above)


def _all_at_once(actors: list[Callable[[int], None]]) -> list[BaseException]:
    together, failed = threading.Barrier(len(actors)), list[BaseException]()

    def run(act: Callable[[int], None]) -> None:
        together.wait()
        for number in range(ROUNDS):
            try:
                act(number)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed
