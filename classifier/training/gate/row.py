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


def at_least(metric: str, what: str, old: float, new: float, bound: float, n: int) -> Row:
    """A row that fails where `new` is below `bound`."""
    old, new, bound = _short(old), _short(new), _short(bound)
    if new >= bound:
        return Row(metric, old, new, bound, n, PASS, f"{what} is {new}, was {old}; {bound} or more is asked for.")
    return Row(metric, old, new, bound, n, FAIL, f"{what} is {new}, was {old}; that is below {bound}.")


def at_most(metric: str, what: str, old: float, new: float, bound: float, n: int) -> Row:
    """A row that fails where `new` is above `bound`."""
    old, new, bound = _short(old), _short(new), _short(bound)
    if new <= bound:
        return Row(metric, old, new, bound, n, PASS, f"{what} is {new}, was {old}; {bound} or less is asked for.")
    return Row(metric, old, new, bound, n, FAIL, f"{what} is {new}, was {old}; that is above {bound}.")


def too_few(metric: str, what: str, n: int, needed: int, of: str) -> Row:
    """A row that says nothing yet, and how much evidence would make it speak."""
    return Row(metric, None, None, None, n, TOO_FEW, f"{what} cannot be judged by {n} {of}; {needed} are needed.")


def passed(rows: list[Row]) -> bool:
    """Whether nothing stops the candidate. Rows with too little evidence stop nothing: the others stand."""
    return all(row.verdict != FAIL for row in rows)


def _short(figure: float) -> float:
    return round(float(figure), 4)
