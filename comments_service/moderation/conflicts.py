"""Tells a moderator kindly what happened to a comment in the meantime. English for now, like the desk itself."""

from comments_service.moderation.bulk import CONFLICT, MISSING, Result

_PAST = {
    "approve": "approved",
    "hold": "held",
    "reject": "rejected",
    "spam": "called spam",
    "delete": "deleted",
    "undo": "put back",
    "edit": "changed",
    "publish": "published",
    "restore": "brought back",
    "erase": "erased",
}

_ALONE = {
    "elsewhere": "This colleague does not look after the comment's site.",
    "edited": "The author has changed this comment since you opened the page. Load the page again and read it anew.",
}


def explain(result: Result) -> str:
    """A sentence for a result that was not carried out; empty for one that was."""
    if result.result == MISSING:
        return "This comment is not there any more."
    if result.result != CONFLICT:
        return ""
    if result.why in _ALONE:
        return _ALONE[result.why]
    if result.last is None:
        return f"Nothing has been decided about this comment that could be taken back: it is {result.status}."
    did = _PAST.get(result.last.action, result.last.action)
    if result.last.actor == "author":
        return f"The author was quicker: {did} by the author. It is {result.status} now."
    who = result.last.by or f"the {result.last.actor}"
    return f"Somebody decided this already: {did} by {who}. It is {result.status} now."
