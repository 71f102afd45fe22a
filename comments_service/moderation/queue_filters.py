"""What a moderator adds to a view: filters, read from plain parameters and turned into conditions. Combinable.

The parameters are the same in the desk's addresses and in the moderation API. Views themselves are in `queue_views`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from comments_service.content.links import InvalidURL, canonical_url
from comments_service.moderation.decide import NoSuchComment
from comments_service.moderation.narrowing import Narrowing
from comments_service.moderation.permissions import SiteIds, of_sites
from comments_service.moderation.queue_search import MOST_WORDS, with_words, words_in
from comments_service.screening.outcome import TOXIC_LABELS
from comments_service.storage.tables import Comment, Decision, Evidence, Score, Thread

LABELS = ("spam", *TOXIC_LABELS)
PARAMETERS = {
    "q": "Words of the text or of the author's name; each must be there, as the beginning of a word.",
    "thread": "URL of the article.",
    "thread_of": "Id of a comment: those under the same article.",
    "author": "Id of a comment: those with the same address on its site. Addresses themselves are never named.",
    "name": "Part of the author's name.",
    "language": "Language that the text was found to be in, as a BCP 47 tag.",
    "label": f"Which score `least` and `most` are about: {', '.join(LABELS)}.",
    "least": "The score is at least so many per cent, 0 to 100.",
    "most": "The score is at most so many per cent, 0 to 100.",
    "reason": "Code of the latest decision's reason, or of a check that found something.",
    "from": "Written on this day (UTC) or later, YYYY-MM-DD.",
    "to": "Written on this day (UTC) or earlier, YYYY-MM-DD.",
    "days": "Written in the last so many days, 1 to 3650.",
}
_LONGEST = 2000  # characters of a URL; everything else is shorter
_PUBLIC_ID, _TAG, _CODE = (
    re.compile(r"[\w-]{1,32}"),
    re.compile(r"[A-Za-z]{2,3}(-[\w-]{1,12})?"),
    re.compile(r"\w{1,64}"),
)


class BadFilter(ValueError):
    """A parameter that cannot be used: `field` is its name, the text says what it takes."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of comments beside their view; empty and None ask nothing. `least` and `most` are 0 to 1.

    `since` is included, `until` is not.
    """

    words: str = ""
    thread: str = ""
    thread_of: str = ""
    author: str = ""
    name: str = ""
    language: str = ""
    label: str = ""
    least: float | None = None
    most: float | None = None
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None


NO_FILTERS = Filters()


def read_filters(given: Mapping[str, str], now: datetime) -> Filters:
    """Filters from PARAMETERS; empty ones are not set. Raises BadFilter."""
    values = {name: given[name].strip() for name in PARAMETERS if given.get(name, "").strip()}
    for name, value in values.items():
        if "\x00" in value or len(value) > (_LONGEST if name == "thread" else 200):
            raise BadFilter(name, "This is too long, or no text.")
    least, most = _share(values, "least"), _share(values, "most")
    label = _matching(values, "label", lambda value: value in LABELS, f"Choose one of {', '.join(LABELS)}.")
    if label and least is None and most is None:
        raise BadFilter("least", "Say how high the score is: at least or at most so many per cent.")
    if not label and not (least is None and most is None):
        raise BadFilter("label", "Choose which score is meant.")
    return Filters(
        words=_matching(values, "q", _has_words, f"Give 1 to {MOST_WORDS} words of letters and digits."),
        thread=_url(values),
        thread_of=_matching(values, "thread_of", _PUBLIC_ID.fullmatch, "This is no comment's id."),
        author=_matching(values, "author", _PUBLIC_ID.fullmatch, "This is no comment's id."),
        name=values.get("name", ""),
        language=_matching(values, "language", _TAG.fullmatch, "Give a language tag, as en or pt-BR."),
        label=label,
        least=least,
        most=most,
        reason=_matching(values, "reason", _CODE.fullmatch, "Give a reason's code, as spam_score."),
        since=_since(values, now),
        until=None if (day := _day(values, "to")) is None else day + timedelta(days=1),
    )


def narrowings_of(session: Session, filters: Filters, site_ids: SiteIds) -> list[Narrowing]:
    """The filters that are set. Raises NoSuchComment where one names a comment that is not on these sites."""
    conditions = [
        *([_has_name(filters.name)] if filters.name else []),
        *([Comment.language == filters.language] if filters.language else []),
        *([_has_score(filters)] if filters.label else []),
        *([_has_reason(filters.reason)] if filters.reason else []),
        *([Comment.created_at >= filters.since] if filters.since else []),
        *([Comment.created_at < filters.until] if filters.until else []),
    ]
    found = [Narrowing(condition) for condition in conditions]
    if filters.words:
        found += with_words(session, filters.words)
    if filters.thread:
        at_url = select(Thread.id).where(of_sites(Thread.site_id, site_ids), Thread.url == filters.thread)
        found.append(_under(list(session.scalars(at_url))))
    if filters.thread_of:
        found.append(_under([_named(session, filters.thread_of, site_ids).thread_id]))
    if filters.author:
        found.append(_by_author_of(_named(session, filters.author, site_ids)))
    return found


def _named(session: Session, public_id: str, site_ids: SiteIds) -> Comment:
    found = session.scalar(select(Comment).where(Comment.public_id == public_id, of_sites(Comment.site_id, site_ids)))
    if found is None:
        raise NoSuchComment(f"no comment {public_id}")
    return found


def _under(thread_ids: list[int]) -> Narrowing:
    # `+ 0`: asked of comments at hand, the condition must not send SQLite to all comments of the thread.
    holds = (Comment.thread_id + 0).in_(thread_ids) if thread_ids else false()
    return Narrowing(holds, select(Comment.id).where(Comment.thread_id.in_(thread_ids)))


def _by_author_of(comment: Comment) -> Narrowing:
    """Without an address a comment's author is known from no other."""
    if comment.address_id is None:
        return Narrowing(Comment.id == comment.id, select(Comment.id).where(Comment.id == comment.id))
    return Narrowing(
        (Comment.address_id + 0) == comment.address_id,
        select(Comment.id).where(Comment.address_id == comment.address_id),
    )


