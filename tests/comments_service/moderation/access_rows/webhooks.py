"""Webhooks: owners alone, since what a site's comments say leaves the house by them."""

from comments_service.notifications.webhooks.hooks import add_webhook, ping
from tests.comments_service.moderation.access_rows.row import ABSENT, ALLOWED, Row
from tests.comments_service.moderation.stage import Stage


def _made(stage: Stage, _comment: str) -> dict[str, str]:
    site, now = stage.site_ids["demo"], stage.runtime.clock()
    events = ["comment.approved"]
    url = "https://receiver.example/"
    webhook, _secret = stage.write(add_webhook, stage.runtime.vault, site, url=url, events=events, now=now)
    return {"webhook": webhook, "delivery": stage.write(ping, webhook, [site], now)}


ROWS = {
    "moderation_desk.webhooks": Row("GET", "/moderation/webhooks", "owner", ALLOWED),
    "moderation_desk.add_webhook": Row(
        "POST",
        "/moderation/webhooks",
        "owner",
        ALLOWED,
        fields=(("url", "https://receiver.example/"), ("events", "comment.approved")),
    ),
    "moderation_desk.webhook": Row("GET", "/moderation/webhooks/{webhook}", "owner", ABSENT, makes=_made),
    "moderation_desk.change_webhook": Row(
        "POST", "/moderation/webhooks/{webhook}", "owner", ABSENT, fields=(("act", "ping"),), makes=_made
    ),
    "moderation_desk.replay_delivery": Row(
        "POST",
        "/moderation/webhooks/{webhook}/replays",
        "owner",
        ABSENT,
        fields=(("delivery", "{delivery}"),),
        makes=_made,
    ),
}
