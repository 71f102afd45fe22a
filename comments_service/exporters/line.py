"""How values are written in every JSON export: moments as UTC to the microsecond, nothing for what is empty."""

from datetime import UTC, datetime
from typing import Any


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with all six digits: `2026-11-23T14:20:00.000000Z`. Always the same text for one moment."""
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def without_empty(line: dict[str, Any]) -> dict[str, Any]:
    """`line` without fields that are absent, "", 0, false or empty; a reader takes those for what is not there."""
    return {name: value for name, value in line.items() if value or name == "kind"}
