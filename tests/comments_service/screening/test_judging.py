"""Is each comment judged exactly once, whatever is delivered how often, and whoever was quicker?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dns.resolver
import pytest

from comments_service.moderation.judge import hold_parked, judge_batch
from comments_service.outbox.claim import Claimed, claim
from comments_service.scoring import Scored, Text
from comments_service.scoring.live_model import LiveModel
from comments_service.storage.tables import Decision, Score
from tests.comments_service.privacy.test_deliverable import NameServer
from tests.comments_service.web.newsroom import Newsroom


def claimed(newsroom: Newsroom, lease_s: float = 60) -> list[Claimed]:
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        return claim(session, "judge", 100, lease_s)


def judge(newsroom: Newsroom, rows: Sequence[Claimed], scorer: Any = None) -> None:
    with newsroom.app.app_context():
        judge_batch(newsroom.runtime, scorer or newsroom.scorer, rows)


def findings(newsroom: Newsroom, posted: dict[str, Any]) -> dict[str, tuple[str, str]]:
    found = newsroom.run_sql(
        "SELECT check_name, weight, detail FROM evidence WHERE comment_id = :id", id=newsroom.row(posted["id"]).id
    )
    return {row[0]: (row[1], row[2]) for row in found}


class Meddling:
    """A scorer during whose work something else happens."""

    def __init__(self, newsroom: Newsroom, act: Any) -> None:
        self.newsroom, self.act = newsroom, act

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        found = self.newsroom.scorer.score(texts)
        self.act()
        return found


def test_repeated_delivery_decides_once(any_newsroom: Newsroom) -> None:
    posted = any_newsroom.posted()
    rows = claimed(any_newsroom)
    judge(any_newsroom, rows)
    judge(any_newsroom, rows)
    assert claimed(any_newsroom) == []
    assert any_newsroom.status(posted) == "approved"
    assert any_newsroom.count_rows(Decision) == 1
    assert any_newsroom.thread()["thread"]["count"] == 1


def test_a_worker_that_lost_its_lease_changes_nothing(any_newsroom: Newsroom) -> None:
    posted = any_newsroom.posted(body="Slow worker, spam=0.99")
    slow = claimed(any_newsroom)
    any_newsroom.run_sql("UPDATE outbox SET lease_until = 0, due_at = 0")
    quick = claimed(any_newsroom)
    assert [row.id for row in quick] == [row.id for row in slow]
    judge(any_newsroom, quick)
    any_newsroom.decide(posted["id"], "approve")
    judge(any_newsroom, slow)
    assert any_newsroom.status(posted) == "approved"
    assert any_newsroom.count_rows(Decision) == 2


def test_a_whole_batch_is_scored_in_one_call_with_what_a_model_may_see(newsroom: Newsroom) -> None:
    parent = newsroom.approved(body="The *parent*.", title="On the ferry")
    newsroom.scorer.seen.clear()
    newsroom.posted(parent_id=parent["id"], name="Bob", website="bob.example", email="bob@example.org", body="A reply.")
    newsroom.posted(body="Another.")
    assert newsroom.judge() == 2
    reply, other = newsroom.scorer.seen
    assert reply == Text("A reply.", "Bob", "https://bob.example/", "On the ferry", "The parent.", "news")
    assert other.parent == ""
    assert newsroom.count_rows(Score) == 3


def test_without_a_model_everything_waits_for_a_person_visibly(newsroom: Newsroom, tmp_path: Path) -> None:
    posted, trapped = newsroom.posted(), newsroom.posted(subject="x")
    (tmp_path / "pointer.json").write_text('{"current": "gone", "previous": null}')
    judge(newsroom, claimed(newsroom), LiveModel(tmp_path))
    assert newsroom.status(posted) == "pending"
    assert newsroom.row(posted["id"]).awaits == "human"
    weight, detail = findings(newsroom, posted)["model"]
    assert weight == "failed"
    assert "No model could be asked" in detail
    assert newsroom.status(trapped) == "spam", "what needs no model is decided all the same"
    assert newsroom.count_rows(Score) == 0


@pytest.mark.parametrize(("decision", "status"), [("approve", "approved"), ("spam", "spam"), ("delete", "deleted")])
def test_a_person_who_decides_meanwhile_wins(newsroom: Newsroom, decision: str, status: str) -> None:
    posted = newsroom.posted(body="In between, spam=0.99 " if decision == "approve" else "In between.")
    judge(newsroom, claimed(newsroom), Meddling(newsroom, lambda: newsroom.decide(posted["id"], decision)))
    assert newsroom.status(posted) == status
    assert newsroom.count_rows(Decision) == 1
    assert claimed(newsroom) == [], "its row is finished all the same"


def test_an_author_who_edits_meanwhile_is_judged_by_the_new_text(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body="Harmless at first.")

    def edit() -> None:
        assert newsroom.own(posted, "PATCH", json={"body": "Then not, spam=0.99"}).status_code == 200

    judge(newsroom, claimed(newsroom), Meddling(newsroom, edit))
    assert newsroom.status(posted) == "pending", "the old text's result is dropped"
    newsroom.judge()
    assert newsroom.status(posted) == "spam"
    kept = newsroom.run_sql("SELECT revision, to_status FROM decisions WHERE actor = 'machine'")
    assert [tuple(row) for row in kept] == [(2, "spam")]


def test_an_author_who_withdraws_meanwhile_stays_withdrawn(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    judge(newsroom, claimed(newsroom), Meddling(newsroom, lambda: newsroom.own(posted, "DELETE")))
    assert newsroom.status(posted) == "deleted"
    assert newsroom.thread()["comments"] == []


def test_what_cannot_be_judged_waits_for_a_person_with_its_error(newsroom: Newsroom) -> None:
    posted = newsroom.posted()
    (row,) = claimed(newsroom)
    with newsroom.app.app_context():
        hold_parked(newsroom.runtime, row, "RuntimeError: the model fell over")
        hold_parked(newsroom.runtime, row, "RuntimeError: the model fell over")
    assert newsroom.row(posted["id"]).awaits == "human"
    assert findings(newsroom, posted)["judging"] == ("failed", "RuntimeError: the model fell over")
    assert newsroom.count_rows(Decision) == 1


def test_publish_first_shows_at_once_and_decides_after(make_newsroom: Any) -> None:
    newsroom = make_newsroom(publish_first=True)
    good, bad = newsroom.post(), newsroom.post(body="Later found out, spam=0.99")
    assert (good.status_code, good.get_json()["status"]) == (201, "approved")
    assert newsroom.thread()["thread"]["count"] == 2
    newsroom.judge()
    assert [one["id"] for one in newsroom.thread()["comments"]] == [good.get_json()["id"]]
    assert newsroom.status(bad.get_json()) == "spam"


def test_bands_of_a_site(make_newsroom: Any) -> None:
    newsroom = make_newsroom(hold_first_time=True)
    posted = newsroom.posted()
    newsroom.judge()
    assert newsroom.status(posted) == "pending"
    newsroom.change(hold_first_time=False, toxic_reject=0.9)
    rude = newsroom.posted(body="You fool, toxic=0.95")
    newsroom.judge()
    assert newsroom.status(rude) == "rejected"


@pytest.mark.parametrize(
    ("domain", "status", "weight"),
    [
        ("with-mx.example", "approved", "pass"),
        ("silent.example", "pending", "failed"),
        ("nobody.example", "pending", "hold"),
    ],
)
def test_deliverability_is_asked_by_the_worker(
    make_newsroom: Any, monkeypatch: pytest.MonkeyPatch, domain: str, status: str, weight: str
) -> None:
    """A name server of our own on loopback: one domain takes mail, one never answers, one does not exist."""
    server = NameServer()
    server.start()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], server.port
    # As if this machine's resolv.conf named that server.
    monkeypatch.setattr(dns.resolver, "Resolver", lambda: resolver)
    newsroom = make_newsroom(check_deliverability=True)
    posted = newsroom.posted(email=f"ann@{domain}")
    newsroom.judge()
    server.socket.close()
    assert newsroom.status(posted) == status
    assert findings(newsroom, posted)["deliverability"][0] == weight


DUTCH = "Ik denk dat het een goed idee is om de brug open te houden, maar wat kost dat eigenlijk?"


def test_a_language_that_the_model_has_not_learned_is_left_to_people(newsroom: Newsroom) -> None:
    posted = newsroom.posted(body=DUTCH)
    judge(newsroom, claimed(newsroom), LiveModel(None))
    assert newsroom.status(posted) == "pending"
    assert findings(newsroom, posted)["language"][0] == "hold"


def test_a_site_can_let_the_scores_decide_in_such_a_language(newsroom: Newsroom) -> None:
    newsroom.change(hold_unlearned_languages=False)
    posted = newsroom.posted(body=DUTCH)
    judge(newsroom, claimed(newsroom), LiveModel(None))
    assert newsroom.status(posted) == "approved"
