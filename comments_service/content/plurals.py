"""Which form of a word goes with a whole number, in the languages the service speaks.

The rules are those of the Unicode CLDR, "Language Plural Rules", cut down to whole numbers: a count of comments is
never a fraction. The browser has them in `Intl.PluralRules`; tests hold these to the same table.
"""

from collections.abc import Callable


def category(language: str, number: int) -> str:
    """The CLDR category: "zero", "one", "two", "few", "many" or "other". An unknown language has only "other"."""
    rule = _RULES.get(language.partition("-")[0], _always_other)
    return rule(abs(number))


def _always_other(number: int) -> str:
    return "other"


def _one(number: int) -> str:
    return "one" if number == 1 else "other"


def _zero_too(number: int) -> str:
    return "one" if number in {0, 1} else "other"


def _millions(number: int) -> str:
    """Spanish, Italian and their like say "de" after a full million: "1 000 000 de commentaires"."""
    return "many" if number and number % 1_000_000 == 0 else "other"


def _one_or_millions(number: int) -> str:
    return "one" if number == 1 else _millions(number)


def _zero_too_or_millions(number: int) -> str:
    return "one" if number in {0, 1} else _millions(number)


def _one_or_two(number: int) -> str:
    return {1: "one", 2: "two"}.get(number, "other")


def _few_to_four(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if 2 <= number <= 4 else "other"


def _polish(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if _ends_in_few(number) else "many"


def _east_slavic(number: int) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return "one"
    return "few" if _ends_in_few(number) else "many"


def _romanian(number: int) -> str:
    if number == 1:
        return "one"
    return "few" if number == 0 or 1 <= number % 100 <= 19 else "other"


def _arabic(number: int) -> str:
    if number <= 2:
        return ("zero", "one", "two")[number]
    end = number % 100
    if 3 <= end <= 10:
        return "few"
    return "many" if end >= 11 else "other"


def _ends_in_few(number: int) -> bool:
    return 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14


_RULES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("bg", "da", "de", "el", "en", "et", "fi", "hu", "nb", "nl", "sv", "tr"), _one),
    **dict.fromkeys(("fa", "hi"), _zero_too),
    **dict.fromkeys(("ca", "es", "it"), _one_or_millions),
    **dict.fromkeys(("fr", "pt"), _zero_too_or_millions),
    **dict.fromkeys(("cs", "sk"), _few_to_four),
    **dict.fromkeys(("ru", "uk"), _east_slavic),
    "ar": _arabic,
    "he": _one_or_two,
    "pl": _polish,
    "ro": _romanian,
}
