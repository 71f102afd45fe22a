"""Moments in the words of a moderator: how long ago. The exact time stands beside it in the page's markup."""

from datetime import datetime

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def ago(moment: datetime, now: datetime) -> str:
    """`moment` as a short distance from `now`: "just now", "4 min ago", "3 h ago", "12 d ago"."""
    seconds = (now - moment).total_seconds()
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{int(seconds // length)} {unit} ago"
    return "just now"
