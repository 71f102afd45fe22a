"""One row of the gate's table: a figure before and after, how far it may go, and what that means in words.

Here: the row and its verdict. Not here: any figure.
"""

from __future__ import annotations

from dataclasses import dataclass

PASS, FAIL, TOO_FEW = "pass", "fail", "too few"


@dataclass(frozen=True, slots=True)
class Row:
    """`old` is what is in use, `new` the candidate. `n` counts what the figure rests on; None: it could not be had."""

    metric: str
    old: float | None
    new: float | None
    bound: float | None
    n: int
    verdict: str
    sentence: str

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def at_least(metric: str, what: str, old: float | None, new: float, bound: float, n: int) -> Row:
    """A row that fails where `new` is below `bound`."""
    return _judged(new >= bound, metric, what, old, new, f"{_short(bound)} or more", bound, n)


def at_most(metric: str, what: str, old: float | None, new: float, bound: float, n: int) -> Row:
    """A row that fails where `new` is above `bound`."""
    return _judged(new <= bound, metric, what, old, new, f"{_short(bound)} or less", bound, n)


def too_few(metric: str, what: str, n: int, needed: int, of: str) -> Row:
    """A row that says nothing yet, and how much evidence would make it speak."""
    return Row(metric, None, None, None, n, TOO_FEW, f"{what} cannot be judged by {n} {of}; {needed} are needed.")


def passed(rows: list[Row]) -> bool:
    """Whether nothing stops the candidate. Rows with too little evidence stop nothing: the others stand."""
    return all(row.verdict != FAIL for row in rows)


def _judged(
    holds: bool, metric: str, what: str, old: float | None, new: float, asked: str, bound: float, n: int
) -> Row:
    before = None if old is None else _short(old)
    told = f"{what} is {_short(new)}" + ("" if before is None else f", was {before}")
    sentence = f"{told}; {asked} is asked for." if holds else f"{told}; {asked} would pass."
    return Row(metric, before, _short(new), _short(bound), n, PASS if holds else FAIL, sentence)


def _short(figure: float) -> float:
    return round(float(figure), 4)
