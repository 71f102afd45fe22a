"""Do pages that are turned while comments are decided show each comment that stays exactly once, in every order?"""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from comments_service.moderation.queue_order import SORTS
from comments_service.storage.tables import Comment, Moderator
from tests.comments_service.moderation.stage import Stage

QUEUE, DECISIONS = "/api/v1/moderation/queue", "/api/v1/moderation/decisions"
ACTIONS = ("approve", "spam", "reject", "delete")


def _of_few_values(stage: Stage, number: int) -> str:
    """A comment whose place in every order is shared with others."""
    comment = stage.comment(minutes_ago=number % 4, address=f"reader{number % 3}@example.org")
    keys = {"reports": number % 2, "uncertainty": 700 * (number % 2), "thread_published": number % 3}
    stage.write(lambda session: session.execute(update(Comment).where(Comment.public_id == comment).values(**keys)))
    return comment


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.sampled_from(SORTS),
    limit=st.integers(1, 4),
    view=st.sampled_from(("pending", "all")),
    filters=st.sampled_from(({}, {"days": "3"}, {"q": "calm"}, {"name": "ada"})),
    decided=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(ACTIONS)), max_size=6),
)
def test_every_comment_that_stays_is_shown_once(
    stage: Stage, sort: str, limit: int, view: str, filters: dict[str, str], decided: list[tuple[int, str]]
) -> None:
    stage.write(lambda session: session.execute(update(Comment).values(status="deleted", awaits="nobody", name="")))
    mona = stage.moderator(f"mona{stage.write(_number)}")
    made = [_of_few_values(stage, number) for number in range(9)]
    seen, cursor, left = list[str](), None, list(decided)
    while True:
        query: dict[str, Any] = {"status": view, "sort": sort, "limit": limit, **filters}
        answer = mona.get(QUEUE, query_string=query | ({"cursor": cursor} if cursor else {})).get_json()
        seen += [one["id"] for one in answer["comments"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
        for number, action in left[:2]:
            order = {"ids": [made[number]], "decision": action, "reason": "insult"}
            assert mona.api(DECISIONS, order).status_code == 200
        left = left[2:]
    done = {made[number] for number, _ in decided[: len(decided) - len(left)]}
    stays = set(made) if view == "all" else set(made) - done
    of_these = [one for one in seen if one in set(made)]
    assert len(of_these) == len(set(of_these)), "none twice"
    assert stays <= set(of_these), "none skipped"


def _number(session: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(Moderator)))
