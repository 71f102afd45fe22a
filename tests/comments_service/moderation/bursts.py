"""Comments that come in through the public door and are judged, many at a time, for the tests of groups and waves."""

import json
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from comments_service.moderation.judge import judge_batch
from comments_service.moderation.sites import change_settings
from comments_service.outbox.claim import claim
from comments_service.privacy.tokens import sign
from comments_service.screening.checks.form import PURPOSE
from tests.comments_service.moderation.stage import Stage
from tests.comments_service.web.newsroom import WrittenScores

FIRST = ("Anna", "Bruno", "Clara", "Dario", "Elif", "Farid", "Greta", "Hanna", "Ivo", "Jonas", "Karim", "Lena")
TIMES = ("in two weeks", "last month", "since May", "this week", "in ten days")


def pitch(number: int) -> str:
    """One of many versions of the same advertisement: other names, sums, times, letters."""
    name, time = FIRST[number % len(FIRST)], TIMES[number % len(TIMES)]
    text = (
        f"My cousin {name} made {3000 + 37 * number} dollars {time} with nothing but her telephone and this course,"
        f" and so can everybody who reads this. Have a look before they close it: https://quick-course.example/j{number}"
    )
    return text.replace("o", "о") if number % 7 == 3 else text


def change(stage: Stage, site: str = "demo", **changes: Any) -> None:
    """Change settings of a site as the command does."""
    typed = {name: json.dumps(value) for name, value in changes.items()}
    stage.write(change_settings, site, typed, stage.runtime.settings.site_defaults)


def send(stage: Stage, body: str, **options: Any) -> str:
    """Post `body` as `posted` does; the comment's public id."""
    public_id: str = posted(stage, body, **options)["id"]
    return public_id


def posted(
    stage: Stage, body: str, *, number: int = 0, page: str = "a", name: str = "", site: str = "demo"
) -> dict[str, Any]:
    """Post `body` as reader `number`, each with an address and a network of their own; what the answer says."""
    answer = stage.app.test_client().post(
        f"/api/v1/sites/{site}/comments",
        json={
            "url": f"https://{site}.example/{page}",
            "name": name or FIRST[number % len(FIRST)],
            "email": f"reader{number}@mail{number % 9}.example",
            "body": body,
            "form_token": sign(
                stage.runtime.keys.form, PURPOSE, site, (stage.runtime.clock() - timedelta(minutes=1)).timestamp()
            ),
        },
        environ_base={"REMOTE_ADDR": f"198.{18 + number // 250}.{number % 250}.7"},
    )
    assert answer.status_code in {201, 202}, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def judge(stage: Stage) -> int:
    """A worker's round; how many comments it took."""
    with stage.app.app_context():
        with stage.runtime.transaction() as session:
            rows = claim(session, "judge", 1000, 60)
        judge_batch(stage.runtime, WrittenScores(secrets.token_hex(32)), rows)
    return len(rows)


def burst(stage: Stage, bodies: Iterable[str], **options: Any) -> list[str]:
    """Send these as readers 0, 1, 2 … and judge them, in the order in which they came; their public ids in order."""
    sent = [send(stage, body, number=number, **options) for number, body in enumerate(bodies)]
    judge(stage)
    return sent
