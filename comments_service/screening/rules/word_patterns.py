"""Words, phrases and parts of words that rules name, and finding thousands of them in a text at once.

`casino` is the whole word, `cheap pills` a phrase, `casino*`, `*casino` and `*casino*` words that begin with it, end
with it or hold it; a star alone stands for any one word. There are no other signs, and no regular expressions.
Patterns stand under their rarest word or pair of letters, so that a text is compared with few of them.
"""

from collections.abc import Iterator, Sequence

from comments_service.screening.checks.words import plain_words

ANY = "*"
_LEAST_LETTERS = 2  # together, beside a star

Pattern = tuple[str, ...]


class NothingToFind(ValueError):
    """A pattern that would be found nowhere (no_letters) or everywhere (bare_star): its `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def word_pattern(typed: str) -> Pattern:
    """The words of a pattern, folded like the text; a word keeps its stars. Raises NothingToFind."""
    # Taken apart at the stars, as folding would drop them; what stands beside a star without a blank stays beside it.
    pieces = [plain_words(piece, keep_edges=True) for piece in typed.split(ANY)]
    words = tuple(_single_stars(word) for word in ANY.join(pieces).split())
    if not any(word != ANY for word in words):
        raise NothingToFind("no_letters")
    if _longest_piece(words) < _LEAST_LETTERS and ANY in "".join(words):
        raise NothingToFind("bare_star")
    return words


def fits(pattern: Pattern, words: Sequence[str], begin: int) -> bool:
    """Whether the pattern's words stand in `words` from `begin` on."""
    if begin < 0 or begin + len(pattern) > len(words):
        return False
    return all(_fits_word(one, words[begin + number]) for number, one in enumerate(pattern))


class WordIndex:
    """Patterns with the id of their rule, found in a text without comparing it with each of them."""

    def __init__(self) -> None:
        # By word, or by pair of letters: (id, pattern, which of its words that is).
        self._by_word: dict[str, list[tuple[int, Pattern, int]]] = {}
        self._by_letters: dict[str, list[tuple[int, Pattern, int]]] = {}

    def add(self, rule_id: int, pattern: Pattern) -> None:
        whole = [(len(self._by_word.get(word, ())), number) for number, word in enumerate(pattern) if ANY not in word]
        if whole:
            _, number = min(whole)
            self._by_word.setdefault(pattern[number], []).append((rule_id, pattern, number))
            return
        rarest, number = min(
            ((letters, number) for number, word in enumerate(pattern) for letters in _pairs_of(word)),
            key=lambda found: len(self._by_letters.get(found[0], ())),
        )
        self._by_letters.setdefault(rarest, []).append((rule_id, pattern, number))

    def candidates(self, words: Sequence[str]) -> Iterator[tuple[int, Pattern, int]]:
        """What the text is to be compared with: rule, pattern, and the word of the text at which it would begin."""
        for place, word in enumerate(words):
            for rule_id, pattern, number in self._by_word.get(word, ()):
                yield rule_id, pattern, place - number
            if self._by_letters:
                for letters in {word[at : at + 2] for at in range(len(word) - 1)}:
                    for rule_id, pattern, number in self._by_letters.get(letters, ()):
                        yield rule_id, pattern, place - number

    def found(self, words: Sequence[str]) -> set[int]:
        """Ids of the rules whose patterns stand in a text of these words."""
        return {rule_id for rule_id, pattern, begin in self.candidates(words) if fits(pattern, words, begin)}


def _fits_word(one: str, word: str) -> bool:
    if ANY not in one:
        return one == word
    first, *between, last = one.split(ANY)
    if len(word) < len(first) + len(last) or not word.startswith(first) or not word.endswith(last):
        return False
    at, end = len(first), len(word) - len(last)
    for piece in between:
        at = word.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def _single_stars(word: str) -> str:
    while ANY * 2 in word:
        word = word.replace(ANY * 2, ANY)
    return word


def _longest_piece(words: Pattern) -> int:
    return max(len(piece) for word in words for piece in word.split(ANY))


def _pairs_of(word: str) -> Iterator[str]:
    for piece in word.split(ANY):
        for at in range(len(piece) - 1):
            yield piece[at : at + 2]
