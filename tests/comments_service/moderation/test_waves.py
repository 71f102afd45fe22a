"""Is a wave held, shown as one row, decided and taken back as one, and is it over when it is over?"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from comments_service.moderation.waves.beginning import end_quiet_waves
from comments_service.moderation.waves.work import work_on_waves
from comments_service.outbox.claim import Claimed
from comments_service.storage.tables import Comment, Decision, OutboxRow, Wave, WaveStep
from tests.comments_service.moderation.bursts import change, judge, pitch, send
from tests.comments_service.moderation.stage import Stage, Visitor
from tests.comments_service.moderation.wave_hands import only_wave, press, run_waves, statuses, undo, wave_comes


def shown_to_readers(stage: Stage) -> int:
    answers = [
        stage.app.test_client().get(
            "/api/v1/sites/demo/comments", query_string={"url": f"https://demo.example/p{number}"}
        )
        for number in range(5)
    ]
    return sum(answer.get_json()["thread"]["count"] for answer in answers if answer.status_code == 200)


def test_sixty_alike_comments_are_one_row_one_decision_and_one_undo(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    sent = wave_comes(stage)
    mona = stage.moderator("mona")
    assert statuses(stage, sent) == {"approved": 12, "pending": 48}, "held from the moment it was seen"
    assert shown_to_readers(stage) == 12
    page = mona.get("/moderation/").text
    assert mona.items() == []
    assert "60 comments" in page
    assert "60 addresses" in page
    assert "48 wait, 12 can be read" in page
    assert mona.get("/moderation/counts").get_json()["counts"]["pending"] == 48
    wave = only_wave(mona)
    assert "All of the wave is being decided" in press(mona, wave, "decision", decision="spam")
    run_waves(stage)
    assert statuses(stage, sent) == {"spam": 60}
    assert shown_to_readers(stage) == 0
    assert "60 comments" in mona.get(wave).text
    undo(mona, wave)
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 12, "pending": 48}
    assert shown_to_readers(stage) == 12
    assert "was taken back" in mona.get(wave).text
    assert stage.write(lambda session: session.scalar(select(func.count(Wave.id)))) == 1


def test_what_follows_is_decided_too_until_it_is_taken_back(stage: Stage) -> None:
    wave_comes(stage, 20)
    mona = stage.moderator("mona")
    wave = only_wave(mona)
    press(mona, wave, "decision", decision="spam", follows="1")
    run_waves(stage)
    later = send(stage, pitch(70), number=70)
    judge(stage)
    assert stage.status(later) == "pending"
    run_waves(stage)
    assert stage.status(later) == "spam"
    undo(mona, wave)
    run_waves(stage)
    assert stage.status(later) == "pending"
    last = send(stage, pitch(71), number=71)
    judge(stage)
    run_waves(stage)
    assert stage.status(last) == "pending"


def test_without_the_tick_what_follows_waits(stage: Stage) -> None:
    wave_comes(stage, 20)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "decision", decision="spam")
    run_waves(stage)
    later = send(stage, pitch(70), number=70)
    judge(stage)
    run_waves(stage)
    assert stage.status(later) == "pending"


@pytest.mark.parametrize("broken_off", ["before it is kept", "after it is kept"])
def test_a_decision_that_breaks_off_goes_on_and_decides_each_comment_once(stage: Stage, broken_off: str) -> None:
    sent = wave_comes(stage, 13)
    _many_more(stage, sent[0], 120)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "decision", decision="spam")
    calls: Iterator[int] = iter(range(100))

    def breaking(rows: Sequence[Claimed]) -> None:
        broken = next(calls) == 1
        if broken and broken_off.startswith("before"):
            raise OSError("the machine went down")
        work_on_waves(stage.runtime, rows)
        if broken:
            raise OSError("the machine went down")

    run_waves(stage, breaking)
    assert _decided(stage) == (133, 133), "each of them, and each once"
    undo(mona, only_wave_ever(mona))
    calls = iter(range(100))
    run_waves(stage, breaking)
    counts = stage.write(
        lambda session: dict(session.execute(select(Comment.status, func.count()).group_by(Comment.status)).all())
    )
    assert counts == {"approved": 12, "pending": 121}


def only_wave_ever(mona: Visitor) -> str:
    (found,) = set(re.findall(r'href="(/moderation/waves/\d+)"', mona.get("/moderation/waves").text))
    return found


def _many_more(stage: Stage, like: str, many: int) -> None:
    """Put comments of the wave straight into the table: posting them would take a while."""

    def store(session: object) -> None:
        wave = session.scalars(select(Wave)).one()  # type: ignore[attr-defined]
        first = session.scalars(select(Comment).where(Comment.public_id == like)).one()  # type: ignore[attr-defined]
        kept = {column.name: getattr(first, column.name) for column in Comment.__table__.columns}
        for number in range(many):
            own = {"id": None, "public_id": f"more{number}", "status": "pending", "awaits": "human", "shown": False}
            session.add(Comment(**{**kept, **own, "arrival": None, "wave_id": wave.id}))  # type: ignore[attr-defined]

    stage.write(store)


def _decided(stage: Stage) -> tuple[int, int]:
    """How many comments a moderator called spam, and in how many lines of the log."""

    def count(session: object) -> tuple[int, int]:
        statement = select(func.count(Decision.comment_id.distinct()), func.count()).where(Decision.action == "spam")
        return tuple(session.execute(statement).one())  # type: ignore[attr-defined,return-value]

    found: tuple[int, int] = stage.write(count)
    assert stage.write(lambda session: session.scalar(select(func.count()).select_from(WaveStep))) == found[0]
    return found


def test_what_a_person_has_decided_is_left_alone(stage: Stage) -> None:
    sent = wave_comes(stage, 16)
    mona, olga = stage.moderator("mona"), stage.moderator("olga")
    olga.post("/moderation/decisions", ids=[sent[0], sent[15]], decision="approve")
    wave = only_wave(mona)
    press(mona, wave, "decision", decision="spam")
    olga.post("/moderation/decisions", ids=[sent[14]], decision="delete")
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 2, "deleted": 1, "spam": 13}
    olga.post("/moderation/decisions", ids=[sent[13]], decision="approve")
    undo(mona, wave)
    run_waves(stage)
    assert stage.status(sent[13]) == "approved"
    assert "1 was left alone" in mona.get(wave).text


def test_pressing_twice_does_it_once_and_says_so(stage: Stage) -> None:
    wave_comes(stage, 16)
    mona = stage.moderator("mona")
    wave = only_wave(mona)
    press(mona, wave, "decision", decision="spam")
    assert "Something else is being done with this wave" in press(mona, wave, "decision", decision="approve")
    run_waves(stage)
    assert _decided(stage) == (16, 16)


def test_a_wave_ends_when_it_is_quiet_and_then_the_site_is_as_ever(stage: Stage) -> None:
    wave_comes(stage, 14)
    mona = stage.moderator("mona")
    began = stage.runtime.clock()
    defaults = stage.runtime.settings.site_defaults
    assert stage.write(end_quiet_waves, defaults, began + timedelta(minutes=59)) == 0
    assert stage.write(end_quiet_waves, defaults, began + timedelta(minutes=61)) == 1
    stage.at(began + timedelta(minutes=61))
    later = send(stage, pitch(70), number=70)
    judge(stage)
    run_waves(stage)
    assert stage.status(later) == "approved"
    page = mona.get("/moderation/").text
    assert "ended" in page, "two of it wait, so it still stands there"
    press(mona, only_wave(mona), "decision", decision="spam")
    run_waves(stage)
    assert "/moderation/waves/" not in mona.get("/moderation/").text


def test_a_site_that_wants_none_any_more_has_none(stage: Stage) -> None:
    wave_comes(stage, 13)
    change(stage, wave_size=0)
    assert stage.write(end_quiet_waves, stage.runtime.settings.site_defaults, stage.runtime.clock()) == 1


def test_this_is_no_wave_gives_everything_back_and_asks_no_more(stage: Stage) -> None:
    sent = wave_comes(stage, 20)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "end", verdict="none", publish="1")
    run_waves(stage)
    assert statuses(stage, sent) == {"approved": 20}, "they were held for the wave alone"
    later = send(stage, pitch(70), number=70)
    judge(stage)
    run_waves(stage)
    assert stage.status(later) == "approved"
    assert "/moderation/waves/" not in mona.get("/moderation/").text


def test_this_is_no_wave_without_publishing_leaves_a_row_of_alike_comments(stage: Stage) -> None:
    sent = wave_comes(stage, 20)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "end", verdict="none")
    run_waves(stage)
    assert mona.items() == [sent[12]]
    assert "7 like this" in mona.get("/moderation/").text


def test_ending_it_by_hand_holds_nothing_more(stage: Stage) -> None:
    wave_comes(stage, 14)
    mona = stage.moderator("mona")
    press(mona, only_wave(mona), "end", verdict="over")
    later = send(stage, pitch(70), number=70)
    judge(stage)
    run_waves(stage)
    assert stage.status(later) == "approved"
    assert later not in mona.items()


def test_another_sites_wave_does_not_exist(stage: Stage) -> None:
    wave_comes(stage, 13)
    wave = only_wave(stage.moderator("mona"))
    stage.add_site("other")
    fred = stage.moderator("fred", "owner", "other")
    assert fred.get(wave).status_code == 404
    assert "/moderation/waves/" not in fred.get("/moderation/waves").text
    assert fred.get(f"/moderation/waves/{2**70}").status_code == 404


def test_a_form_that_says_nothing_sensible_is_told_what_is_missing(stage: Stage) -> None:
    wave_comes(stage, 12)
    mona = stage.moderator("mona")
    wave = only_wave(mona)
    for what, fields in (
        ("decision", {"decision": "reject"}),
        ("decision", {"decision": "burn"}),
        ("decision", {"reject_reason": "\x00"}),
        ("end", {"verdict": ""}),
    ):
        assert mona.post(f"{wave}/{what}", wave, **fields).status_code == 422


def test_an_undo_of_something_else_changes_nothing(stage: Stage) -> None:
    wave_comes(stage, 13)
    mona = stage.moderator("mona")
    wave = only_wave(mona)
    assert "Something else" in press(mona, wave, "undo", run="99999999999999999999")
    assert (
        stage.write(
            lambda session: session.scalar(select(func.count(OutboxRow.id)).where(OutboxRow.key.startswith("undo")))
        )
        == 0
    )
