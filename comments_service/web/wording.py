"""What the desk and its pages say, in the language of whoever looks: English texts, looked up in a file per language.

Templates say `_("Approve")` and `ngettext("%(num)s comment", "%(num)s comments", count)`; modules import `gettext`.
The files are `translations/desk/LANGUAGE.json`; what one lacks is said in English. Readers' texts are not here: the
widget's files have them (`content.translations`).
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, g, has_request_context, request

from comments_service.content.plurals import category
from comments_service.content.translations import ENGLISH, chosen_language, direction

_FOLDER = Path(__file__).parents[1] / "translations" / "desk"


@cache
def desk_languages() -> tuple[str, ...]:
    """The languages that the desk speaks, as BCP 47 tags, sorted."""
    return tuple(sorted({ENGLISH, *(file.stem for file in _FOLDER.glob("*.json"))}))


def desk_language() -> str:
    """The language of this request: what its moderator chose, else what their browser asks for."""
    person = g.get("comments_identity") if has_request_context() else None
    if person is not None and person.language in desk_languages():
        return cast(str, person.language)
    asked = request.headers.get("Accept-Language", "") if has_request_context() else ""
    return chosen_language(asked, desk_languages())


def gettext(text: str, /, **values: Any) -> str:
    """`text` in the language of this request, its `%(name)s` filled with `values`; a per cent sign is written `%%`."""
    return _found(text) % values


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """The form that goes with `number`, which also fills `%(num)s`; `many` is its key in the files."""
    return _found_form(one, many, number) % {"num": number, **values}


def register_wording(app: Flask) -> None:
    """Give the templates of `app` the texts, and the language with its direction for the page's own mark."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # Newstyle: the template fills the places itself, and escapes what it fills them with.
    cast(Any, app.jinja_env).install_gettext_callables(_found, _found_form, newstyle=True)
    app.context_processor(_for_templates)


def _found(text: str) -> str:
    found = _texts(desk_language()).get(text, text)
    return found if isinstance(found, str) else text


def _found_form(one: str, many: str, number: int) -> str:
    language = desk_language()
    forms = _texts(language).get(many)
    if not isinstance(forms, Mapping):
        return one if number == 1 else many
    return forms.get(category(language, number), forms["other"])


def _for_templates() -> dict[str, str]:
    language = desk_language()
    return {"language": language, "direction": direction(language)}


@cache
def _texts(language: str) -> Mapping[str, str | Mapping[str, str]]:
    file = _FOLDER / f"{language}.json"
    return cast("Mapping[str, str | Mapping[str, str]]", json.loads(file.read_text("utf-8"))) if file.is_file() else {}
