"""A wave as it comes through the public door, and a moderator's hands on it."""

import re
from collections.abc import Callable, Sequence

from comments_service.moderation.waves.work import work_on_waves
from comments_service.outbox.claim import Claimed
from comments_service.outbox.handlers import Handler
from comments_service.tasks.work import work_until
from tests.comments_service.moderation.bursts import judge, pitch, send
from tests.comments_service.moderation.stage import Stage, Visitor

HARBOUR = (
    "The ferry was late again this morning and nobody at the harbour told us why.",
    "My grandfather built boats here, and he would laugh at this new pier.",
    "Has anybody asked the fishermen what they think of the new timetable?",
    "I like it: at last there is room for bicycles on the upper deck.",
    "The council should publish the contract, then we could all see what it costs.",
    "Twenty years ago there were four boats a day, and they were never full.",
    "My daughter takes the early one to school and has to stand all the way.",
    "You can see the lighthouse from our kitchen, it has been dark for a week.",
    "Why is the ticket office closed on Mondays when all the tourists come then?",
    "The photograph in the article shows the old pier, not the one they want to close.",
    "Winter is the problem, in summer everything somehow works out in the end.",
    "I counted eleven people waiting in the rain because the shelter was locked.",
    "Let us be fair, the crew are friendly and do what they can with an old engine.",
    "A bridge would have been cheaper, but nobody wanted to look at it every day.",
    "The harbour master answered my letter within two days, which surprised me.",
    "Nobody mentions the smell of diesel, yet that is what we shall all miss least.",
    "Give the young captain a chance, she has only been in charge since April.",
    "It says in the timetable that dogs travel free, so why did I pay for mine?",
    "Half of this could be solved with a telephone number that somebody picks up.",
    "Where will the swallows nest once the old roof has been taken down?",
    "I work on the mainland and have been late nine times since Christmas.",
    "Please write about the school bus as well, it is the same story every day.",
    "An electric boat would suit this short crossing, other towns have one already.",
    "We came as tourists and found everybody helpful in spite of the fog.",
    "The numbers in the third paragraph do not add up, or I have misread them.",
    "My neighbour says the cafe on the pier will stay open until October.",
    "Could the paper print a map next time, for those of us who moved here lately?",
    "Nothing beats the view from the stern when the sun goes down behind the mill.",
    "They promised us a waiting room with heating, and we got a poster instead.",
    "Thank you for asking the engineers, that was the part I wanted to read.",
)


def run_waves(stage: Stage, handle: Callable[[Sequence[Claimed]], None] | None = None) -> None:
    """What a worker does when it is rung for waves, until nothing is due."""
    with stage.app.app_context():
        act = handle or (lambda rows: work_on_waves(stage.runtime, rows))
        work_until(stage.runtime, Handler(act, batch=1, wait=lambda _tries: 0.0), "waves", deadline=1e12)


def arrive(stage: Stage, bodies: Sequence[str], *, seen_after: int = 12, readers_from: int = 0) -> list[str]:
    """Comments of as many readers on five pages; the workers look after every `seen_after`. Their public ids."""
    sent = []
    for number, body in enumerate(bodies):
        sent.append(send(stage, body, number=readers_from + number, page=f"p{number % 5}"))
        if len(sent) % seen_after == 0 or len(sent) == len(bodies):
            judge(stage)
            run_waves(stage)
    return sent


def wave_comes(stage: Stage, size: int = 60) -> list[str]:
    """Alike comments of as many readers. When the first twelve have come, it is seen that they are a wave."""
    return arrive(stage, [pitch(number) for number in range(size)])


def only_wave(mona: Visitor) -> str:
    """Path of the one wave that stands above the queue."""
    (found,) = set(re.findall(r'href="(/moderation/waves/\d+)"', mona.get("/moderation/").text))
    return found


def press(mona: Visitor, wave: str, what: str, **fields: str) -> str:
    answer = mona.post(f"{wave}/{what}", wave, **fields)
    assert answer.status_code == 303, answer.text
    return mona.get(wave).text


def undo(mona: Visitor, wave: str) -> None:
    found = re.search(r'name="run" value="(\d+)"', mona.get(wave).text)
    assert found is not None
    press(mona, wave, "undo", run=found[1])


def statuses(stage: Stage, ids: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in ids:
        counts[stage.status(one)] = counts.get(stage.status(one), 0) + 1
    return counts
