"""By what is a wave recognised, is a lively discussion left alone, and who is told of a wave?"""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from comments_service.notifications.waiting_mail import promise_waiting_mails
from comments_service.notifications.wave_mail import build_wave
from comments_service.storage.tables import OutboxRow, Site, Wave
from tests.comments_service.moderation.bursts import burst, change, judge, pitch, send
from tests.comments_service.moderation.stage import Stage
from tests.comments_service.moderation.wave_hands import (
    HARBOUR,
    arrive,
    only_wave,
    press,
    run_waves,
    statuses,
    wave_comes,
)

MAILING = {
    "smtp_url": "smtp://127.0.0.1:25",
    "mail_from": "desk@news.example",
    "moderators_mail": "vera@news.example",
}


def test_a_lively_discussion_is_no_wave(stage: Stage) -> None:
    site = stage.site_ids["demo"]
    stage.write(
        lambda session: session.execute(
            update(Site).where(Site.id == site).values(created_at=stage.runtime.clock() - timedelta(days=30))
        )
    )
    known = burst(stage, HARBOUR[:6])
    sent = []
    for number, body in enumerate(HARBOUR[6:]):
        sent.append(send(stage, body, number=number if number % 3 else 100 + number, page="b"))
    judge(stage)
    run_waves(stage)
    assert statuses(stage, [*known, *sent]) == {"approved": 30}
    assert stage.write(lambda session: session.scalar(select(func.count(Wave.id)))) == 0


def test_thanks_from_everybody_is_no_wave(stage: Stage) -> None:
    sent = burst(stage, ["Thanks!"] * 15)
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 15}


def test_one_person_on_many_pages_is_no_wave(stage: Stage) -> None:
    sent = [send(stage, pitch(number), number=5, page=f"p{number}") for number in range(14)]
    judge(stage)
    run_waves(stage)
    assert stage.write(lambda session: session.scalar(select(func.count(Wave.id)))) == 0
    assert len(sent) == 14


def test_different_texts_that_link_to_one_strange_domain_are_a_wave(stage: Stage) -> None:
    sent = arrive(stage, [f"{body} https://quick-course.example/x{number}" for number, body in enumerate(HARBOUR[:15])])
    assert statuses(stage, sent) == {"approved": 12, "pending": 3}
    assert "They all link to quick-course.example" in stage.moderator("mona").get("/moderation/").text


def test_links_to_the_sites_own_pages_are_none(stage: Stage) -> None:
    sent = burst(stage, [f"{body} https://demo.example/x{number}" for number, body in enumerate(HARBOUR[:15])])
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 15}


def test_far_more_newcomers_than_usual_are_a_wave_and_regulars_are_not_held(stage: Stage) -> None:
    change(stage, wave_newcomers=10)
    stage.write(
        lambda session: session.execute(update(Site).values(created_at=stage.runtime.clock() - timedelta(days=30)))
    )
    now = stage.runtime.clock()
    stage.at(now - timedelta(hours=2))
    burst(stage, HARBOUR[:2])
    stage.at(now)
    sent = arrive(stage, [f"Now this: {body}" for body in HARBOUR[:15]], seen_after=10, readers_from=100)
    assert statuses(stage, sent) == {"approved": 10, "pending": 5}
    regular = send(stage, "I have been here since this morning, and it was quieter then.", number=0)
    judge(stage)
    assert stage.status(regular) == "approved"


@pytest.mark.parametrize("size", [0, 30])
def test_a_site_may_ask_for_larger_waves_or_for_none(stage: Stage, size: int) -> None:
    change(stage, wave_size=size)
    sent = wave_comes(stage, 20)
    assert statuses(stage, sent) == {"approved": 20}


def _mails(stage: Stage) -> list[OutboxRow]:
    return stage.write(
        lambda session: list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail").order_by(OutboxRow.id)))
    )


def test_moderators_get_one_mail_about_a_wave_and_none_about_what_it_holds(tmp_path: Path) -> None:
    stage = Stage(tmp_path, **MAILING)
    wave_comes(stage, 20)
    settings, now = stage.runtime.settings, stage.runtime.clock()
    assert stage.write(promise_waiting_mails, settings, now) == 0
    (row,) = _mails(stage)
    assert row.due_at > now + timedelta(minutes=4), "so that its numbers say something"
    assert "@" not in row.key + str(row.payload)
    means = stage.runtime
    with stage.app.app_context():
        message = stage.write(build_wave, row.payload, means, row.key)
    told = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "A wave of comments: The demo paper"
    assert "20 comments from 20 addresses" in told
    assert only_wave(stage.moderator("mona")) in told
    assert "course" not in told, "mail is read by more eyes than it is sent to"


def test_a_wave_that_is_none_is_not_worth_a_mail(tmp_path: Path) -> None:
    stage = Stage(tmp_path, **MAILING)
    wave_comes(stage, 13)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "end", verdict="none")
    (row,) = _mails(stage)
    with stage.app.app_context():
        assert stage.write(build_wave, row.payload, stage.runtime, row.key) is None
