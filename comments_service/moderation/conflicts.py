"""Tells a moderator kindly what happened to a comment in the meantime."""

from comments_service.content.desk_texts import Words, marked
from comments_service.content.translations import ENGLISH
from comments_service.moderation.chosen import CONFLICT, MISSING, Result

_ENGLISH = Words(ENGLISH)
_STATUSES = {
    "pending": marked("waiting"),
    "approved": marked("approved"),
    "rejected": marked("rejected"),
    "spam": marked("in the spam folder"),
    "deleted": marked("deleted"),
}
_DONE = {
    "approve": marked("approved by %(who)s"),
    "hold": marked("held by %(who)s"),
    "reject": marked("rejected by %(who)s"),
    "spam": marked("called spam by %(who)s"),
    "delete": marked("deleted by %(who)s"),
    "undo": marked("put back by %(who)s"),
    "edit": marked("changed by %(who)s"),
    "publish": marked("published by %(who)s"),
    "restore": marked("brought back by %(who)s"),
    "erase": marked("erased by %(who)s"),
}
_ACTORS = {"machine": marked("the machine"), "author": marked("the author"), "system": marked("the service")}

_ALONE = {
    "elsewhere": marked("This colleague does not look after the comment's site."),
    "edited": marked(
        "The author has changed this comment since you opened the page. Load the page again and read it anew."
    ),
}


def explain(result: Result, words: Words = _ENGLISH) -> str:
    """A sentence, in the language of `words`, for a result that was not carried out; empty for one that was."""
    gettext = words.gettext
    if result.result == MISSING:
        return gettext("This comment is not there any more.")
    if result.result != CONFLICT:
        return ""
    if result.why in _ALONE:
        return gettext(_ALONE[result.why])
    status = gettext(_STATUSES[result.status])
    if result.last is None:
        return gettext(
            "Nothing has been decided about this comment that could be taken back: it is %(status)s.", status=status
        )
    who = result.last.by or gettext(_ACTORS.get(result.last.actor, result.last.actor))
    what = gettext(_DONE[result.last.action], who=who)
    if result.last.actor == "author":
        return gettext("The author was quicker: %(what)s. It is %(status)s now.", what=what, status=status)
    return gettext("Somebody decided this already: %(what)s. It is %(status)s now.", what=what, status=status)
