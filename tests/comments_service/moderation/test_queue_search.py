"""Does the search find words in texts and names, in every script, and follow what is changed and taken away?"""

import pytest
from sqlalchemy import text

from tests.comments_service.moderation.stage import Stage
from tests.comments_service.moderation.test_queue_filters import shown

QUEUE = "/api/v1/moderation/queue"


def test_words_are_found_by_their_beginnings_in_every_script(stage_anywhere: Stage) -> None:
    stage, mona = stage_anywhere, stage_anywhere.moderator("mona")
    english = stage.comment("The Casino on www.harbour-lights.example/bonus is closed.", name="Olga")
    german = stage.comment("Die Fähre fährt über Nacht.", name="Casimir")
    russian = stage.comment("Паром снова опоздал.")
    arabic = stage.comment("العبارة متأخرة مرة أخرى")
    hindi = stage.comment("नौका फिर देर से आई")
    japanese = stage.comment("東京の港はとても静かです。")
    for wanted, expected in (
        ("casino", {english}),
        ("CAS", {english, german}),
        ("closed casino", {english}),
        ("casino fähre", set()),
        ("bonus", {english}),
        ("harbour", {english}),
        ("olga", {english}),
        ("asino", set()),
        ("fähr", {german}),
        ("паром", {russian}),
        ("العبارة", {arabic}),
        ("नौका", {hindi}),
        ("東京", {japanese}),
        ("港", {japanese}),
        ("静か casino", set()),
        ("nothing", set()),
    ):
        assert shown(mona, status="all", q=wanted) == expected, wanted


@pytest.mark.parametrize(
    "wanted", ['"', "casino OR", "a* NOT b", "name:x", "(((", "it's", "\\", "x" * 200, "' & '", "ﷺ", "1"]
)
def test_no_search_is_an_order_to_the_database(stage_anywhere: Stage, wanted: str) -> None:
    stage_anywhere.comment("calm")
    answer = stage_anywhere.moderator("mona").get(QUEUE, query_string={"q": wanted})
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert answer.get_json()["errors"][0]["field"] == "q"


def test_the_index_follows_a_change_and_a_removal(stage_anywhere: Stage) -> None:
    stage, mona = stage_anywhere, stage_anywhere.moderator("mona")
    comment = stage.comment("before")
    stage.write(lambda session: session.execute(text("UPDATE comments SET source = 'afterwards'")))
    assert shown(mona, q="before") == set()
    assert shown(mona, q="afterwards") == {comment}
    stage.write(lambda session: session.execute(text("UPDATE comments SET source = '', name = ''")))
    assert shown(mona, q="afterwards") == set()


def test_search_goes_with_views_filters_and_pages(stage_anywhere: Stage) -> None:
    stage, mona = stage_anywhere, stage_anywhere.moderator("mona")
    found = [stage.comment("ferry", minutes_ago=number, machine="spam") for number in range(5)]
    stage.comment("ferry")
    query = {"status": "spam", "q": "ferry", "sort": "newest", "limit": 2}
    first = mona.get(QUEUE, query_string=query).get_json()
    second = mona.get(QUEUE, query_string=query | {"cursor": first["next_cursor"]}).get_json()
    assert [one["id"] for one in first["comments"] + second["comments"]] == found[:4]