def _has_name(part: str) -> ColumnElement[bool]:
    return func.lower(Comment.name).contains(part.lower(), autoescape=True)


def _has_score(filters: Filters) -> ColumnElement[bool]:
    """Of the latest score of the present text; one without a score is neither high nor low."""
    of_text = (Score.comment_id == Comment.id, Score.revision == Comment.revision)
    latest = select(Score.scores[filters.label].as_float()).where(*of_text)
    value = latest.order_by(Score.created_at.desc(), Score.id.desc()).limit(1).correlate(Comment).scalar_subquery()
    bounds = [value >= filters.least if filters.least is not None else None]
    bounds.append(value <= filters.most if filters.most is not None else None)
    return and_(*(bound for bound in bounds if bound is not None))


def _has_reason(code: str) -> ColumnElement[bool]:
    latest = (
        select(Decision.reason)
        .where(Decision.comment_id == Comment.id)
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )
    of_text = (Evidence.comment_id == Comment.id, Evidence.revision == Comment.revision)
    raised = select(Evidence.id).where(*of_text, Evidence.check_name == code, Evidence.weight != "pass")
    return or_(latest == code, raised.exists())


def _has_words(value: str) -> bool:
    return 1 <= len(words_in(value)) <= MOST_WORDS


def _matching(values: Mapping[str, str], field: str, is_right: Callable[[str], object], message: str) -> str:
    value = values.get(field, "")
    if value and not is_right(value):
        raise BadFilter(field, message)
    return value


def _url(values: Mapping[str, str]) -> str:
    if "thread" not in values:
        return ""
    try:
        return canonical_url(values["thread"])
    except InvalidURL as error:
        raise BadFilter("thread", str(error)) from None


def _share(values: Mapping[str, str], field: str) -> float | None:
    value = values.get(field)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > 100:
        raise BadFilter(field, "Give a whole number of per cent, 0 to 100.")
    return int(value) / 100


def _since(values: Mapping[str, str], now: datetime) -> datetime | None:
    first, days = _day(values, "from"), values.get("days")
    if days is None:
        return first
    if not re.fullmatch(r"[0-9]{1,4}", days) or not 1 <= int(days) <= 3650:
        raise BadFilter("days", "Give a whole number of days, 1 to 3650.")
    return max(filter(None, (first, now - timedelta(days=int(days)))))


def _day(values: Mapping[str, str], field: str) -> datetime | None:
    value = values.get(field)
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year < 9999:
        raise BadFilter(field, "Give a day as YYYY-MM-DD.")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
