"""A moderator's own mails: to an address they confirmed, as often as they like, about what they like."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from comments_service.moderation.assigning import assign_many
from comments_service.moderation.decide import decide
from comments_service.notifications.desk_promises import MOST_AN_HOUR
from comments_service.storage.tables import Comment, ModeratorMail
from tests.comments_service.moderation.desk_post import DeskPost, link, links_of, opened, text_of
from tests.comments_service.moderation.stage import Visitor


@pytest.fixture
def post(tmp_path: Path) -> Iterator[DeskPost]:
    with opened(tmp_path) as made:
        yield made


def subjects(post: DeskPost) -> list[str]:
    return [str(mail["Subject"]) for mail in post.send()]


def asks(visitor: Visitor, address: str) -> str:
    answer = visitor.post("/moderation/mail/address", "/moderation/mail", address=address)
    return visitor.get("/moderation/mail").text if answer.status_code == 303 else answer.text


def test_mails_begin_once_the_address_was_confirmed_by_a_click(post: DeskPost) -> None:
    mona = post.stage.moderator("mona")
    page = asks(mona, "mona@news.example")
    assert "m•••@•••.example" in page
    assert "mona@news.example" not in page + post.outbox()
    post.stage.comment()
    (question,) = post.send()
    assert question["To"] == "mona@news.example"
    (path,) = links_of(question)
    phone = post.stage.visitor()
    assert "Press the button" in phone.get(path).text
    assert post.send() == [], "opening the link confirms nothing"
    answer = phone.post(path, path)
    assert "mails come to this address" in answer.text
    assert "mails come to this address" in phone.get(path).text, "a second look says that it is done"
    assert post.send() == [], "what waited before is no news"
    post.later(minutes=1)
    post.stage.comment(minutes_ago=0)
    post.later(minutes=1)
    (mail,) = post.send()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_sealed_address_stands_nowhere_in_the_clear(post: DeskPost) -> None:
    post.mails_to("mona")
    rows = post.stage.write(lambda session: session.scalars(select(ModeratorMail)).all())
    assert all(b"mona" not in (row.sealed or b"") for row in rows)


def test_an_address_that_cannot_be_one_is_refused_with_the_remedy(post: DeskPost) -> None:
    mona = post.stage.moderator("mona")
    assert "@-sign" in asks(mona, "mona at news")
    assert "invisible character" in asks(mona, "mona@news.example\nBcc: x@y.example")
    asks(mona, "mona@news.example")
    assert "ten minutes" in asks(mona, "mona@news.example"), "nobody's mailbox is filled by asking again"


def test_a_link_to_confirm_a_former_address_is_worth_nothing(post: DeskPost) -> None:
    mona = post.stage.moderator("mona")
    asks(mona, "first@news.example")
    (first,) = post.send()
    post.later(minutes=11)
    asks(mona, "second@news.example")
    (path,) = links_of(first)
    assert post.stage.visitor().get(path).status_code == 404
    post.later(days=8)
    assert post.stage.visitor().get(path).status_code == 404


def test_mail_programs_end_the_mails_with_one_click(post: DeskPost) -> None:
    post.mails_to("mona")
    post.stage.comment()
    (mail,) = post.send()
    path = link(mail, "stop")
    assert path in mail["List-Unsubscribe"]
    assert "No more mails" in post.stage.visitor().get(path).text
    done = post.stage.app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    post.stage.comment()
    assert post.send() == []
    assert post.stage.app.test_client().post(path[:-1] + "x").status_code == 404


def test_each_comment_is_one_mail_and_none_is_told_twice(post: DeskPost) -> None:
    post.mails_to("mona")
    post.stage.comment("One.")
    post.stage.comment("Two.")
    assert len(post.send()) == 2
    assert post.send() == []
    post.later(minutes=30)
    assert post.send() == []


def test_a_flood_becomes_one_mail_that_says_so(post: DeskPost) -> None:
    post.mails_to("mona")
    for number in range(MOST_AN_HOUR + 5):
        post.stage.comment(f"Number {number}.")
    mails = post.send()
    assert len(mails) == MOST_AN_HOUR + 1
    (digest,) = [mail for mail in mails if "What waits" in mail["Subject"]]
    assert f"more than {MOST_AN_HOUR} in an hour" in text_of(digest)
    assert f"{MOST_AN_HOUR + 5} comments wait on The demo paper" in text_of(digest)
    post.stage.comment("One more.")
    assert post.send() == []
    post.later(minutes=61)
    post.stage.comment("And another.", minutes_ago=0)
    assert "And another." in " ".join(text_of(mail) for mail in post.send())


def test_what_was_decided_before_the_mail_went_out_is_not_told(post: DeskPost) -> None:
    from comments_service.tasks.relay import tell_moderators

    post.mails_to("mona")
    comment = post.stage.comment()
    with post.stage.app.app_context():
        tell_moderators(post.stage.runtime)
    post.stage.moderator("otto").post("/moderation/decisions", ids=comment, decision="spam")
    assert post.send() == []


def test_a_digest_comes_hourly_or_at_its_hour_and_only_for_news(post: DeskPost) -> None:
    noon = post.stage.runtime.clock().replace(hour=12, minute=0)
    post.stage.at(noon)
    post.mails_to("hal", "hourly")
    post.mails_to("dan", "daily")
    post.choose("dan", "daily", hour=15)
    post.stage.comment()
    assert [mail["To"] for mail in post.send()] == ["hal@news.example"]
    post.later(minutes=61)
    assert post.send() == []
    post.stage.at(noon + timedelta(hours=3, minutes=1))
    (mail,) = post.send()
    assert mail["To"] == "dan@news.example"
    assert "1 comment waits on The demo paper" in text_of(mail)
    assert "A calm remark" not in text_of(mail)
    assert not [path for path in links_of(mail) if "by-mail" in path]
    post.stage.at(noon + timedelta(days=1, hours=3, minutes=1))
    assert post.send() == []


def test_reports_and_notices_come_to_those_who_asked_for_them(post: DeskPost) -> None:
    post.mails_to("rita")
    post.choose("rita", "now", about=("reported",))
    post.mails_to("wim")
    post.choose("wim", "now", about=("waiting",))
    post.stage.comment("Waits.")
    post.stage.comment("Shown.", machine="approve", reports=[("abuse", "")])
    told = {mail["To"]: text_of(mail) for mail in post.send()}
    assert set(told) == {"rita@news.example", "wim@news.example"}
    assert "Shown." in told["rita@news.example"]
    assert "Keep it:" in told["rita@news.example"]
    assert "Waits." in told["wim@news.example"]


def test_who_is_bound_to_one_site_hears_of_that_one_alone(post: DeskPost) -> None:
    post.stage.add_site("other")
    post.mails_to("mona", site="demo")
    post.mails_to("olga", "hourly", site="demo")
    post.stage.comment(site="other")
    assert post.send() == []


def test_none_means_none_and_the_shut_out_hear_nothing(post: DeskPost) -> None:
    from comments_service.moderation.moderators import set_disabled

    post.mails_to("nina", "none")
    post.mails_to("dora")
    post.stage.write(set_disabled, "dora", disabled=True)
    post.stage.comment()
    assert post.send() == []


def test_what_colleagues_bring_to_somebody_is_mailed_to_them_alone(post: DeskPost) -> None:
    post.mails_to("mona")
    post.choose("mona", "now", about=("colleagues",))
    post.mails_to("hal", "hourly")
    post.choose("hal", "hourly", about=("colleagues",))
    otto = post.stage.moderator("otto")
    given, noted = post.stage.comment("Given."), post.stage.comment("Noted.", machine="approve")
    given_by = {"assigned_by": post.id_of("otto"), "site_ids": list(post.stage.site_ids.values())}
    post.stage.write(assign_many, [given], "mona", now=post.stage.runtime.clock(), **given_by)
    otto.post(f"/moderation/comments/{noted}/notes", body="@mona and @hal, what do you think?")
    told = {(mail["To"], mail["Subject"]): text_of(mail) for mail in post.send()}
    assert set(told) == {
        ("mona@news.example", "A colleague asks you to decide: The demo paper"),
        ("mona@news.example", "A colleague's note names you: The demo paper"),
        ("hal@news.example", "What waits at the review desk"),
    }
    assert "1 note names you." in told["hal@news.example", "What waits at the review desk"]
    assert not any("what do you think" in text for text in told.values()), "notes stay in the desk"


HOSTILE = (
    "Eve\r\nBcc: all@victims.example\x00 https://bad.example/x <img src=x> www.bad.example \u2028 eva@home.example"
)


def test_strangers_words_become_neither_headers_nor_links_nor_pictures(post: DeskPost) -> None:
    post.mails_to("mona")
    post.stage.comment(f"![pic](https://bad.example/t.png) [here](https://bad.example) {HOSTILE}", name=HOSTILE)
    post.stage.write(
        lambda s: s.execute(Comment.__table__.update().values(source=f"![p](https://bad.example/t.png) {HOSTILE}"))
    )
    (mail,) = post.send()
    assert mail["To"] == "mona@news.example"
    assert mail["Bcc"] is None
    drawn = mail.get_body(("html",))
    assert drawn is not None
    whole = text_of(mail) + drawn.get_content()
    assert "<img" not in whole.replace(text_of(mail), "")
    assert all(url.startswith("http://127.0.0.1:8080/") for url in re.findall(r'(?:src|href)="([^"]+)"', whole))
    assert all(url.startswith("http://127.0.0.1:8080/") for url in re.findall(r"https?://\S+", whole))
    assert "bad.example" not in whole, "no mail program finds an address to make a link of"
    assert "eva@home" not in whole


def test_the_page_refuses_what_it_does_not_offer(post: DeskPost) -> None:
    mona = post.stage.moderator("mona")
    for wrong in ({"pace": "yearly"}, {"hour": "24"}, {"hour": "²"}, {"about": "gossip"}):
        fields = {"pace": "now", "hour": "7", "about": "waiting", **wrong}
        assert mona.post("/moderation/mail", "/moderation/mail", **fields).status_code == 422
    assert mona.post("/moderation/mail", "/moderation/mail", pace="daily", hour="23").status_code == 303
    assert post.stage.visitor().get(f"/moderation/by-mail/address/{10**30}").status_code == 404
    assert post.stage.visitor().get("/mail/stop/1?token=%00").status_code == 404


def test_a_machine_that_decides_late_is_still_heard(post: DeskPost) -> None:
    """A worker whose clock runs behind, or who commits after the relay has looked."""
    post.mails_to("mona")
    assert post.send() == []
    comment = post.stage.comment(machine=None)
    then = post.stage.runtime.clock() - timedelta(minutes=2)
    row = post.stage.write(lambda session: session.scalar(select(Comment.id).where(Comment.public_id == comment)))
    post.stage.write(decide, row, actor="machine", action="hold", reason="premoderate", now=then)
    assert len(post.send()) == 1
