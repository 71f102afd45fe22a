"""What the desk and its pages say, in the language of whoever looks: English texts, looked up in a file per language.

Templates say `_("Approve")` and `ngettext("%(num)s comment", "%(num)s comments", count)`; modules import `gettext`.
The texts lie in files, which `content.desk_texts` reads; what one lacks is said in English. Readers' texts are not
here: the widget's files have them (`content.translations`).
"""

from typing import Any, cast

from flask import Flask, g, has_request_context, request

from comments_service.content.desk_texts import desk_languages, found, found_form
from comments_service.content.translations import chosen_language, direction

__all__ = ["desk_language", "desk_languages", "gettext", "ngettext", "register_wording"]


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
    return found(desk_language(), text)


def _found_form(one: str, many: str, number: int) -> str:
    return found_form(desk_language(), one, many, number)


def _for_templates() -> dict[str, str]:
    language = desk_language()
    return {"language": language, "direction": direction(language)}
