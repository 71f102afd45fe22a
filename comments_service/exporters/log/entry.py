"""One entry of the log, whatever it is about."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Who did what to what, and when. What does not apply is "" (False for `alone`).

    `kind` is the source's name and `id` the row's number in it, so that an entry is named by both for ever. `by` is
    machine, moderator, author, reader or system, `name` the moderator's. `comment` is a public id, `reference` what
    a notice or an appeal is called. `undoes` is the id of the entry of the same kind that this one takes back. `note`
    holds free words without addresses.
    """

    at: datetime
    site: str
    kind: str
    id: int
    action: str
    by: str
    name: str = ""
    comment: str = ""
    reference: str = ""
    was: str = ""
    became: str = ""
    reason: str = ""
    model: str = ""
    undoes: str = ""
    alone: bool = False
    note: str = ""
