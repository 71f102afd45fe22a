"""Finds comments by words of their text or their author's name, through the full-text index of either database.

Every word must be there, as the beginning of a word. The indexes are kept true by the database itself (migration 24).
Scripts that put no blanks between words are looked for letter by letter instead, in the comments that a page walks by.
"""

import re
from unicodedata import category

from sqlalchemy import ColumnElement, String, bindparam, func, literal, literal_column, or_, select, table, text
from sqlalchemy.orm import Session

from comments_service.moderation.narrowing import Narrowing
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
        found.append(_by_sqlite(of_index) if sqlite else _by_postgresql(of_index))
    return found


def _written_in(part: str) -> ColumnElement[bool]:
    return or_(Comment.source.contains(part, autoescape=True), Comment.name.contains(part, autoescape=True))


def _beginning(word: str, quote: str, mark: str) -> str:
    # One letter begins too many words for an index to gather them all.
    return f"{quote}{word}{quote}{mark if len(word) > 1 else ''}"


def _by_sqlite(words: list[str]) -> Narrowing:
    expression = " ".join(_beginning(word, '"', "*") for word in words)
    index = table("comment_words")
    rowid: ColumnElement[int] = literal_column("comment_words.rowid")
    matches = text("comment_words MATCH :wanted_words").bindparams(bindparam("wanted_words", expression))
    # Asked of each comment at hand: gathering every comment with a frequent word would take as long as there are many.
    at_hand = select(literal(1)).select_from(index).where(matches, rowid == Comment.id).correlate(Comment)
    return Narrowing(at_hand.exists(), select(rowid).select_from(index).where(matches))


def _by_postgresql(words: list[str]) -> Narrowing:
    expression = " & ".join(_beginning(word, "'", ":*") for word in words)
    column: ColumnElement[str] = literal_column("comments.words", String())
    matches = column.op("@@")(func.to_tsquery(literal_column("'simple'"), expression))
    return Narrowing(matches, select(Comment.id).where(matches))
