"""The desk's English texts, collected from templates, modules and scripts, and what each language's file says of them.

`python -m tests.architecture.desk_texts LANGUAGE` prints what `translations/desk/LANGUAGE.json` lacks, as JSON to be
filled in; `--tidy` takes out what nothing says any more, and sorts.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from jinja2.ext import babel_extract

from comments_service.content.plurals import category
from comments_service.web.moderation_desk.script_texts import said_by_scripts
from tests.architecture.tracked_files import ROOT

FOLDER = ROOT / "comments_service" / "translations" / "desk"
_TEMPLATES = ("web/moderation_desk/templates", "accounts/templates")
# The readers' pages have texts of their own (`content.translations`), and so have their mails.
_SAYING = {"_": 1, "gettext": 1, "marked": 1, "ngettext": 2}
_PLACE = re.compile(r"%(?:\((\w+)\)s|%)")
_TAG = re.compile(r"<(/?\w+)")


def collected() -> dict[str, bool]:
    """Every text that the desk says, in English; true where it has forms by number (the key is the form for many)."""
    return dict(sorted([*_of_templates(), *_of_modules(), *said_by_scripts().items()]))


def language_files() -> dict[str, dict[str, Any]]:
    """What each language's file holds."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.json"))}


def forms_of(language: str) -> set[str]:
    """The forms by number that a language needs for whole numbers that occur at a desk."""
    return {category(language, number) for number in range(1001)} | {"other"}


def places(text: str) -> list[str]:
    """What a text leaves to be filled in, and its per cent signs; a lone one would break the page that says it."""
    return sorted(match[0] for match in _PLACE.finditer(text))


def tags(text: str) -> list[str]:
    """The elements of HTML inside a text."""
    return sorted(_TAG.findall(text))


def _of_templates() -> Iterator[tuple[str, bool]]:
    for folder in _TEMPLATES:
        for file in sorted((ROOT / "comments_service" / folder).rglob("*.html")):
            with file.open("rb") as content:
                for _line, function, messages, _comments in babel_extract(
                    content, tuple(_SAYING), (), {"silent": "false"}
                ):
                    parts = [messages] if isinstance(messages, str) else list(messages or ())
                    yield from _said(str(function), parts)


def _of_modules() -> Iterator[tuple[str, bool]]:
    for file in sorted((ROOT / "comments_service").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                yield from _said(name, [one.value if isinstance(one, ast.Constant) else None for one in node.args])


def _said(function: str, arguments: list[Any]) -> Iterator[tuple[str, bool]]:
    wanted = _SAYING.get(function, 0)
    if wanted and len(arguments) >= wanted and isinstance(arguments[wanted - 1], str):
        yield arguments[wanted - 1], wanted == 2


def _missing(language: str) -> dict[str, Any]:
    known = language_files().get(language, {})
    forms = dict.fromkeys(sorted(forms_of(language)), "")
    return {text: (forms if many else "") for text, many in collected().items() if text not in known}


def _tidied(language: str) -> None:
    known, wanted = language_files()[language], collected()
    kept = {text: known[text] for text in wanted if text in known}
    (FOLDER / f"{language}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    if len(arguments) == 2 and arguments[0] == "--tidy":
        _tidied(arguments[1])
        return 0
    if len(arguments) != 1:
        sys.stderr.write(str(__doc__))
        return 2
    json.dump(_missing(arguments[0]), sys.stdout, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
