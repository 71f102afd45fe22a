"""What is told to whom, when, signed how, and what if the receiver fails: through the desk and a real receiver."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from comments_service.notifications.webhooks.send import send_webhooks
from comments_service.outbox.backoff import PATIENT_TRIES
from comments_service.outbox.handlers import Handler
from comments_service.storage.tables import OutboxRow, Webhook
from comments_service.tasks.work import work_until
from tests.comments_service.moderation.stage import Stage, Visitor
from tests.comments_service.notifications.webhooks.receiver import Got, Receiver, receiving
from tests.stacks.servers import new_postgres_database

_SECRET = re.compile(r'<code class="secret">(whsec_[^<]+)</code>')
_PLACE = re.compile(r'action="/moderation/webhooks/(wh_\w+)"')
ALL = [
    "comment.approved",
    "comment.held",
    "comment.rejected",
    "comment.spam",
    "comment.deleted",
    "comment.changed",
    "comment.reported",
    "notice.received",
]


class House:
    """A stage with a webhook that leads to a real receiver, and a worker that can be sent to work."""

    def __init__(self, stage: Stage, receiver: Receiver, events: list[str]) -> None:
        self.stage, self.receiver = stage, receiver
        self.owner = stage.moderator("olga", "owner")
        page = self.owner.client.post(
            "/moderation/webhooks",
            data={"url": receiver.url, "events": events, "csrf_token": self.owner.token("/moderation/webhooks")},
        ).text
        self.id, self.secret = _PLACE.findall(page)[0], _SECRET.findall(page)[0]

    def work(self, tries: int | None = PATIENT_TRIES) -> None:
        """Let a worker do what is due; what fails is due again at once."""
        runtime = self.stage.runtime
        handler = Handler(partial(send_webhooks, runtime), batch=1, tries=tries, wait=lambda _: 0.0)
        with self.stage.app.app_context():
            work_until(runtime, handler, "webhook", deadline=float("inf"))

    def page(self) -> str:
        return self.owner.get(f"/moderation/webhooks/{self.id}").text

    def act(self, act: str) -> Any:
        return self.owner.post(f"/moderation/webhooks/{self.id}", "/moderation/webhooks", act=act)

    def decide(self, comment: str, decision: str) -> None:
        self.owner.post("/moderation/decisions", ids=comment, decision=decision)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def house(tmp_path: Path, receiver: Receiver) -> House:
    return House(Stage(tmp_path, webhook_private_networks=True), receiver, ALL)


def _verified(got: Got, secret: str) -> bool:
    """As Standard Webhooks 1.0 tells receivers to check: written from its text, not from ours."""
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in got.headers["webhook-signature"].split()


def test_a_comments_way_is_told_step_by_step_and_signed(house: House) -> None:
    comment = house.stage.comment("Write to ann@example.org, please.", name="Ann")
    house.decide(comment, "approve")
    house.decide(comment, "spam")
    house.decide(comment, "delete")
    house.work()
    assert house.receiver.events == ["comment.held", "comment.approved", "comment.spam", "comment.deleted"]
    assert all(_verified(got, house.secret) for got in house.receiver.got)
    assert not _verified(house.receiver.got[0], "whsec_" + base64.b64encode(b"another").decode())
    told = house.receiver.got[1].document["data"]
    assert (told["site"], told["comment"]["id"], told["decision"]["by"]) == ("demo", comment, "moderator")


def test_what_is_told_is_how_things_stand_when_it_is_sent(house: House) -> None:
    comment = house.stage.comment("Write to ann@example.org, please.", name="Ann")
    house.work()
    words = house.receiver.got[0].document["data"]["comment"]
    assert words["name"] == "Ann"
    assert "please" in words["text"]
    assert b"ann@example.org" not in house.receiver.got[0].body
    house.decide(comment, "approve")
    house.decide(comment, "delete")
    house.work()
    late = house.receiver.got[1].document
    assert (late["type"], late["data"]["comment"]["status"]) == ("comment.approved", "deleted")
    assert "text" not in late["data"]["comment"], "what is deleted is not told any more"


def test_only_what_was_asked_for_is_told(tmp_path: Path, receiver: Receiver) -> None:
    house = House(Stage(tmp_path, webhook_private_networks=True), receiver, ["comment.approved"])
    house.stage.add_site("other")
    house.decide(house.stage.comment(), "approve")
    house.decide(house.stage.comment(), "spam")
    house.decide(house.stage.comment(site="other"), "approve")
    house.work()
    assert receiver.events == ["comment.approved"]


def test_a_report_and_a_notice_are_told(house: House) -> None:
    comment = house.stage.comment(machine="approve", policy="below_thresholds")
    reader = house.stage.app.test_client()
    base = f"/api/v1/sites/demo/comments/{comment}"
    assert reader.post(f"{base}/reports", json={"reason": "abuse"}).status_code == 204
    notice = {
        "explanation": "This copies my photograph.",
        "name": "Ann",
        "email": "ann@example.org",
        "good_faith": True,
    }
    assert reader.post(f"{base}/notices", json=notice).status_code < 300
    house.work()
    assert {"comment.reported", "notice.received"} <= set(house.receiver.events)
    assert not any(b"ann@" in got.body or b"photograph" in got.body for got in house.receiver.got)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_road_through_a_failing_receiver(tmp_path: Path, receiver: Receiver, database: str) -> None:
    """It fails five ways, comes back, and then gets everything: each event once more than it failed, under one id."""
    url = new_postgres_database() if database == "postgresql" else ""
    house = House(Stage(tmp_path, webhook_private_networks=True, database_url=url), receiver, ALL)
    receiver.answers = [500, 0, 302, 404, 429, 204]
    receiver.location = "http://127.0.0.1:1/elsewhere"
    house.stage.comment()
    house.work()
    ids = {got.headers["webhook-id"] for got in receiver.got}
    assert (len(receiver.got), len(ids)) == (6, 1), "tried again under the same id, and no redirect was followed"
    page = house.page()
    for told in ("it answered 500", "it answered 302", "it answered 429", "it answered 204", "delivered"):
        assert told in page
    house.work()
    assert len(receiver.got) == 6, "what was delivered is not sent again by itself"


def test_who_takes_nothing_for_a_day_is_paused_and_gets_everything_later(house: House) -> None:
    house.receiver.answers = [503]
    comment = house.stage.comment()
    house.work()
    assert len(house.receiver.got) == PATIENT_TRIES
    assert "has taken nothing for a day: it answered 503" in house.page()
    house.decide(comment, "approve")
    house.work()
    assert len(house.receiver.got) == PATIENT_TRIES, "held while it is paused"
    house.receiver.answers = [204]
    house.act("resume")
    house.work()
    assert house.receiver.events[-1] == "comment.approved"
    given_up = re.findall(r'value="(wd_\w+)"', house.page())[-1]
    house.owner.post(f"/moderation/webhooks/{house.id}/replays", "/moderation/webhooks", delivery=given_up)
    house.work()
    assert house.receiver.events[-1] == "comment.held"
    assert house.receiver.got[-1].headers["webhook-id"] == house.receiver.got[0].headers["webhook-id"]


def test_one_that_says_it_is_gone_is_not_asked_again(house: House) -> None:
    house.receiver.answers = [410]
    house.stage.comment()
    house.stage.comment()
    house.work()
    assert len(house.receiver.got) == 1
    assert "it is gone (410)" in house.page()


def test_a_replay_calls_off_the_try_that_waits(house: House) -> None:
    house.receiver.answers = [500, 204]
    house.stage.comment()
    runtime = house.stage.runtime
    handler = Handler(partial(send_webhooks, runtime), batch=1, tries=PATIENT_TRIES, wait=lambda _: 3600.0)
    with house.stage.app.app_context():
        work_until(runtime, handler, "webhook", deadline=float("inf"))
    waiting = re.findall(r'value="(wd_\w+)"', house.page())[0]
    assert "Next try at" in house.page()
    for _ in range(2):
        house.owner.post(f"/moderation/webhooks/{house.id}/replays", "/moderation/webhooks", delivery=waiting)
    house.work()
    assert len(house.receiver.got) == 2
    undone = house.stage.write(
        lambda session: session.scalars(
            select(OutboxRow.id).where(OutboxRow.kind == "webhook", OutboxRow.done_at.is_(None))
        ).all()
    )
    assert undone == []


def test_a_new_secret_comes_into_force_without_a_gap(house: House) -> None:
    renewed = _SECRET.findall(house.act("secret").text)[0]
    house.stage.comment()
    house.work()
    assert renewed != house.secret
    assert _verified(house.receiver.got[0], renewed)
    assert _verified(house.receiver.got[0], house.secret), "for a day the former one holds too"
    assert _SECRET.findall(house.page()) == [], "told once"


def test_a_removed_one_is_told_nothing_and_forgets_its_secret(house: House) -> None:
    house.stage.comment()
    house.act("remove")
    house.stage.comment()
    house.work()
    assert house.receiver.got == []
    sealed = house.stage.write(lambda session: session.scalars(select(Webhook.sealed)).all())
    assert sealed == [b""]
    assert house.owner.get(f"/moderation/webhooks/{house.id}").status_code == 404


def test_the_secret_and_what_was_said_stand_in_no_table(house: House) -> None:
    house.stage.comment("A very particular sentence.")
    house.work()
    kept = house.stage.write(
        lambda session: [
            str(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("webhooks", "webhook_deliveries", "webhook_attempts", "outbox")
        ]
    )
    assert not any(house.secret in rows or "particular" in rows for rows in kept)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://2130706433/",
        "http://0/",
    ],
)
def test_nobody_reaches_the_inside_by_a_webhook(stage: Stage, url: str) -> None:
    house = House(stage, Receiver(url=url), ALL)
    house.stage.comment()
    house.work(tries=1)
    assert "this machine or into a private network" in house.page()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "write it like https://"),
        ("ftp://example.org/", "write it like https://"),
        ("https://", "write it like https://"),
        ("https://user:word@example.org/", "leave out user and password"),
        ("https://example.org/a\r\nX: y", "write it like https://"),
        ("https://example.org:99999/", "cannot be read"),
        ("https://example.org/" + "a" * 1000, "at most 1000"),
        ("https://exämple.org/\x00", "write it like https://"),
    ],
)
def test_a_url_that_is_none_is_refused_with_a_remedy(stage: Stage, url: str, told: str) -> None:
    owner = stage.moderator("olga", "owner")
    answer = owner.post("/moderation/webhooks", "/moderation/webhooks", url=url, events="comment.approved")
    assert answer.status_code == 422
    assert told in answer.text


def test_an_owner_of_one_site_sees_and_adds_only_its_own(house: House) -> None:
    house.stage.add_site("other")
    foreign: Visitor = house.stage.moderator("fred", "owner", "other")
    assert house.receiver.url not in foreign.get("/moderation/webhooks").text
    answer = foreign.post(
        "/moderation/webhooks", "/moderation/webhooks", site="demo", url="https://example.org/", events=ALL[0]
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "\x00", "1.5"])
def test_odd_places_in_the_log_are_no_error_of_ours(house: House, before: str) -> None:
    answer = house.owner.client.get(f"/moderation/webhooks/{house.id}", query_string={"before": before})
    assert answer.status_code == 200


def test_the_snippet_of_the_documentation_tells_true_from_forged(house: House) -> None:
    page = (Path(__file__).parents[4] / "docs" / "desk" / "webhooks.md").read_text()
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    namespace: dict[str, Any] = {}
    exec(code, namespace)
    house.stage.comment()
    house.work()
    got = house.receiver.got[0]
    now = int(got.headers["webhook-timestamp"])
    assert namespace["is_genuine"](got.headers, got.body, house.secret, now=now)
    assert not namespace["is_genuine"](got.headers, got.body + b" ", house.secret, now=now)
    assert not namespace["is_genuine"](got.headers, got.body, house.secret, now=now + 301)
