"""What an import did or would do: counts, and a remark for every row that was left out or changed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

_MOST_REMARKS = 1000  # kept in memory and in the JSON report; the counts go on


@dataclass(frozen=True)
class Remark:
    """One row's fate. `left_out`: nothing of it is stored. `changed`: stored without the part that `reason` names."""

    line: int
    id: str
    fate: Literal["left_out", "changed"]
    reason: str


@dataclass
class Report:
    """Figures of one run. `known` rows were there before and stay as they are."""

    threads_new: int = 0
    threads_known: int = 0
    comments_new: int = 0
    comments_known: int = 0
    to_check: int = 0  # new comments that a worker will judge
    left_out: int = 0
    changed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, remark: Remark) -> None:
        """Count a remark, and keep it while there are not too many."""
        if remark.fate == "left_out":
            self.left_out += 1
        else:
            self.changed += 1
        self.reasons[remark.reason] += 1
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(remark)

    def as_json(self) -> dict[str, Any]:
        """The report for `--json`; at most 1000 remarks, in the order of the file."""
        return {
            "threads": {"new": self.threads_new, "known": self.threads_known},
            "comments": {"new": self.comments_new, "known": self.comments_known, "to_check": self.to_check},
            "left_out": self.left_out,
            "changed": self.changed,
            "reasons": dict(self.reasons.most_common()),
            "remarks": [vars(remark) for remark in self.remarks],
        }
