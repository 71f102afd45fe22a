"""What an import file can hold, whatever its format: threads, comments and what hangs below them, checked for shape.

Names, lengths and types are checked here; what needs the database or the site (known ids, parents) is not.
"""

from collections.abc import Hashable, Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Status = Literal["pending", "approved", "rejected", "spam", "deleted"]
DELETED = "deleted"


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character, which databases refuse; remove it")
    return text


def _printable(key: str) -> str:
    if not key.isascii() or not all(c.isalnum() or c in "-_" for c in key):
        raise ValueError("use letters a-z, digits, hyphen and underscore only")
    return key


# After the length in every annotation: only then the length is told in characters.
_NO_NUL = AfterValidator(_storable)

Text = Annotated[str, _NO_NUL]
Line = Annotated[str, Field(max_length=300), _NO_NUL]
Code = Annotated[str, Field(max_length=16), _NO_NUL]
PublicId = Annotated[str, Field(min_length=1, max_length=32), AfterValidator(_printable)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
RevisionNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
Share = Annotated[float, Field(ge=0, le=1)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Plain = Text | bool | int | Finite | None


class Row(BaseModel):
    """Base of all rows: exact types, and no field that is not known, since it would be lost without a word."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ThreadRow(Row):
    kind: Literal["thread"] = "thread"
    url: Annotated[str, Field(max_length=2000), _NO_NUL]
    title: Line = ""
    closed: bool = False
    created_at: AwareDatetime


class RevisionRow(Row):
    """What a comment said before it was changed."""

    revision: RevisionNumber
    name: Line = ""
    website: Annotated[str, Field(max_length=2000), _NO_NUL] = ""
    source: Annotated[str, Field(max_length=10_000), _NO_NUL]
    written_by: Code = "author"
    created_at: AwareDatetime


class EvidenceRow(Row):
    revision: RevisionNumber
    check: Annotated[str, Field(min_length=1, max_length=32), _NO_NUL]
    weight: Literal["pass", "hold", "spam", "reject", "failed"]
    detail: Text = ""
    created_at: AwareDatetime


class ScoreRow(Row):
    revision: RevisionNumber
    model: Annotated[str, Field(min_length=1, max_length=64), _NO_NUL]
    scores: dict[Text, Share]
    language: Code = ""
    reasons: list[dict[Text, Plain]] = []
    created_at: AwareDatetime


class ReportRow(Row):
    reason: Annotated[str, Field(min_length=1, max_length=32), _NO_NUL]
    note: Text = ""
    created_at: AwareDatetime
    settled_at: AwareDatetime | None = None


class DecisionRow(Row):
    """One step of the log. `undo_of` is the place (from 0) of the undone decision in the same comment's list."""

    actor: Literal["machine", "moderator", "author", "system"]
    action: Annotated[str, Field(min_length=1, max_length=16), _NO_NUL]
    from_status: Status = Field(alias="from")
    to_status: Status = Field(alias="to")
    revision: RevisionNumber
    created_at: AwareDatetime
    moderator: Annotated[str, Field(max_length=64), _NO_NUL] = ""
    reason: Annotated[str, Field(max_length=64), _NO_NUL] = ""
    note: Text = ""
    model: Annotated[str, Field(max_length=64), _NO_NUL] | None = None
    scores: dict[Text, Share] | None = None
    stream: Code | None = None
    shown_probability: Share | None = None
    undo_of: Count | None = None


class CommentRow(Row):
    """One comment. `parent` is its place in the tree, `in_reply_to` whom it answers where that is somebody else."""

    kind: Literal["comment"] = "comment"
    id: PublicId
    thread: Annotated[str, Field(max_length=2000), _NO_NUL]
    parent: PublicId | None = None
    in_reply_to: PublicId | None = None
    status: Status
    created_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    decided_at: AwareDatetime | None = None
    revision: RevisionNumber = 1
    avatar: Code = ""
    up: Count = 0
    down: Count = 0
    name: Annotated[str, Field(max_length=200), _NO_NUL] = ""
    website: Annotated[str, Field(max_length=2000), _NO_NUL] = ""
    badge: Annotated[str, Field(max_length=32), _NO_NUL] = ""
    language: Code = ""
    source: Annotated[str, Field(max_length=10_000), _NO_NUL] = ""
    written_by: Code = "author"
    report_count: Count = 0
    email: Annotated[str, Field(max_length=254), _NO_NUL] = ""
    email_verified_at: AwareDatetime | None = None
    notify: bool = False
    earlier: list[RevisionRow] = []
    evidence: list[EvidenceRow] = []
    scores: list[ScoreRow] = []
    reports: list[ReportRow] = []
    decisions: list[DecisionRow] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "CommentRow":
        if self.status != DELETED and not self.source.strip():
            raise ValueError("source: a comment that is not deleted needs its text")
        _once("earlier", (row.revision for row in self.earlier))
        _once("evidence", ((row.revision, row.check) for row in self.evidence))
        _once("scores", ((row.revision, row.model) for row in self.scores))
        _once("decisions of the machine", (row.revision for row in self.decisions if row.actor == "machine"))
        _once("undo_of", (row.undo_of for row in self.decisions if row.undo_of is not None))
        if any(row.revision >= self.revision for row in self.earlier):
            raise ValueError("earlier: holds a revision that is not earlier than the comment's own")
        for place, row in enumerate(self.decisions):
            if row.undo_of is not None and row.undo_of >= place:
                raise ValueError(f"decisions.{place}.undo_of: only a decision further up can be undone")
        return self


def _once(what: str, keys: Iterable[Hashable]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{what}: {key} stands there twice")
        seen.add(key)
