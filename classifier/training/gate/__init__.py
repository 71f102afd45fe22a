"""Whether a candidate may take the place of the model in use: a table of figures, each with a bound and a verdict.

Here: which rows there are. Not here: the decision to promote (the service's), fitting (`correct`).
"""

from __future__ import annotations

from classifier.training.gate.agreement import agreement_row
from classifier.training.gate.clear_cases import clear_case_rows
from classifier.training.gate.held_out import HoldOut, held_out_rows, hold_out
from classifier.training.gate.row import FAIL, PASS, TOO_FEW, Row, passed
from classifier.training.gate.standing import Contestants, standing_rows

__all__ = [
    "FAIL",
    "PASS",
    "TOO_FEW",
    "Contestants",
    "HoldOut",
    "Row",
    "agreement_row",
    "clear_case_rows",
    "held_out_rows",
    "hold_out",
    "passed",
    "standing_rows",
]
