"""Is what a person said against a decision disclosed to them, and gone with them, while what was done stays told?"""

from typing import Any

from comments_service.moderation.appeals import Judge, settle_appeal
from tests.comments_service.persons.officer import ADDRESS, Officer
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.status_page import address_of, object_there, open_page

WORDS = "Paprika parades are satire, as every reader of the harbour pages knows."
ANSWER = "Your paprika parade reads as a threat to us."


def objected(newsroom: Newsroom) -> dict[str, Any]:
    """A comment that a program removed, whose author objected in vain."""
    posted = newsroom.posted(email=ADDRESS, body="Parade them all. spam=0.99")
    newsroom.judge()
    object_there(newsroom, address_of(newsroom, posted), WORDS)
    ((reference, site_id),) = newsroom.run_sql("SELECT reference, site_id FROM appeals")
    judge = Judge(1, "owner", [site_id])
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        settle_appeal(session, reference, "upheld", answer=ANSWER, judge=judge, now=newsroom.runtime.clock())
    return posted


def test_an_objection_is_disclosed(any_officer: Officer) -> None:
    objected(any_officer.newsroom)
    (comment,) = any_officer.privacy("export")["comments"]
    (appeal,) = comment["appeals"]
    assert (appeal["text"], appeal["reference"][:2]) == (WORDS, "A-")
    assert appeal["settled_at"]


def test_an_objection_goes_and_that_there_was_one_stays(any_officer: Officer) -> None:
    newsroom = any_officer.newsroom
    posted = objected(newsroom)
    address = address_of(newsroom, posted)
    any_officer.erase()
    assert newsroom.run_sql("SELECT text, language FROM appeals") == [("", "")]
    assert newsroom.run_sql("SELECT outcome, answer FROM appeal_steps") == [("upheld", "")]
    page = open_page(newsroom, address)
    assert "It has been deleted." in page
    assert [word for word in ("aprika", "Parade") if word in page] == []


def test_who_deletes_the_comment_drops_the_objection(officer: Officer) -> None:
    newsroom = officer.newsroom
    posted = newsroom.posted(body="Calm.")
    newsroom.judge()
    newsroom.decide(posted["id"], "reject")
    object_there(newsroom, address_of(newsroom, posted), WORDS)
    assert newsroom.own(posted, "DELETE").status_code == 204
    assert newsroom.run_sql("SELECT outcome FROM appeal_steps") == [("dropped",)]
    assert "It has been deleted." in open_page(newsroom, address_of(newsroom, posted))
