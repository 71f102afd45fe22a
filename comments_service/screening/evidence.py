"""The words that checks speak: a finding about a comment, a wrong field, a refusal. Deciding is `outcome`'s work."""

from collections.abc import Iterable
from dataclasses import dataclass

PASS, HOLD, SPAM, REJECT, FAILED = "pass", "hold", "spam", "reject", "failed"
WEIGHTS = (PASS, HOLD, SPAM, REJECT, FAILED)


@dataclass(frozen=True)
class Finding:
    """What one check found. `detail` is a sentence for moderators and holds no address.

    `weight`: pass, hold (a person should look), spam, reject, or failed (the check could not run). `rule_id` is the
    site's rule that was met, if it was one.
    """

    check: str
    weight: str
    detail: str = ""
    rule_id: int | None = None


@dataclass(frozen=True)
class FieldError:
    """One wrong field of a form; `field` is empty when the whole form is meant."""

    field: str
    code: str
    message: str


class Refused(Exception):
    """A submission that is not stored, with what its author should do about it.

    `kind` is fields, duplicate, closed, flood or not_found; `retry_after` is in seconds.
    """

    def __init__(
        self, kind: str, message: str, errors: Iterable[FieldError] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.kind, self.message, self.errors, self.retry_after = kind, message, tuple(errors), retry_after
