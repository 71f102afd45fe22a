"""What is refused, and does the refusal have the code, the status and the words that Perspective's clients look for?"""

import json
from typing import Any

import pytest

from tests.comments_service.compat.callers import ANALYZE, SUGGEST, Caller
from tests.comments_service.web.newsroom import Newsroom
from tests.comments_service.web.newsroom_fixtures import MakeNewsroom

ASKED = {"requestedAttributes": {"TOXICITY": {}}}
DUTCH = "Je hebt helemaal gelijk en het is een goed artikel van de krant."


def asking(text: str = "Hello there", **more: Any) -> dict[str, Any]:
    return {"comment": {"text": text}} | ASKED | more


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (asking(""), "COMMENT_EMPTY", "Comment must be non-empty."),
        (asking(" \n"), "COMMENT_EMPTY", "Comment must be non-empty."),
        (asking(comment={"text": "<p> </p>", "type": "HTML"}), "COMMENT_EMPTY", "Comment must be non-empty."),
        (asking("é" * 10_241), "COMMENT_TOO_LONG", "Comment text too long."),
        (asking(requestedAttributes={}), "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
        (asking(requestedAttributes={"RUDE": {}}), "INVALID_REQUEST", "Unknown requested attribute: RUDE"),
        (
            asking(requestedAttributes={"TOXICITY": {"scoreType": "RAW"}}),
            "INVALID_REQUEST",
            "Requested score type RAW is not supported by attribute TOXICITY",
        ),
        (
            asking(context={"entries": [{"text": "a"}], "articleAndParentComment": {"article": {"text": "b"}}}),
            "INVALID_REQUEST",
            "Context can have either entries or article_and_parent_comment, but both fields were populated.",
        ),
        (
            asking(DUTCH),
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "Attribute TOXICITY does not support request languages: nl",
        ),
        (
            asking(languages=["en", "nl", "xx-YY"]),
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "Attribute TOXICITY does not support request languages: nl, xx-YY",
        ),
        (
            asking(requestedAttributes={"FLIRTATION": {}}, languages=["en"]),
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
            "Attribute FLIRTATION does not support request languages: en",
        ),
    ],
)
def test_a_request_is_refused_in_perspectives_words(caller: Caller, body: Any, kind: str, words: str) -> None:
    error = caller.refused(ANALYZE, body, 400)
    assert (error["status"], error["message"]) == ("INVALID_ARGUMENT", words)
    assert [detail["errorType"] for detail in error["details"]] == [kind]


def test_a_language_that_was_found_stands_in_the_details(caller: Caller) -> None:
    (detail,) = caller.refused(ANALYZE, asking(DUTCH), 400)["details"]
    assert detail["languageNotSupportedByAttributeError"] == {"detectedLanguages": ["nl"], "attribute": "TOXICITY"}


def test_unsupported_attributes_are_dropped_on_request(caller: Caller) -> None:
    names = ("TOXICITY", "THREAT", "FLIRTATION")
    german = "Das ist ein sehr guter Artikel, und ich habe ihn mit Freude gelesen."
    assert set(caller.analyzed(german, *names, dropUnsupportedAttributes=True)["attributeScores"]) == {"TOXICITY"}
    assert caller.analyzed(DUTCH, *names, dropUnsupportedAttributes=True)["attributeScores"] == {}
    unknown = asking(requestedAttributes={"RUDE": {}}, dropUnsupportedAttributes=True)
    assert "Unknown requested attribute" in caller.refused(ANALYZE, unknown, 400)["message"]


def test_the_longest_text_is_taken_even_with_every_letter_escaped(caller: Caller) -> None:
    body = json.dumps(asking("é" * 10_240), ensure_ascii=True)
    answer = caller.newsroom.client.post(ANALYZE, data=body, query_string={"key": caller.key})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (asking(comment={"text": "x", "kind": 1}), "comment", "Unknown name \"kind\" at 'comment': Cannot find field."),
        (asking(nonsense=1), "", 'Unknown name "nonsense": Cannot find field.'),
        (asking(comment={"text": 5}), "comment.text", "Invalid value at 'comment.text' (string), 5"),
        (asking(comment={"text": "x", "type": "MARKDOWN"}), "comment.type", '(string), "MARKDOWN"'),
        (asking(comment="x"), "comment", "Invalid value at 'comment' (TextEntry)"),
        (asking(languages="en"), "languages", "(array)"),
        (asking(languages=[1]), "languages[0]", "(string), 1"),
        (asking(doNotStore="yes"), "doNotStore", "(boolean)"),
        (
            asking(requestedAttributes={"TOXICITY": {"scoreThreshold": "much"}}),
            "requestedAttributes.TOXICITY.scoreThreshold",
            "(number)",
        ),
        ([], "", "Invalid value"),
        ("text", "", "Invalid value"),
    ],
)
def test_what_is_no_message_is_refused_by_field(caller: Caller, body: Any, field: str, words: str) -> None:
    error = caller.refused(ANALYZE, body, 400)
    assert error["status"] == "INVALID_ARGUMENT"
    assert words in error["message"]
    assert [violation["field"] for violation in error["details"][0]["fieldViolations"]] == [field]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}'])
def test_what_cannot_be_read_is_refused(caller: Caller, body: bytes) -> None:
    answer = caller.newsroom.client.post(ANALYZE, data=body, query_string={"key": caller.key})
    assert (answer.status_code, answer.get_json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_a_body_beyond_all_measure_is_not_read(caller: Caller) -> None:
    answer = caller.newsroom.client.post(ANALYZE, data=b" " * 300_000, query_string={"key": caller.key})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (413, 413)


def test_only_a_key_in_force_opens(newsroom: Newsroom) -> None:
    caller = Caller(newsroom)
    for path in (ANALYZE, SUGGEST):
        without = newsroom.client.post(path, json=asking())
        assert (without.status_code, without.get_json()["error"]["status"]) == (403, "PERMISSION_DENIED")
        for key in ("ck_wrong", newsroom.server_key(), "\udc80"):
            wrong = newsroom.client.post(
                path, json=asking(), headers={"X-Goog-Api-Key": key.encode("utf-8", "replace")}
            )
            assert (wrong.status_code, wrong.get_json()["error"]["details"][0]["reason"]) == (400, "API_KEY_INVALID")
    caller.revoke()
    assert "API key not valid" in caller.refused(ANALYZE, asking(), 400)["message"]


def test_a_keys_quota_is_its_own(newsroom: Newsroom) -> None:
    hasty, other = Caller(newsroom, per_minute=2), Caller(newsroom, per_minute=2)
    for _ in range(2):
        hasty.analyzed("Hello there")
    answer = hasty.post(ANALYZE, asking())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    error = answer.get_json()["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert "2 requests a minute" in error["message"]
    other.analyzed("Hello there")


def test_whatever_else_goes_wrong_has_the_same_shape(caller: Caller, make_newsroom: MakeNewsroom) -> None:
    for method, path, status in (("GET", ANALYZE, 405), ("POST", "/v1alpha1/comments:delete", 404)):
        answer = caller.newsroom.client.open(path, method=method, query_string={"key": caller.key})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, status)
    models = make_newsroom().settings.data_dir / "no-models"
    models.mkdir()
    (models / "pointer.json").write_text('{"current": "gone", "previous": null}')
    without_model = Caller(make_newsroom(settings={"model_dir": models}))
    assert without_model.refused(ANALYZE, asking(), 503)["status"] == "UNAVAILABLE"
