"""Notes of moderators, the colleagues whom they name, and the list of what concerns whom."""

import html
import re
from typing import Any

import pytest

from comments_service.moderation.moderators import set_role
from comments_service.moderation.notes import mentioned
from comments_service.persons.disclose import disclose
from comments_service.persons.erase import erase
from comments_service.persons.find import Person
from comments_service.storage.tables import Mention, Note
from tests.comments_service.moderation.stage import Stage, Visitor

ACTIVITY = "/moderation/activity"


@pytest.fixture
def mona(stage: Stage) -> Visitor:
    return stage.moderator("mona")


@pytest.fixture
def olga(stage: Stage) -> Visitor:
    return stage.moderator("olga")


def _note(visitor: Visitor, comment: str, body: str, about: str = "comment") -> int:
    return visitor.post(f"/moderation/comments/{comment}/notes", body=body, about=about).status_code


def _words(visitor: Visitor, path: str) -> str:
    """A page's text without its markup, blanks put together."""
    return " ".join(html.unescape(re.sub("<[^>]+>", "", visitor.get(path).text)).split())


def _count(stage: Stage, table: Any) -> int:
    found: int = stage.write(lambda session: session.query(table).count())
    return found


def test_a_note_stands_at_its_comment_and_readers_never_see_it(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment, other = stage.comment(machine="approve"), stage.comment()
    assert _note(mona, comment, "Ask the editor first") == 303
    assert "Mona just now: Ask the editor first" in _words(olga, f"/moderation/comments/{comment}")
    assert "Ask the editor first" not in _words(olga, f"/moderation/comments/{other}")
    reader = stage.visitor()
    assert "Ask the editor" not in reader.get("/api/v1/sites/demo/comments?url=https://demo.example/a").text


def test_a_note_about_an_author_stands_at_all_their_comments_on_the_site(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    first, second = (stage.comment(address="ada@example.com") for _ in range(2))
    elsewhere = stage.comment(address="ada@example.com", site="other")
    _note(mona, first, "Was warned in May", "author")
    for comment, shown in ((first, True), (second, True), (elsewhere, False)):
        assert ("Was warned in May" in mona.get(f"/moderation/comments/{comment}").text) is shown
    assert mona.get("/moderation/?site=demo").text.count("Was warned in May</bdi>") == 2


def test_without_an_address_a_note_about_the_author_stays_at_the_comment(stage: Stage, mona: Visitor) -> None:
    first, second = stage.comment(), stage.comment()
    _note(mona, first, "Unknown hand", "author")
    assert mona.get(f"/moderation/comments/{first}").text.count("Unknown hand</bdi>") == 1
    assert "Unknown hand" not in mona.get(f"/moderation/comments/{second}").text


def test_everybody_takes_away_their_own_notes_only(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    stage.account("vera")
    _note(mona, comment, "Mine, @vera")
    assert "Delete my note" not in olga.get(f"/moderation/comments/{comment}").text
    olga.post("/moderation/notes/1/remove", at=comment)
    assert (_count(stage, Note), _count(stage, Mention)) == (1, 1)
    mona.post("/moderation/notes/1/remove", at=comment)
    assert (_count(stage, Note), _count(stage, Mention)) == (0, 0)


def test_what_is_no_note_is_refused_with_a_reason(stage: Stage, mona: Visitor) -> None:
    comment = stage.comment()
    assert [_note(mona, comment, body) for body in ("", "  \n", "n" * 2001)] == [422, 422, 422]
    assert _note(mona, comment, "x", "everything") == 422
    assert _note(mona, "nothing", "x") == 404
    assert _note(mona, comment, "before\0after") == 303
    assert "beforeafter" in mona.get(f"/moderation/comments/{comment}").text
    assert mona.post(f"/moderation/notes/{2**70}/remove").status_code == 303


def test_hostile_words_cannot_leave_their_place(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    _note(mona, comment, '@olga "><script>x</script>\u202edesrever \u200bbob@example.com')
    for page in (f"/moderation/comments/{comment}", "/moderation/", ACTIVITY):
        text = olga.get(page).text
        assert "<script>x" not in text
        assert "\u202e" not in text
        assert "[right-to-left override]" in text
        assert "bob@example.com" not in text


@pytest.mark.parametrize(
    ("body", "logins"),
    [
        ("@mona look", ["mona"]),
        ("see @Mona.", ["mona.", "mona"]),
        ("(@mona, @olga)", ["mona", "olga"]),
        ("mona@example.com is no login", []),
        ("a@mona b.@mona @@mona", []),
        ("@ mona", []),
    ],
)
def test_whom_a_note_names(body: str, logins: list[str]) -> None:
    assert mentioned(body) == logins


def test_a_colleague_who_is_named_learns_it(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comment = stage.comment()
    _note(mona, comment, "What do you think, @Olga?")
    assert 'class="count">1<span class="hidden"> unread' in olga.get("/moderation/").text
    assert "Mona named you in a note just now: What do you think, @Olga?" in _words(olga, ACTIVITY)
    assert "unread" not in mona.get("/moderation/").text
    olga.post(f"{ACTIVITY}/read")
    assert "unread" not in olga.get("/moderation/").text
    assert "named you in a note" in _words(olga, ACTIVITY), "read, and still there"


def test_only_people_of_the_site_are_named(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    fred = stage.moderator("fred", "moderator", "other")
    stage.account("dora", "moderator", "demo")
    comment = stage.comment()
    _note(mona, comment, "@fred @dora @mona @nobody")
    assert _count(stage, Mention) == 1, "Dora alone: Fred is elsewhere, and nobody calls themselves"
    assert "named you" not in fred.get(ACTIVITY).text


def test_who_leaves_the_site_reads_its_notes_no_more(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    stage.add_site("other")
    comment = stage.comment()
    _note(mona, comment, "@olga the plan")
    stage.write(set_role, "olga", role="moderator", site_id=stage.site_ids["other"])
    assert "the plan" not in olga.get(ACTIVITY).text


def test_a_trainee_learns_what_became_of_a_proposal(stage: Stage, mona: Visitor) -> None:
    tina = stage.moderator("tina", "trainee")
    first, second = stage.comment(minutes_ago=9), stage.comment(minutes_ago=8)
    for comment in (first, second):
        tina.post("/moderation/decisions", ids=comment, reject_reason="insult")
    mona.post("/moderation/decisions", ids=first, reject_reason="insult", note="well seen")
    mona.post("/moderation/decisions", ids=second, decision="approve", note="this is irony")
    assert 'class="count">2<' in tina.get("/moderation/").text
    page = _words(tina, ACTIVITY)
    assert "Mona confirmed your proposal just now: It insults or attacks people." in page
    assert "Mona decided otherwise than you proposed just now: Approved. You would reject it" in page
    assert "this is irony" in page


def test_the_teams_steps_are_paged_and_told_by_person(stage: Stage, mona: Visitor, olga: Visitor) -> None:
    comments = [stage.comment(f"Remark number {number}") for number in range(60)]
    for visitor, part in ((mona, comments[:40]), (olga, comments[40:])):
        visitor.api("/api/v1/moderation/decisions", {"ids": part, "decision": "approve"})
        _note(visitor, part[0], "as agreed")
    pages, path = [], ACTIVITY
    while path:
        text = olga.get(path).text
        pages.append(re.findall(r"Remark number \d+", text.partition('id="team"')[2]))
        found = re.search(r'rel="next" href="([^"]+)"', text)
        path = html.unescape(found[1]) if found else ""
    assert [len(page) for page in pages] == [50, 12]
    assert len({text for page in pages for text in page}) == 60
    assert _words(olga, f"{ACTIVITY}?person=mona").count("Mona approved it") == 40
    assert olga.get(f"{ACTIVITY}?person=nobody").status_code == 404
    assert olga.get(f"{ACTIVITY}?cursor=x").status_code == 404


def test_another_sites_team_is_not_seen(stage: Stage, mona: Visitor) -> None:
    stage.add_site("other")
    comment = stage.comment("Of demo alone")
    mona.post("/moderation/decisions", ids=comment, decision="approve")
    fred = stage.moderator("fred", "moderator", "other")
    stage.account("dora", "moderator", "demo")
    assert "Of demo alone" not in fred.get(ACTIVITY).text
    assert fred.get(f"{ACTIVITY}?person=dora").status_code == 404


def test_who_is_disclosed_reads_the_notes_and_an_erasure_takes_them(stage: Stage, mona: Visitor) -> None:
    stage.account("olga")
    first, second = (stage.comment(address="ada@example.com") for _ in range(2))
    stays = stage.comment(address="bob@example.com")
    _note(mona, first, "Quarrels with bob@example.com", "author")
    _note(mona, second, "Funny, @olga")
    _note(mona, stays, "Of somebody else")
    person = Person((stage.runtime.vault.blind_index("ada@example.com"),))
    with stage.app.app_context():
        with stage.runtime.reading() as session:
            told = disclose(session, person, open_address=stage.runtime.vault.open, now=stage.runtime.clock())
        notes = [note["note"] for comment in told["comments"] for note in comment["moderators_notes"]]
        assert notes == ["Quarrels with [address hidden]", "Funny, @olga"]
        assert "mona" not in str(told["comments"]).casefold()
        erase(stage.runtime, person, at=stage.runtime.clock())
    assert (_count(stage, Note), _count(stage, Mention)) == (1, 0)


def test_notes_and_activity_on_either_database(stage_anywhere: Stage) -> None:
    mona, olga = stage_anywhere.moderator("mona"), stage_anywhere.moderator("olga")
    comment = stage_anywhere.comment(address="ada@example.com")
    _note(mona, comment, "@olga look", "author")
    olga.post("/moderation/decisions", ids=comment, decision="approve")
    assert "Mona named you" in _words(olga, ACTIVITY)
    assert "Mona wrote a note" in _words(olga, ACTIVITY)
    assert "Olga approved it" in _words(olga, ACTIVITY)
    olga.post(f"{ACTIVITY}/read")
    mona.post("/moderation/notes/1/remove")
    assert "Mona wrote a note" not in _words(olga, ACTIVITY)
