"""The texts that moderators read, by language: English texts, looked up in `translations/desk/LANGUAGE.json`.

What a file lacks is said in English. Pages ask by way of `web.wording`, which knows the request's language; mails,
which have no request, make a `Words` of the moderator's language.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from comments_service.content.plurals import category
from comments_service.content.translations import ENGLISH

_FOLDER = Path(__file__).parents[1] / "translations" / "desk"


@cache
def desk_languages() -> tuple[str, ...]:
    """The languages that the desk speaks, as BCP 47 tags, sorted."""
    return tuple(sorted({ENGLISH, *(file.stem for file in _FOLDER.glob("*.json"))}))


def marked(text: str) -> str:
    """`text` itself. Marks a text in a table for the translators; whoever shows it looks it up."""
    return text


def found(language: str, text: str) -> str:
    """`text` in `language`, its places unfilled."""
    known = known_texts(language).get(text, text)
    return known if isinstance(known, str) else text


def found_form(language: str, one: str, many: str, number: int) -> str:
    """The form that goes with `number`, its places unfilled; `many` is its key in the files."""
    forms = known_texts(language).get(many)
    if not isinstance(forms, Mapping):
        return one if number == 1 else many
    return forms.get(category(language, number), forms["other"])


@dataclass(frozen=True, slots=True)
class Words:
    """The desk's texts in one language, for what is said outside of a request."""

    language: str

    @classmethod
    def of(cls, chosen: str) -> "Words":
        """In the language that a moderator chose for the desk; English where they chose none, or one it lacks."""
        return cls(chosen if chosen in desk_languages() else ENGLISH)

    def gettext(self, text: str, /, **values: Any) -> str:
        """`text`, its `%(name)s` filled with `values`; a per cent sign is written `%%`."""
        return found(self.language, text) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: Any) -> str:
        """The form that goes with `number`, which also fills `%(num)s`."""
        return found_form(self.language, one, many, number) % {"num": number, **values}


@cache
def known_texts(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """A language's texts by their English ones, as its file has them; forms by number as a mapping by category."""
    file = _FOLDER / f"{language}.json"
    return cast("Mapping[str, str | Mapping[str, str]]", json.loads(file.read_text("utf-8"))) if file.is_file() else {}
