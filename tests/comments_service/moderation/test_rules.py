"""Rules at the desk: made, tried, met by new comments, ended, removed, taken back; and what nobody learns by them."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from comments_service.screening.rules.matching import Entries, Facts, Group, Terms, matches
from comments_service.screening.rules.patterns import BadPattern, clean_pattern
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Comment, Evidence
from tests.comments_service.moderation.stage import Stage, Visitor
from tests.stacks.servers import new_postgres_database

QUICK = SiteSettings(form_token_required=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage_anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """As `stage`, on each database."""
    url = new_postgres_database() if request.param == "postgresql" else ""
    return Stage(tmp_path, database_url=url, site_defaults=QUICK)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A desk whose readers need no form."""
    return Stage(tmp_path, site_defaults=QUICK)


def _post(stage: Stage, body: str, *, email: str = "ada@example.org", site: str = "demo") -> dict[str, str]:
    """A reader's comment; what the checks found in it, by check, where they found something."""
    reader, url = stage.app.test_client(), f"https://{site}.example/a"
    fields = {"url": url, "name": "Ada", "email": email, "body": body}
    answer = reader.post(f"/api/v1/sites/{site}/comments", json=fields)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    found = (
        select(Evidence.check_name, Evidence.weight)
        .join(Comment, Comment.id == Evidence.comment_id)
        .where(Comment.public_id == answer.get_json()["id"], Evidence.weight != "pass")
    )
    return dict(stage.write(lambda session: session.execute(found).tuples().all()))


def _add(visitor: Visitor, **fields: str) -> int:
    return visitor.post("/moderation/rules", "/moderation/rules/new", **fields).status_code


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_rule_holds_from_the_next_comment_on_and_not_on_other_sites(stage_anywhere: Stage) -> None:
    stage = stage_anywhere
    stage.add_site("other")
    edith = stage.moderator("edith", "editor")
    assert "block_words" not in _post(stage, "Come to our casino tonight, friends of the harbour.")
    assert _add(edith, site="demo", kind="word", pattern="casino*", action="spam", term="week") == 303
    assert _post(stage, "The CASINOS of the coast are empty these days.")["block_words"] == "spam"
    assert "block_words" not in _post(stage, "The casinos of the coast are empty.", site="other")


@pytest.mark.parametrize(
    ("kind", "pattern", "body"),
    [
        ("domain", "pills.example", "Look at https://shop.pills.example/now if you like."),
        ("word", "cheap pills", "You get cheap\u200b pills from me, dear all."),
        ("word", "*pills*", "They call them superpillsforyou, and sell them."),
    ],
)
def test_words_and_domains_are_met_however_they_are_written(stage: Stage, kind: str, pattern: str, body: str) -> None:
    edith = stage.moderator("edith", "editor")
    assert _add(edith, kind=kind, pattern=pattern, action="hold", term="never") == 303
    assert {"hold_words", "hold_domains"} & set(_post(stage, body))
    assert not {"hold_words", "hold_domains"} & set(_post(stage, "A calm remark about the harbour."))


def test_an_author_is_banned_from_the_comment_and_the_address_is_shown_to_nobody(stage: Stage) -> None:
    comment = stage.comment("A rude remark.", address="troll@example.org")
    mona = stage.moderator("mona")
    form = mona.get(f"/moderation/rules/new?comment={comment}").text
    assert "1 of 1 comment in the last month" in _words(form)
    assert _add(mona, comment=comment, kind="address", action="spam", term="month", note="third time") == 303
    assert _post(stage, "Something else entirely.", email="TROLL@example.org")["bans"] == "spam"
    assert "bans" not in _post(stage, "I am somebody else.", email="ada@example.org")
    page = mona.get("/moderation/rules").text
    assert "third time" in page
    assert "caught 1 comment in 30 days" in _words(page)
    assert "troll" not in page + form


def test_whoever_is_limited_gets_the_same_answer_and_few_comments_an_hour(stage: Stage) -> None:
    comment = stage.comment("A tiring remark.", address="bore@example.org")
    assert _add(stage.moderator("mona"), comment=comment, kind="address", action="limited", term="week") == 303
    taken = [_post(stage, f"Remark number {number} on the subject.", email="bore@example.org") for number in range(2)]
    assert all(found["limited"] == "hold" for found in taken)


def test_a_rule_ends_by_itself(stage: Stage) -> None:
    edith = stage.moderator("edith", "editor")
    _add(edith, kind="word", pattern="turnip", action="hold", term="day")
    assert "hold_words" in _post(stage, "A turnip is a turnip, said the farmer.")
    stage.at(stage.runtime.clock() + timedelta(hours=25))
    assert "hold_words" not in _post(stage, "A turnip stays a turnip, said the farmer again.")


