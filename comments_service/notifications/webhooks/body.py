"""What a delivery says, put together when it is sent: public fields, addresses hidden, nothing of what is deleted."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.notifications.links import comment_url
from comments_service.notifications.means import Means
from comments_service.privacy.hide import hide_addresses
from comments_service.storage.tables import Comment, Decision, Site, Thread, Webhook, WebhookDelivery


def delivery_body(session: Session, means: Means, delivery: WebhookDelivery, webhook: Webhook) -> bytes:
    """The JSON document of a delivery, in UTF-8."""
    site = session.scalar(select(Site.key).where(Site.id == webhook.site_id))
    data: dict[str, Any] = {"site": site}
    if delivery.comment_id is not None:
        data["comment"] = _comment(session, means, str(site), delivery.comment_id)
    if delivery.decision_id is not None:
        data["decision"] = _decision(session, delivery.decision_id)
    content = {"type": delivery.event, "timestamp": delivery.created_at.isoformat(), "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _comment(session: Session, means: Means, site: str, comment_id: int) -> dict[str, Any]:
    comment, thread = session.execute(
        select(Comment, Thread).join(Thread, Thread.id == Comment.thread_id).where(Comment.id == comment_id)
    ).one()
    found: dict[str, Any] = {
        "id": comment.public_id,
        "status": comment.status,
        "page": thread.url,
        "link": comment_url(means, site, thread.url, comment.public_id),
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "reports": comment.reports,
    }
    if comment.status == "deleted":
        return found
    words = {"title": thread.title, "name": comment.name, "website": comment.website, "text": comment.source}
    hidden = {name: hide_addresses(text) for name, text in words.items()}
    return {**found, **hidden, "html": comment.html, "language": comment.language}


def _decision(session: Session, decision_id: int) -> dict[str, Any]:
    """Who decided is told by kind alone: a colleague's name is the desk's."""
    decision = session.get_one(Decision, decision_id)
    return {
        "id": decision.id,
        "action": decision.action,
        "by": decision.actor,
        "reason": decision.reason,
        "from": decision.from_status,
        "to": decision.to_status,
        "created_at": decision.created_at.isoformat(),
    }
