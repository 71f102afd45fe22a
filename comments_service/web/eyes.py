"""Whose eyes a request of the desk or its API sees with."""

from comments_service.moderation.opinions import Eyes
from comments_service.web.access import identity


def eyes() -> Eyes:
    """The moderator behind this request; a trainee learns, and so sees no colleague's opinion before giving one."""
    person = identity()
    return Eyes(person.moderator_id, learning=person.may("trainee") and not person.may("moderator"))
