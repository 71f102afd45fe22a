"""Which language a text is in, or "unknown" where it is too short or too mixed to tell.

Here: the script, then function words, then py3langid for what is left (loaded on first need, 0.2 s; it would cost more
than the whole classification if it read every comment). Not here: any use of the answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

UNKNOWN = "unknown"
_SHORTEST = 20  # letters; below, guesses of any method are worse than silence
_READ = 240  # characters that are looked at
_SURE = 0.9  # probability from which py3langid is believed

_SCRIPTS = (
    (re.compile("[\uac00-\ud7a3]"), "ko"), (re.compile("[\u3041-\u30ff]"), "ja"), (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0370-\u03ff]"), "el"), (re.compile("[\u0590-\u05ff]"), "he"), (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u0980-\u09ff]"), "bn"), (re.compile("[\u0b80-\u0bff]"), "ta"), (re.compile("[\u0c00-\u0c7f]"), "te"),
    (re.compile("[\u10a0-\u10ff]"), "ka"), (re.compile("[\u0530-\u058f]"), "hy"),
)  # fmt: skip
# Words without accents, as the normaliser leaves them; a language needs two different ones and a clear lead.
_FUNCTION_WORDS = {
    "en": "the and of to is that it for was with you this are not have they what from your would there about which",
    "de": "der die das und ist nicht ich sie mit auf ein eine auch von zu den dass wir haben wird sich aber fur",
    "fr": "le les des et est pas que qui pour dans une vous je nous sur avec mais ce cette sont plus du au",
    "es": "el los las es que y no una por para con del muy pero como esta este mas lo su son porque",
    "pt": "o os as um uma nao que e para com mais voce isso muito do da em esta por mas foi tem",
    "it": "il gli di che non per una sono con della piu ma come questo questa anche del molto si le",
    "nl": "de het een en van niet dat is ik op voor met zijn ook maar deze wat er nog wel",
    "pl": "nie sie jest na to ze jak ale czy tak bardzo dla od przez tego ktory moze juz tylko",
    "id": "yang dan di ini itu tidak dengan untuk dari akan saya ada juga bisa kalau aku sudah gak",
    "tr": "bir ve bu da de icin cok ama ne gibi daha degil var ben kadar sonra olarak mi",
    "da": "og det er ikke jeg en at der til som med han den af for har vi kan",
    "sv": "och det att ar inte som jag en pa har med for till den av om vi kan",
    "ru": "и в не на что это как с я он но так все мы вы за по есть было они",
    "uk": "і в не на що це як з я він але так все ми ви за є було вони та",
    "be": "і ў не на што гэта як з я ён але так усё мы вы за ёсць было яны",
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, folded: str | None = None) -> str:
    """ISO 639-1 code or "unknown". `folded` is the normalised text where the caller has it already."""
    read = (text.lower() if folded is None else folded)[:_READ]
    script = None if read.isascii() else _by_script(read)
    if script:
        return script
    words = _WORD.findall(read)
    if sum(map(len, words)) < _SHORTEST:
        return UNKNOWN
    return _by_function_words(frozenset(words)) or _by_statistics(text[:_READ])


def _by_script(read: str) -> str | None:
    letters = sum(map(str.isalpha, read))
    for script, language in _SCRIPTS:
        found = len(script.findall(read))
        if found >= 2 and found * (8 if language == "ja" else 2.5) > letters:
            return language
    return None


def _by_function_words(words: frozenset[str]) -> str | None:
    counts = sorted(((len(words & known), language) for language, known in _known_words()), reverse=True)
    (best, language), (second, _) = counts[0], counts[1]
    return language if best >= 3 and best >= 2 * second else None


@lru_cache(maxsize=1)
def _known_words() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((language, frozenset(words.split())) for language, words in _FUNCTION_WORDS.items())


def _by_statistics(text: str) -> str:
    language, probability = _identifier().classify(text)
    return str(language) if probability >= _SURE else UNKNOWN


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - half a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
