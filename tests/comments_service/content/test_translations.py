"""Does each language count as the Unicode CLDR says, and does a reader get the words of their language?"""

import pytest

from comments_service.content.language_names import LANGUAGE_NAMES
from comments_service.content.plurals import category
from comments_service.content.translations import chosen_language, direction, languages, said, texts_for

COUNTS = (0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100, 101, 102, 111, 112, 1_000_000)
# What Intl.PluralRules of Node 20 (CLDR 44) answers for COUNTS.
CLDR = {
    "ar": "zero one two few few many many many many many other other other many many other",
    "cs sk": "other one few few other other other other other other other other other other other other",
    "da de el en fi hu nb nl sv tr": "other one" + " other" * 14,
    "ca es it": "other one other other other other other other other other other other other other other many",
    "fa hi": "one one other other other other other other other other other other other other other other",
    "fr pt pt-BR": "one one other other other other other other other other other other other other other many",
    "he": "other one two other other other other other other other other other other other other other",
    "pl": "many one few few many many many many few many many many few many many many",
    "ro": "few one few few few few few other other other other few few few few other",
    "ru uk": "many one few few many many many one few many many one few many many many",
    "id ja ko th vi zh zh-TW": "other " * len(COUNTS),
}


@pytest.mark.parametrize(("spoken", "categories"), CLDR.items())
def test_every_language_counts_by_its_own_rules(spoken: str, categories: str) -> None:
    for language in spoken.split():
        assert [category(language, count) for count in COUNTS] == categories.split(), language


def test_no_language_is_spoken_without_its_plural_rules() -> None:
    assert set(languages()) <= {language for spoken in CLDR for language in spoken.split()}


def test_every_language_has_its_name_in_the_list() -> None:
    assert set(languages()) <= set(LANGUAGE_NAMES)


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything_the_service_says(language: str) -> None:
    for group in ("read", "write", "act", "page", "mail"):
        assert set(texts_for(language, group)) == set(texts_for("en", group))


def test_places_are_filled_in_one_pass() -> None:
    assert said("en", "read", "replies", name="{name} {n}") == "Replies to {name} {n}"
    assert [said("en", "read", "count", n=count) for count in (0, 1, 2)] == ["0 comments", "1 comment", "2 comments"]


def test_an_unknown_language_is_answered_in_english() -> None:
    assert texts_for("tlh", "read")["reply"] == "Reply"
    assert texts_for("../en", "read")["reply"] == "Reply"


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ("", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("tlh,en;q=0.5", "en"),
        ("x" * 100_000, "en"),
        ("../../etc/passwd", "en"),
        ("de;q=0", "en"),
        ("*", "en"),
        ("de;q=nan,tlh;q=1e9", "de"),
        ("de-AT-1996,en;q=0.8", "de"),
        ("en;q=0.5, fr-CA", "fr"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-CN", "zh"),
        ("pt-BR", "pt-BR"),
        ("pt-AO", "pt"),
        ("no", "nb"),
        ("iw", "he"),
    ],
)
def test_the_first_language_that_we_have_is_the_reader_s(wanted: str, chosen: str) -> None:
    assert chosen_language(wanted) == chosen


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert [direction(language) for language in ("ar", "he", "fa", "en", "ja", "pt-BR")] == [
        *["rtl"] * 3,
        *["ltr"] * 3,
    ]