def test_removing_and_taking_back_hold_at_once_and_stand_in_the_log(stage: Stage) -> None:
    edith = stage.moderator("edith", "editor")
    _add(edith, kind="word", pattern="turnip", action="hold", term="never")
    page = edith.get("/moderation/rules").text
    rule, change = re.search(r'name="rule" value="(\d+)"', page), re.search(r'name="change" value="(\d+)"', page)
    assert rule is not None
    assert change is not None
    edith.post("/moderation/rules/remove", "/moderation/rules", rule=rule[1])
    assert "hold_words" not in _post(stage, "A turnip is a turnip.")
    late = edith.post("/moderation/rules/undo", "/moderation/rules", change=change[1])
    assert "changed again or taken back since" in _words(edith.get(late.headers["Location"]).text)
    newest = re.findall(r'name="change" value="(\d+)"', edith.get("/moderation/rules").text)
    edith.post("/moderation/rules/undo", "/moderation/rules", change=max(newest, key=int))
    assert "hold_words" in _post(stage, "A turnip is still a turnip.")


def test_the_log_of_rules_is_append_only(stage_anywhere: Stage) -> None:
    _add(stage_anywhere.moderator("edith", "editor"), kind="word", pattern="turnip", action="hold", term="never")
    with pytest.raises(DBAPIError, match="append-only"):
        stage_anywhere.write(lambda session: session.execute(text("UPDATE rule_changes SET note = 'x'")))


def test_before_it_is_saved_a_rule_says_what_it_would_have_caught_and_whom_that_contradicts(stage: Stage) -> None:
    edith = stage.moderator("edith", "editor")
    good = stage.comment("Our turnip won a prize.")
    edith.post("/moderation/decisions", ids=good, decision="approve")
    stage.comment("Buy my turnip now.")
    stage.comment("Nothing of the kind.")
    old = stage.comment("A turnip of long ago.", minutes_ago=60 * 24 * 40)
    page = edith.post("/moderation/rules/try", "/moderation/rules/new", kind="word", pattern="turnip", action="spam")
    told = _words(page.text)
    assert "2 of 3 comments in the last month" in told
    assert "1 of them was approved by your colleagues." in told
    assert old not in page.text
    assert "hold_words" not in _post(stage, "A turnip is a turnip."), "trying changes nothing"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "word", "pattern": "*"}, "no letter or digit"),
        ({"kind": "word", "pattern": "ann@example.org"}, "It is an address"),
        ({"kind": "word", "pattern": "a*"}, "at least two letters"),
        ({"kind": "word", "pattern": "x" * 201}, "at most 200 characters"),
        ({"kind": "word", "pattern": "tur\x00nip"}, "control characters"),
        ({"kind": "word", "pattern": ""}, "It is empty"),
        ({"kind": "domain", "pattern": "no domain/"}, "It is no domain"),
        ({"kind": "network", "pattern": "999.1.1.1"}, "no address or network"),
        ({"kind": "network", "pattern": "0.0.0.0/0"}, "too wide"),
        ({"kind": "nothing", "pattern": "x"}, "Choose one of the offered"),
        ({"kind": "word", "pattern": "turnip", "action": "shoot"}, "Choose one of the offered"),
        ({"kind": "word", "pattern": "turnip", "term": "soon"}, "Choose one of the offered"),
        ({"kind": "word", "pattern": "turnip", "note": "x" * 1001}, "1000 characters"),
    ],
)
def test_what_can_be_no_rule_is_told_with_the_remedy(stage: Stage, fields: dict[str, str], told: str) -> None:
    edith = stage.moderator("edith", "editor")
    answer = edith.post("/moderation/rules", "/moderation/rules/new", **{"action": "spam", "term": "day", **fields})
    assert answer.status_code == 422
    assert told in _words(answer.text)


def test_moderators_make_rules_about_senders_only(stage: Stage) -> None:
    mona = stage.moderator("mona")
    assert _add(mona, kind="word", pattern="turnip", action="spam", term="day") == 403
    assert _add(mona, kind="network", pattern="192.0.2.0/24", action="spam", term="day") == 403


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1.5", "\x00"])
def test_numbers_that_are_none_change_nothing(stage: Stage, number: str) -> None:
    edith = stage.moderator("edith", "editor")
    for path, name in (("remove", "rule"), ("undo", "change")):
        assert edith.post(f"/moderation/rules/{path}", "/moderation/rules", **{name: number}).status_code == 303
    assert edith.client.get("/moderation/rules", query_string={"cursor": number}).status_code in {200, 404}


@given(st.text(max_size=40), st.text(max_size=200))
def test_a_word_that_is_a_rule_is_found_where_it_stands_alone(pattern: str, around: str) -> None:
    try:
        kept = clean_pattern("word", pattern)
    except BadPattern:
        return
    group = Group(Entries([(1, "word", kept)]), Terms("hold", None))
    if "*" not in kept:
        found = matches([group], Facts("", "", f"{around} . {kept} . {around}"), datetime.now(UTC))
        assert [one.rule_id for one in found] == [1]


@given(st.lists(st.text(max_size=30), max_size=20), st.text(max_size=300))
def test_a_list_meets_what_one_of_its_entries_meets_alone(patterns: list[str], body: str) -> None:
    kept = []
    for number, pattern in enumerate(patterns):
        try:
            kept.append((number, "word", clean_pattern("word", pattern)))
        except BadPattern:
            continue
    facts = Facts("Ada", "", body)
    alone = {entry[0] for entry in kept if list(Entries([entry]).met(facts))}
    assert {rule_id for rule_id, _, _ in Entries(kept).met(facts)} == alone
