"""Moments in the words of a moderator: how long ago. The exact time stands beside it in the page's markup."""

from datetime import datetime

from comments_service.web.wording import gettext as _


def ago(moment: datetime, now: datetime) -> str:
    """`moment` as a short distance from `now`: "just now", "4 min ago", "3 h ago", "12 d ago"."""
    seconds = int((now - moment).total_seconds())
    if seconds >= 86_400:
        return _("%(number)s d ago", number=seconds // 86_400)
    if seconds >= 3_600:
        return _("%(number)s h ago", number=seconds // 3_600)
    if seconds >= 60:
        return _("%(number)s min ago", number=seconds // 60)
    return _("just now")
