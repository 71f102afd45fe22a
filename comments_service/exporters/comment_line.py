"""One comment as a line of the export. What hangs below it (decisions, scores, …) is fetched by comment_parts.py."""

from typing import Any

from comments_service.exporters.comment_parts import Parts
from comments_service.exporters.line import moment
from comments_service.storage.tables import Comment


def comment_line(
    comment: Comment, thread_url: str, parent: str | None, in_reply_to: str | None, parts: Parts
) -> dict[str, Any]:
    """The fields of one comment, without its author's address. `parent` and `in_reply_to` are public ids.

    A deleted comment keeps its place, its dates and the log of who removed it, and nothing of what it said.
    """
    line: dict[str, Any] = {
        "kind": "comment",
        "id": comment.public_id,
        "thread": thread_url,
        "parent": parent,
        "in_reply_to": in_reply_to if in_reply_to != parent else None,
        "status": comment.status,
        "created_at": moment(comment.created_at),
        "edited_at": moment(comment.edited_at),
        "decided_at": moment(comment.decided_at),
        "revision": comment.revision,
        "avatar": comment.avatar,
        "up": comment.up,
        "down": comment.down,
    }
    if comment.status != "deleted":
        line |= _said(comment, parts)
    return line | {"decisions": parts.decisions}


def _said(comment: Comment, parts: Parts) -> dict[str, Any]:
    current = [revision for revision in parts.revisions if revision["revision"] == comment.revision]
    return {
        "name": comment.name,
        "website": comment.website,
        "badge": comment.badge,
        "language": comment.language,
        "source": comment.source,
        "written_by": current[0]["written_by"] if current else "author",
        "report_count": comment.reports,
        "earlier": [revision for revision in parts.revisions if revision["revision"] < comment.revision],
        "evidence": parts.evidence,
        "scores": parts.scores,
        "reports": parts.reports,
    }
