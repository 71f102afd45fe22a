"""Finds comments by words of their text or their author's name, through the full-text index of either database.

Every word must be there, as the beginning of a word. The indexes are kept true by the database itself (migration 24).
Scripts that put no blanks between words are looked for letter by letter instead, in the comments that a page walks by.
"""

import re
from typing import Any
from unicodedata import category, normalize

from sqlalchemy import ColumnElement, Select, String, func, literal_column, or_, select, table, text
from sqlalchemy.orm import Session

from comments_service.moderation.narrowing import Narrowing
from comments_service.moderation.queue_walk import MOST_LOOKED
from comments_service.storage.tables import Comment

MOST_WORDS = 10
# Thai, Lao, Burmese, Khmer; Japanese and Chinese.
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")


def words_in(wanted: str) -> list[str]:
    """The words that are looked for. Signs that go with a letter, as in Hindi, are of the word."""
    return "".join(one if category(one)[0] in "LNM" else " " for one in wanted).split()


def with_words(session: Session, wanted: str) -> list[Narrowing]:
    """Comments with every word of `wanted`. One narrowing for those that an index knows, one for each other word."""
    words = words_in(wanted)
    of_index = [word for word in words if not _WITHOUT_BLANKS.search(word)]
    found = [Narrowing(_written_in(word)) for word in words if _WITHOUT_BLANKS.search(word)]
    if of_index:
        sqlite = session.get_bind().dialect.name == "sqlite"
        found.append(_by_sqlite(session, of_index) if sqlite else _by_postgresql(of_index))
    return found


def _written_in(part: str) -> ColumnElement[bool]:
    return or_(Comment.source.contains(part, autoescape=True), Comment.name.contains(part, autoescape=True))


def _beginning(word: str, quote: str, mark: str) -> str:
    # One letter begins too many words for an index to gather them all.
    return f"{quote}{word}{quote}{mark if len(word) > 1 else ''}"


def _by_sqlite(session: Session, words: list[str]) -> Narrowing:
    beginnings = _matches(" ".join(_beginning(word, '"', "*") for word in words))
    # Beginnings are gathered before the first is given out, whole words one by one: whether they are many is quickly
    # seen by these. Then each comment at hand is asked, as an index of words cannot be asked about one comment cheaply.
    whole = _matches(" ".join(f'"{word}"' for word in words)).limit(MOST_LOOKED + 1).subquery()
    many = (session.scalar(select(func.count()).select_from(whole)) or 0) > MOST_LOOKED
    folded = [_folded(word) for word in words]
    driver: Any = session.connection().connection.driver_connection
    driver.create_function("has_words", 1, lambda text: all(_has_word(_folded(text), word) for word in folded))
    written = Comment.name + " " + Comment.source
    return Narrowing(func.has_words(written) == 1, None if many else beginnings)


def _matches(expression: str) -> Select[int]:
    rowid: ColumnElement[int] = literal_column("comment_words.rowid")
    matches = text("comment_words MATCH :wanted_words").bindparams(wanted_words=expression)
    return select(rowid).select_from(table("comment_words")).where(matches)


def _has_word(text: str, word: str) -> bool:
    """Whether a word of `text` begins with `word`, or is it where that is a single letter. Both are folded."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        begins = at == 0 or not text[at - 1].isalnum()
        if begins and (len(word) > 1 or end == len(text) or not text[end].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _folded(text: str) -> str:
    """In small letters without accents, as the index knows it."""
    if text.isascii():
        return text.lower()
    return "".join(one for one in normalize("NFD", text.casefold()) if category(one) != "Mn")


def _by_postgresql(words: list[str]) -> Narrowing:
    expression = " & ".join(_beginning(word, "'", ":*") for word in words)
    column: ColumnElement[str] = literal_column("comments.words", String())
    matches = column.op("@@")(func.to_tsquery(literal_column("'simple'"), expression))
    return Narrowing(matches, select(Comment.id).where(matches))
