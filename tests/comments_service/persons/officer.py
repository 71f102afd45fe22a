"""Somebody who types `comments-service privacy …` on a newsroom, and a person who has left traces everywhere there."""

import json
from typing import Any

from click.testing import CliRunner, Result

from comments_service.cli import main
from tests.comments_service.web.newsroom import ARTICLE, ORIGIN, Newsroom
from tests.comments_service.web.post_office import PostOffice

ADDRESS = "petra.person@leaky.example"
NAME = "Petra Personowa"
WEBSITE = "https://petra-personowa.example/about"
EARLIER = "Zanzibar nutmeg quarrels were what I first wrote about here."
TEXT = "Quokkas never queue for the ferry; I counted eleven of them twice."
WAITING = "Marzipan weathervanes are what I wait with, undecided until now."
NOTE = "Colleagues: this author is known for marmalade insinuations."
REPORT = "She wrote of quokkas once before, says a reader with a grudge."
CLAIM = "He accuses me of stealing barnacles, which no court has found."


class Officer:
    """Types commands on a newsroom that sends mail."""

    def __init__(self, office: PostOffice) -> None:
        self.office, self.newsroom = office, office.newsroom
        settings = self.newsroom.settings
        self.env: dict[str, str | None] = {
            "COMMENTS_DATA_DIR": str(settings.data_dir),
            "COMMENTS_DATABASE_URL": settings.database_url,
            "COMMENTS_SECRET_KEY": settings.secret_key,
        }

    def type(self, *words: str, typed: str | None = None) -> Result:
        """One command, whatever comes of it."""
        done = CliRunner().invoke(main, words, env=self.env, input=typed)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def privacy(self, *words: str, email: str = ADDRESS) -> Any:
        """What a privacy command prints with --json."""
        done = self.type("privacy", *words, "--email", email, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def erase(self, *words: str, email: str = ADDRESS) -> Any:
        return self.privacy("erase", "--yes", *words, email=email)


def leave_traces(newsroom: Newsroom) -> dict[str, str]:
    """Petra writes, edits, is answered, decided about, reported, follows, gives notice; ids of what is hers and not.

    `stub` has an approved reply of somebody else, `gone` has none, `waits` waits for the machine; `reply` and `other`
    are somebody else's.
    """
    petra = {"email": ADDRESS, "name": NAME, "website": WEBSITE}
    stub = newsroom.posted(body=EARLIER, headers={"Idempotency-Key": "petra-1"}, **petra)
    newsroom.judge()
    newsroom.own(stub, "PATCH", json={"body": TEXT})
    newsroom.judge()
    reply = newsroom.approved(parent_id=stub["id"], body="I saw only three of them, last Tuesday.")
    gone = newsroom.approved(body="Quokkas again: nobody believed me about them.", **petra)
    other = newsroom.approved(url=f"{ARTICLE}/other")
    _speak_of(newsroom, gone["id"])
    newsroom.decide(gone["id"], "approve")
    _note(newsroom, stub["id"])
    _follow_and_give_notice(newsroom, other["id"])
    waits = newsroom.posted(body=WAITING, **petra)
    return {"stub": stub["id"], "reply": reply["id"], "gone": gone["id"], "waits": waits["id"], "other": other["id"]}


def _speak_of(newsroom: Newsroom, comment: str) -> None:
    path = f"/api/v1/sites/news/comments/{comment}"
    newsroom.client.post(f"{path}/votes", json={"value": 1, "voter": "reader-1"})
    newsroom.client.post(f"{path}/reports", json={"reason": "abuse", "note": REPORT})


def _note(newsroom: Newsroom, comment: str) -> None:
    newsroom.client.post(
        "/api/v1/moderation/decisions",
        json={"ids": [comment], "decision": "approve", "note": NOTE},
        headers={"Authorization": f"Bearer {newsroom.moderator}"},
    )


def _follow_and_give_notice(newsroom: Newsroom, other: str) -> None:
    follow = {"url": ARTICLE, "email": ADDRESS, "lang": "en"}
    notice = {"explanation": CLAIM, "law": "Section 187", "name": NAME, "email": ADDRESS, "good_faith": True}
    for path, body in (("follows", follow), (f"comments/{other}/notices", notice)):
        answer = newsroom.client.post(f"/api/v1/sites/news/{path}", json=body, headers={"Origin": ORIGIN})
        assert answer.status_code == 202, answer.get_data(as_text=True)
