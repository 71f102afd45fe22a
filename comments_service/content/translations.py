"""What the service says to readers in their own language: plain pages, mails, and the first page drawn on the server.

The texts come from the files that the widget's build writes for each language, so that page, mail and widget say a
thing with the same words. What a language's file lacks is said in English. Which languages there are is what lies
in the folder.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from comments_service.content.plurals import category

Text = str | Mapping[str, str]

ENGLISH = "en"
_FOLDER = Path(__file__).parents[1] / "widget" / "dist" / "pages"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
# What a reader's tag says and the folder does not: Norwegian of any kind, Chinese in the traditional script, old codes.
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")
_OTHER_NAMES = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


@cache
def languages() -> tuple[str, ...]:
    """The languages there are texts for, as BCP 47 tags, sorted; English is always one."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.json")))


@cache
def texts_for(language: str, group: str) -> Mapping[str, Text]:
    """The texts of one group ("read", "write", "act", "page", "mail") by key; plural forms as a mapping by category.

    `language` is one of `languages()`; any other is answered in English.
    """
    english = _file(ENGLISH)[group]
    own = _file(language).get(group, {}) if language in languages() else {}
    return MappingProxyType({**english, **own})


def said(language: str, group: str, key: str, **places: object) -> str:
    """One text with its places filled: `said("en", "read", "replies", name="Ann")` is "Replies to Ann".

    A text with plural forms takes the form for the whole number `n`.
    """
    text = texts_for(language, group)[key]
    if not isinstance(text, str):
        number = places["n"]
        text = text.get(category(language, number) if isinstance(number, int) else "other", text["other"])
    # In one pass: what fills a place is a stranger's text and may itself hold braces.
    return re.sub(r"\{(\w+)\}", lambda place: str(places.get(place[1], place[0])), text)


def chosen_language(wanted: str, among: Sequence[str] = ()) -> str:
    """The first of the wanted languages that there are texts for, else English.

    `wanted` is a tag ("de-AT") or an Accept-Language header ("de-AT,de;q=0.9,en;q=0.7"); `among` are the languages to
    choose from where it is not all that readers have.
    """
    for tag in _by_preference(wanted[:500]):
        found = _served_by(tag, among or languages())
        if found:
            return found
    return ENGLISH


def direction(language: str) -> str:
    """For HTML's `dir`: "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


@cache
def _file(language: str) -> dict[str, dict[str, Text]]:
    content: dict[str, dict[str, Text]] = json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))
    return content


def _by_preference(wanted: str) -> list[str]:
    weighed = []
    for part in wanted.lower().split(","):
        tag, _, parameters = part.partition(";")
        weight = _weight(parameters)
        if weight > 0 and _TAG.fullmatch(tag.strip()):
            weighed.append((-weight, tag.strip()))
    # Sorting keeps the order of equal weights.
    return [tag for _, tag in sorted(weighed, key=lambda one: one[0])]


def _weight(parameters: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", parameters)
    return float(found[1]) if found else 1.0


def _served_by(tag: str, among: Sequence[str]) -> str:
    """The language whose texts serve a reader of `tag`: the same, or the nearest more general one; "" for none."""
    known = {language.lower(): language for language in among}
    if tag.startswith(_TRADITIONAL):
        tag = "zh-tw"
    while tag:
        found = known.get(_OTHER_NAMES.get(tag, tag))
        if found:
            return found
        tag = tag.rpartition("-")[0]
    return ""
