"""A site made up for tests: comments from templates written for this project, and what its moderators decide.

Its rules differ from the ones that the shipped model learnt: people may swear, links to betting are spam. Insults at a
person, threats and other adverts are removed as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

FINE = {"spam": 0.0, "toxic": 0.0}
SPAM = {"spam": 1.0}
ABUSE = {"spam": 0.0, "toxic": 1.0}

_SUBJECTS = (
    "the second half", "our keeper", "that penalty", "the new coach", "the transfer", "the referee's whistle",
    "the midfield", "this season", "the away kit", "the stadium roof", "the derby", "the training camp", "the pitch",
    "the ticket office", "the under-nineteens", "the captain's armband", "the physio", "the press box",
)  # fmt: skip
_CALM = (
    "I think {} was better than last year and the bench showed it", "can somebody explain {} to a newcomer like me",
    "{} reminded me of the winter of 1998 when we had snow in May", "my daughter asked about {} all the way home",
    "nobody has written about {} yet, so here is my view of it", "the report is fair about {} and short on figures",
    "I would have kept {} and changed the wing instead", "thanks for the pictures of {}, they made my lunch break",
)  # fmt: skip
_SWEARING = (
    "holy shit, {} was fucking brilliant", "what the hell happened to {}, damn it",
    "{} is a bloody mess, for fuck's sake",
    "oh fuck, I missed {} because of the damn train", "shit weather, but {} was worth the whole damn trip",
    "fuck me, {} made my evening", "{} scared the crap out of me, bloody hell", "no shit, {} again, how the fuck",
)  # fmt: skip
_ABUSE = (
    "you are a stupid idiot and {} proves it", "shut up about {}, you worthless moron",
    "go and die together with {}, you piece of trash", "only a brainless loser like you would defend {}",
    "people like you ruin {}, you disgusting pig", "I will find you and break your legs over {}",
    "you pathetic clown know nothing of {}, crawl back to your hole", "kill yourself and leave {} to us",
)  # fmt: skip
_BETTING = (
    "odds on {} are up at https://bet-{n}.example/tips", "I put a tenner on {} here www.wetten{n}.example, easy money",
    "{} pays nine to one at https://stake-{n}.example today", "free bet for {} with code GOAL{n}, https://punt{n}.example",
    "my slip with {} came in again, join https://tipster{n}.example", "live odds for {}: https://odds{n}.example/live",
)  # fmt: skip
_ADVERTS = (
    "buy cheap pills without prescription at http://pharma{n}.example and forget {}",
    "earn $500 a day from home, ask me on whatsapp +44 20 7946 0{n}, better than {}",
    "visit my site http://loans{n}.example for an instant loan, no questions about {}",
    "hot singles near you at http://dates{n}.example, who cares for {}",
)  # fmt: skip
_WHO = ("my brother", "the man beside me", "our neighbour", "half the block", "a friend from Leeds", "my old teacher")
_DID = ("came late", "lost a glove", "sang all evening", "bought the round", "slept through it", "forgot the tickets")
_WHEN = ("on Tuesday", "after the rain", "before the break", "in row twelve", "as ever", "by the river gate")
KINDS = {
    "calm": (_CALM, FINE), "swearing": (_SWEARING, FINE), "abuse": (_ABUSE, ABUSE), "betting": (_BETTING, SPAM),
    "advert": (_ADVERTS, SPAM),
}  # fmt: skip
SHARES = {"calm": 0.45, "swearing": 0.2, "betting": 0.15, "abuse": 0.12, "advert": 0.08}


_MODERATORS = ("anna", "ben", "cem", "dora")


@dataclass(frozen=True, slots=True)
class Decided:
    """A comment, its kind and what a moderator decided; `minute` is the time since the site opened."""

    text: str
    kind: str
    labels: dict[str, float]
    minute: int
    moderator: str = "anna"

    def line(self) -> str:
        decided_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=self.minute)
        return json.dumps(
            {"id": f"c{self.minute}", "text": self.text, "labels": self.labels, "weight": 1.0, "stream": "audit",
             "decided_at": decided_at.isoformat(), "thread": f"t{self.minute // 8}", "moderator": self.moderator,
             "author": f"a{self.minute}"}
        )  # fmt: skip


def decisions(number: int, shares: dict[str, float] = SHARES) -> list[Decided]:
    """Comments as they come in, kinds in these shares, with what this site's rules make of them."""
    random = Random(1)
    kinds = random.choices(list(shares), list(shares.values()), k=number)
    return [
        Decided(comment(kind, random), kind, KINDS[kind][1], minute, random.choice(_MODERATORS))
        for minute, kind in enumerate(kinds)
    ]


def comment(kind: str, random: Random) -> str:
    """One comment of a kind."""
    sentence = random.choice(KINDS[kind][0]).format(random.choice(_SUBJECTS), n=random.randint(10, 99))
    small_talk = f"{random.choice(_WHO)} {random.choice(_DID)} {random.choice(_WHEN)}"
    return ". ".join(random.sample([sentence, small_talk], 2))  # so that hardly any two are near-duplicates


def flipped(decided: Decided) -> Decided:
    """The opposite decision."""
    return replace(decided, labels=ABUSE if decided.labels is FINE else FINE)


def written(path: Path, decided: Iterable[Decided]) -> Path:
    """The examples file of these decisions."""
    path.write_text("".join(one.line() + "\n" for one in decided), encoding="utf-8")
    return path
