"""Does a suggested score become an example of the key's site, under the rules of a moderator's decision?"""

import json
from datetime import timedelta
from typing import Any

import pytest

from comments_service.training_data.collect import Caps, collect
from comments_service.training_data.example import Example
from comments_service.training_data.suggestions import MOST_A_DAY, forget_suggestions
from tests.comments_service.compat.callers import SUGGEST, Caller
from tests.comments_service.web.newsroom import Newsroom


def examples(newsroom: Newsroom, caps: Caps | None = None) -> list[Example]:
    with newsroom.app.app_context(), newsroom.runtime.reading() as session:
        return list(collect(session, "news", caps))


def test_a_suggestion_is_an_example_under_its_keys_name(any_newsroom: Newsroom) -> None:
    caller = Caller(any_newsroom)
    more = {
        "clientToken": "t-9",
        "languages": ["en"],
        "context": {"articleAndParentComment": {"article": {"text": "Ferry"}, "parentComment": {"text": "Late again"}}},
    }
    answer = caller.suggest("Write to ann@mail.example, you sluggard", more=more, TOXICITY=0.9, INSULT=1)
    assert answer.get_json() == {"clientToken": "t-9", "requestedLanguages": ["en"]}
    (example,) = examples(any_newsroom)
    assert example.text == "Write to [address], you sluggard"
    assert (example.title, example.parent) == ("Ferry", "Late again")
    assert example.labels == {"toxic": 0.9, "insult": 1.0}
    assert (example.moderator, example.site) == (f"key:{caller.number}", "news")
    assert (example.stream, example.weight) == ("contested", 1.0)
    assert any_newsroom.run_sql("SELECT text FROM suggestions WHERE text LIKE '%ann@%'") == []


def test_nothing_is_learned_that_is_not_to_be_stored(newsroom: Newsroom) -> None:
    caller = Caller(newsroom)
    caller.suggest("Not for keeping", more={"doNotStore": True, "clientToken": "t"}, TOXICITY=1)
    assert examples(newsroom) == []
    assert newsroom.run_sql("SELECT count(*) FROM suggestions") == [(0,)]


def test_corals_suggestion_is_read_as_coral_sends_it(newsroom: Newsroom) -> None:
    caller = Caller(newsroom)
    record = json.dumps({"url": "https://news.example/ferry?commentID=7", "Coral_comment_id": "7"})
    more = {"context": {"entries": [{"text": record}]}, "communityId": "Coral:news", "clientToken": "comment:7"}
    answer = caller.suggest("A reader's comment", more=more | {"languages": ["en"]}, TOXICITY=1)
    assert answer.get_json()["clientToken"] == "comment:7"
    assert [(one.text, one.parent) for one in examples(newsroom)] == [("A reader's comment", "")]


def test_the_last_human_word_on_a_text_wins_whoever_said_it(newsroom: Newsroom) -> None:
    caller = Caller(newsroom)
    first, second = "Win 500 EUR at my casino", "Lovely weather at the harbour"
    newsroom.decide(newsroom.posted(body=first)["id"], "approve")
    caller.suggest("win 900 eur at my casino!", SPAM=1)
    caller.suggest(second, TOXICITY=1)
    newsroom.decide(newsroom.posted(body=second)["id"], "approve")
    labels = {example.text.lower()[:3]: example.labels for example in examples(newsroom)}
    assert labels == {"win": {"spam": 1.0}, "lov": {"spam": 0.0, "toxic": 0.0}}


def test_a_key_teaches_no_more_in_a_day_than_a_moderator(newsroom: Newsroom) -> None:
    caller = Caller(newsroom)
    for word in ("alder", "birch", "cedar", "dogwood"):
        caller.suggest(f"A {word} by the wall", TOXICITY=0)
    found = examples(newsroom, Caps(per_moderator_day=2, per_author_day=1))
    assert [example.text for example in found] == ["A dogwood by the wall", "A cedar by the wall"]
    newsroom.run_sql(
        "INSERT INTO suggestions (public_id, site_id, api_key_id, text, title, parent, labels, created_at)"
        " WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
        " SELECT 'x' || i, site_id, api_key_id, 'x', '', '', '{}', created_at FROM n, suggestions"
        " WHERE suggestions.id = 1",
        most=MOST_A_DAY,
    )
    body = {"comment": {"text": "One more"}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}}}
    assert caller.refused(SUGGEST, body, 429)["status"] == "RESOURCE_EXHAUSTED"
    day = int(timedelta(days=1, minutes=1).total_seconds() * 1_000_000)
    newsroom.run_sql("UPDATE suggestions SET created_at = created_at - :day", day=day)
    caller.suggest("One more", TOXICITY=1)


def test_what_a_key_taught_can_be_forgotten(newsroom: Newsroom) -> None:
    caller, other = Caller(newsroom), Caller(newsroom)
    caller.suggest("From a stolen key", TOXICITY=0)
    other.suggest("From an honest program", TOXICITY=0)
    caller.revoke()
    assert len(examples(newsroom)) == 2, "an ended key has not lied by that"
    with newsroom.app.app_context(), newsroom.runtime.transaction() as session:
        assert forget_suggestions(session, caller.number) == 1
    assert [example.text for example in examples(newsroom)] == ["From an honest program"]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({}, "Missing attribute_scores"),
        ({"RUDE": {"summaryScore": {"value": 1}}}, "Unknown requested attribute: RUDE"),
        ({"FLIRTATION": {"summaryScore": {"value": 1}}}, "Attribute FLIRTATION does not support"),
        ({"TOXICITY": {}}, "only scores of the whole text are learned"),
        ({"TOXICITY": {"summaryScore": {"value": 1.5}}}, "between 0 and 1"),
        ({"TOXICITY": {"summaryScore": {"value": True}}}, "(number)"),
    ],
)
def test_what_says_nothing_is_refused(caller: Caller, scores: Any, words: str) -> None:
    body = {"comment": {"text": "Hello"}, "attributeScores": scores}
    assert words in caller.refused(SUGGEST, body, 400)["message"]


def test_odd_characters_are_stored(any_newsroom: Newsroom) -> None:
    caller = Caller(any_newsroom)
    body = {"comment": {"text": "a\x00b \ud800"}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}}
    answer = any_newsroom.client.post(SUGGEST, data=json.dumps(body), query_string={"key": caller.key})
    assert answer.status_code == 200
    assert [example.text for example in examples(any_newsroom)] == ["ab ?"]
