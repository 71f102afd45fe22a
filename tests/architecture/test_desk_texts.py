"""The desk says everything in every language it offers, and a translation cannot break the page that says it."""

import pytest

from tests.architecture.desk_texts import collected, forms_of, language_files, places, tags

LANGUAGES = sorted(language_files())


def _forms(said: object) -> list[str]:
    return list(said.values()) if isinstance(said, dict) else [str(said)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_no_other(language: str) -> None:
    known, wanted = language_files()[language], collected()
    assert sorted(set(wanted) - set(known)) == [], "python -m tests.architecture.desk_texts LANGUAGE prints them"
    assert sorted(set(known) - set(wanted)) == [], "python -m tests.architecture.desk_texts --tidy LANGUAGE"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_and_markup_are_those_of_the_english_text(language: str) -> None:
    for text, said in language_files()[language].items():
        for form in _forms(said):
            assert form.strip(), text
            assert tags(form) == tags(text), text
            # A form for one or two may leave the number out and say it in words.
            assert set(places(form)) | {"%(num)s"} == set(places(text)) | {"%(num)s"}, text
            assert form % {place[2:-2]: "x" for place in places(form)}, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_by_number_are_the_languages_own(language: str) -> None:
    known = language_files()[language]
    for text, many in collected().items():
        assert isinstance(known[text], dict) == many, text
        if many:
            assert set(known[text]) == forms_of(language), text


def test_the_desk_speaks_five_languages() -> None:
    assert len(LANGUAGES) + 1 >= 5, "English needs no file"
