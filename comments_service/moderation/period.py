"""A span of days as people name it: from a day, up to and including another, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


class InvalidDay(ValueError):
    """A day that cannot be read. The message says which, and how days are written."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text[:40]!r} is not a day; write it as 2026-11-30")
        self.name = name


@dataclass(frozen=True, slots=True)
class Period:
    """Moments from `begin` on and before `end`; None where that side is open."""

    begin: datetime | None = None
    end: datetime | None = None


def read_period(since: str, until: str, *, names: tuple[str, str] = ("since", "until")) -> Period:
    """The days from `since` to `until`, both included; an empty text leaves its side open. Raises InvalidDay."""
    begin, last = _read(names[0], since), _read(names[1], until)
    if begin is not None and last is not None and last < begin:
        raise InvalidDay(names[1], until)
    return Period(_midnight(begin), _midnight(last + timedelta(days=1)) if last is not None else None)


def _read(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InvalidDay(name, text) from None
    # Moments are kept as microseconds since 1970, and a day is added: neither end of the calendar is of use here.
    if not 1970 <= found.year <= 9000:
        raise InvalidDay(name, text)
    return found


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, UTC) if day is not None else None
