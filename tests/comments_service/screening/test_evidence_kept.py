"""Do all checks run, are all their reasons kept, and does each end where it should?"""

from datetime import UTC, datetime
from typing import Any

import pytest

from comments_service.storage.tables import Ban
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

CHECKS = {"honeypot", "form_token", "repetition", "links", "bans", "limited", "model"} | {
    f"{verb}_{what}" for verb in ("hold", "block") for what in ("domains", "words")
}


def evidence(newsroom: Newsroom, posted: dict[str, Any], revision: int = 1) -> dict[str, str]:
    rows = newsroom.run_sql(
        "SELECT check_name, weight FROM evidence WHERE comment_id = :id AND revision = :revision",
        id=newsroom.row(posted["id"]).id,
        revision=revision,
    )
    return dict(tuple(row) for row in rows)


def decided(newsroom: Newsroom, posted: dict[str, Any]) -> tuple[str, str]:
    (row,) = newsroom.run_sql(
        "SELECT to_status, reason FROM decisions WHERE comment_id = :id ORDER BY id DESC LIMIT 1",
        id=newsroom.row(posted["id"]).id,
    )
    return tuple(row)


def ban(newsroom: Newsroom, kind: str, pattern: str, expires_at: datetime | None = None) -> None:
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        session.add(Ban(site_id=1, kind=kind, pattern=pattern, expires_at=expires_at, created_at=datetime.now(UTC)))


def test_every_check_leaves_a_finding(newsroom: Newsroom) -> None:
    posted = newsroom.approved()
    assert evidence(newsroom, posted) == dict.fromkeys(CHECKS, "pass")
    newsroom.own(posted, "PATCH", json={"body": "A second text for the same comment."})
    newsroom.judge()
    assert evidence(newsroom, posted, 2) == dict.fromkeys(CHECKS, "pass")


def test_everything_wrong_is_kept_and_one_place_decides(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(block_words="cheap pills", block_domains="evil.example", max_links=0)
    posted = newsroom.posted(body="Cheap pills at https://shop.evil.example/a spam=0.99", subject="x")
    newsroom.judge()
    found = evidence(newsroom, posted)
    assert {name for name, weight in found.items() if weight == "spam"} == {"honeypot", "block_words", "block_domains"}
    assert found["links"] == "hold"
    assert decided(newsroom, posted) == ("spam", "honeypot")


@pytest.mark.parametrize(
    ("body", "website", "status", "reason"),
    [
        ("https://a.example https://b.example", "", "approved", "below_thresholds"),
        ("https://a.example www.b.example [c](https://c.example)", "", "pending", "links"),
        ("Look at EVIL.com/page", "", "spam", "block_domains"),
        ("Look at deep.down.evil.com.", "", "spam", "block_domains"),
        ("Look at notevil.com", "", "approved", "below_thresholds"),
        ("Nothing to see.", "https://www.evil.com", "spam", "block_domains"),
        ("C\u200bheap\u00a0PILLS!", "", "spam", "block_words"),
        ("Ｃｈｅａｐ ｐｉｌｌｓ", "", "spam", "block_words"),
        ("Cheap, pills", "", "spam", "block_words"),
        ("The pills were cheap; cheappills", "", "approved", "below_thresholds"),
    ],
)
def test_links_and_block_lists(make_newsroom: MakeNewsroom, body: str, website: str, status: str, reason: str) -> None:
    newsroom = make_newsroom(block_words="cheap pills", block_domains="evil.com", max_links=2)
    posted = newsroom.posted(body=body, website=website)
    newsroom.judge()
    assert decided(newsroom, posted) == (status, reason)


def test_a_blocked_word_in_the_name_counts(make_newsroom: MakeNewsroom) -> None:
    newsroom = make_newsroom(block_words="cheap pills")
    posted = newsroom.posted(name="Cheap Pills")
    newsroom.judge()
    assert newsroom.status(posted) == "spam"


def test_bans_of_each_kind(newsroom: Newsroom) -> None:
    ban(newsroom, "address", newsroom.runtime.vault.blind_index("ann@example.org"))
    ban(newsroom, "network", "203.0.113.0/24")
    ban(newsroom, "word", "casino")
    ban(newsroom, "domain", "evil.example")
    ban(newsroom, "word", "forgiven", datetime(2020, 1, 1, tzinfo=UTC))
    sent = [
        newsroom.posted(email="ann@example.org"),
        newsroom.posted(ip="203.0.113.77"),
        newsroom.posted(body="Our casino is open"),
        newsroom.posted(body="See https://evil.example/"),
        newsroom.posted(body="All is forgiven", email="bob@example.org", ip="203.0.114.1"),
    ]
    newsroom.judge()
    assert [decided(newsroom, posted) for posted in sent] == [
        ("spam", "bans"),
        ("spam", "bans"),
        ("spam", "block_words"),
        ("spam", "block_domains"),
        ("approved", "below_thresholds"),
    ]


def test_findings_hold_no_address(newsroom: Newsroom) -> None:
    ban(newsroom, "address", newsroom.runtime.vault.blind_index("ann@example.org"))
    newsroom.posted(email="ann@example.org", ip="203.0.113.77", body="Hello from a banned reader.")
    newsroom.judge()
    details = " ".join(row[0] for row in newsroom.run_sql("SELECT detail FROM evidence"))
    assert not any(
        word in details for word in ("ann@", "203.0.113", newsroom.runtime.vault.blind_index("ann@example.org"))
    )
