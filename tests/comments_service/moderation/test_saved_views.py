"""Can a moderator keep a view, share it, begin with it and take it away, each as far as they may?"""

import re

from tests.comments_service.moderation.stage import Stage, Visitor

VIEWS = "/moderation/views"


def _listed(visitor: Visitor) -> dict[str, str]:
    found = re.findall(r'<li><a href="([^"]+)"><bdi>([^<]+)</bdi></a>', visitor.get("/moderation/").text)
    return {name: address.replace("&amp;", "&") for address, name in found}


def _number(visitor: Visitor) -> str:
    found = re.search(r'action="/moderation/views/(\d+)"', visitor.get("/moderation/").text)
    assert found
    return found[1]


def test_a_view_is_kept_with_filters_and_order_and_opens_again(stage: Stage) -> None:
    spam = stage.comment("casino", machine="spam")
    stage.comment("other", machine="spam")
    mona, olga = stage.moderator("mona"), stage.moderator("olga")
    mona.post(VIEWS, saved_name=" Casinos ", view="spam", sort="newest", filters="q=casino&days=9")
    address = _listed(mona)["Casinos"]
    assert mona.items(address) == [spam]
    assert "sort=newest" in address
    assert _listed(olga) == {}
    assert olga.post(f"{VIEWS}/{_number(mona)}", change="remove").status_code == 404


def test_one_begins_with_a_view_renames_and_removes_it(stage: Stage) -> None:
    mona = stage.moderator("mona")
    assert mona.get("/moderation/start").headers["Location"] == "/moderation/"
    mona.post(VIEWS, saved_name="Spam", view="spam")
    number = _number(mona)
    mona.post(f"{VIEWS}/{number}", change="start")
    assert mona.get("/moderation/start").headers["Location"] == "/moderation/?view=spam"
    mona.post(f"{VIEWS}/{number}", saved_name="Folder", change="rename")
    assert set(_listed(mona)) == {"Folder"}
    mona.post(f"{VIEWS}/{number}", change="remove")
    assert _listed(mona) == {}
    assert mona.get("/moderation/start").headers["Location"] == "/moderation/"


def test_only_an_editor_shares_and_another_sites_team_sees_nothing_of_it(stage: Stage) -> None:
    stage.add_site("other")
    edda, mona = stage.moderator("edda", "editor", "demo"), stage.moderator("mona")
    fred = stage.moderator("fred", site="other")
    assert mona.post(VIEWS, saved_name="Mine", shared="on").status_code == 403
    edda.post(VIEWS, saved_name="Reported first", sort="urgent", shared="on")
    assert set(_listed(mona)) == {"Reported first"}
    assert mona.post(f"{VIEWS}/{_number(edda)}", change="remove").status_code == 403
    assert _listed(fred) == {}


def test_what_is_wrong_with_a_name_is_said(stage: Stage) -> None:
    mona = stage.moderator("mona")
    for name in ("", "  ", "\x00", "x" * 81):
        assert mona.post(VIEWS, saved_name=name).status_code == 422
    assert mona.post(f"{VIEWS}/{2**70}", change="remove").status_code == 404
    for number in range(30):
        mona.post(VIEWS, saved_name=f"View {number}")
    assert mona.post(VIEWS, saved_name="One more").status_code == 422
