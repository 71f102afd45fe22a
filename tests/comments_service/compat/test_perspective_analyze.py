"""What does a program that knew Perspective get for a text? By HTTP, from the model that ships."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from classifier.registry import Registry
from comments_service.scoring import Text
from comments_service.scoring.linking import Knots
from comments_service.scoring.live_model import LiveModel
from comments_service.scoring.perspective_scale import Scale, keep_scale, place_of, scale_of
from comments_service.scoring.places import models_of
from tests.comments_service.compat.callers import ANALYZE, Caller, value
from tests.comments_service.scoring.corrections import write_correction
from tests.comments_service.web.newsroom import Newsroom
from tests.stacks.waiting import until

RUDE = "You are a stupid idiot, and the article is about you."
KIND = "Thank you, that was a thorough and friendly article."
ALL = (
    *("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT"),
    *("PROFANITY", "THREAT", "SEXUALLY_EXPLICIT", "SPAM"),
)


def test_the_answer_has_perspectives_shape(caller: Caller) -> None:
    answer = caller.analyzed(KIND, clientToken="c-1", sessionId="s", communityId="/forum", doNotStore=True)
    score = {"value": value(answer), "type": "PROBABILITY"}
    assert answer == {
        "attributeScores": {
            "TOXICITY": {"summaryScore": score, "spanScores": [{"begin": 0, "end": len(KIND), "score": score}]}
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "c-1",
    }


def test_every_attribute_is_the_models_label(caller: Caller) -> None:
    labels = ("toxic", "severe_toxic", "identity_hate", "insult", "obscene", "threat", "sexual_explicit", "spam")
    (scored,) = LiveModel(None).score([Text(RUDE)])
    answer = caller.analyzed(RUDE, *ALL, "TOXICITY_EXPERIMENTAL")
    assert {name: value(answer, name) for name in ALL} == {
        name: scored.scores[label] for name, label in zip(ALL, labels, strict=True)
    }
    assert value(answer, "TOXICITY_EXPERIMENTAL") == value(answer)
    assert value(answer) > 0.5 > value(caller.analyzed(KIND))


def test_a_threshold_leaves_lower_scores_out(caller: Caller) -> None:
    requested = {"TOXICITY": {"scoreThreshold": 0.3, "scoreType": "PROBABILITY"}, "THREAT": {"scoreThreshold": 0.3}}
    assert set(caller.analyzed(RUDE, requestedAttributes=requested)["attributeScores"]) == {"TOXICITY"}
    assert caller.analyzed(KIND, requestedAttributes=requested)["attributeScores"] == {}


def test_spans_are_the_passages_that_push_the_score_up(caller: Caller) -> None:
    text = "🙂 A long walk, thank you. You stupid idiot! The harbour was lovely in the evening."
    answer = caller.analyzed(text, "TOXICITY", "INSULT", spanAnnotations=True)
    spans = answer["attributeScores"]["TOXICITY"]["spanScores"]
    told = [text[span["begin"] : span["end"]] for span in spans]
    assert any("idiot" in passage for passage in told)
    assert not any("harbour" in passage for passage in told)
    assert max(span["score"]["value"] for span in spans) > value(answer), "an insult alone is worse than among praise"


def test_spans_in_html_count_the_characters_that_were_sent(caller: Caller) -> None:
    source = "<p>What a <b>fine</b> day &amp; you <i>stupid</i> idi&#111;t</p>"
    body = {"comment": {"text": source, "type": "HTML"}, "requestedAttributes": {"TOXICITY": {}}}
    answer = caller.post(ANALYZE, body | {"spanAnnotations": True}).get_json()
    passages = [source[span["begin"] : span["end"]] for span in answer["attributeScores"]["TOXICITY"]["spanScores"]]
    assert any("idi&#111;t" in passage for passage in passages)
    plain = caller.analyzed("What a fine day & you stupid idiot")
    assert value(answer) == pytest.approx(value(plain), abs=0.05), "elements are no words"


def test_languages_are_told_as_they_were_found_or_given(caller: Caller) -> None:
    german = "Das ist ein sehr guter Artikel, und ich habe ihn mit Freude gelesen."
    assert caller.analyzed(german)["detectedLanguages"] == ["de"]
    given = caller.analyzed("Idiot!", languages=["en-GB"])
    assert (given["languages"], given["detectedLanguages"]) == (["en-GB"], ["und"])
    assert value(caller.analyzed("Idiot!")) == value(given), "a word that is too short to tell is scored all the same"


def test_what_stands_above_a_comment_is_read_too(caller: Caller) -> None:
    entries = {"entries": [{"text": "older"}, {"text": "The ferry stops for repairs.", "type": "PLAIN_TEXT"}]}
    both = {
        "articleAndParentComment": {
            "article": {"text": "Ferry"},
            "parentComment": {"text": "<p>No!</p>", "type": "HTML"},
        }
    }
    text = "The ferry repairs were overdue."
    assert value(caller.analyzed(text, "SPAM", context=entries), "SPAM") < 0.5
    assert value(caller.analyzed(text, "SPAM", context=both), "SPAM") < 0.5


def test_field_names_may_have_underscores_and_nulls(caller: Caller) -> None:
    body = {"comment": {"text": KIND, "type": None}, "requested_attributes": {"TOXICITY": {"score_threshold": "0"}}}
    assert value(caller.post(ANALYZE, body).get_json()) == value(caller.analyzed(KIND))


def test_scores_are_translated_where_there_is_a_table(caller: Caller) -> None:
    own = caller.analyzed(RUDE, "TOXICITY", "INSULT")
    told = caller.analyzed(RUDE, "TOXICITY", "INSULT", query={"scale": "perspective"})
    shipped = scale_of(caller.newsroom.settings.models_dir, "news")
    assert value(told) == shipped.told("toxic", value(own)) > value(own)
    assert value(told, "INSULT") == value(own, "INSULT")
    by_key = Caller(caller.newsroom, scale="perspective")
    assert value(by_key.analyzed(RUDE)) == value(told)
    assert value(by_key.analyzed(RUDE, query={"scale": "own"})) == value(own)
    caller.refused(ANALYZE, {}, 400, scale="percentile")


def test_a_sites_own_table_is_used_at_once(newsroom: Newsroom) -> None:
    caller = Caller(newsroom, scale="perspective")
    before = value(caller.analyzed(KIND, "SPAM"), "SPAM")
    steep = Scale({"spam": Knots((0, 0.0001, 1), (0, 0.9, 1))}, "", "", "")
    keep_scale(place_of(newsroom.settings.models_dir, "news"), steep)
    assert value(caller.analyzed(KIND, "SPAM"), "SPAM") == steep.told("spam", before) > 0.9 > before


def test_a_promoted_correction_answers_within_seconds(newsroom: Newsroom, tmp_path: Path) -> None:
    caller, site = Caller(newsroom), Registry(models_of(newsroom.settings.models_dir, "news"))
    before = value(caller.analyzed(KIND))
    taught = {"languages": {"toxic": ["nl"]}}
    site.promote(site.add(write_correction(tmp_path / "candidate", manifest=taught, toxic=12.0)))
    until(lambda: value(caller.analyzed(KIND)) > 0.9 > before, "the promoted model answers", 10)
    assert "TOXICITY" in caller.analyzed(KIND, languages=["nl"])["attributeScores"], "it learned a language too"


def test_a_key_may_come_as_a_header(caller: Caller) -> None:
    answer = caller.newsroom.client.post(
        ANALYZE,
        data=b'{"comment": {"text": "Hello there"}, "requestedAttributes": {"TOXICITY": {}}}',
        headers={"X-Goog-Api-Key": caller.key},
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_many_at_once_get_each_their_own(caller: Caller) -> None:
    texts = [f"{'You stupid idiot' if number % 3 == 0 else 'Thank you all'}, number {number}" for number in range(60)]
    alone = [value(caller.analyzed(text)) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: value(caller.analyzed(text)), texts)) == alone


def test_nothing_that_is_analyzed_is_stored(caller: Caller) -> None:
    caller.analyzed("A sentence that no table and no file may hold: xylophone-quartz.")
    stored = [path for path in caller.newsroom.settings.data_dir.rglob("*") if path.is_file()]
    assert stored
    assert [path for path in stored if b"xylophone-quartz" in path.read_bytes()] == []
