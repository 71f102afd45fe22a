"""The review desk: server-rendered pages over plain forms, which a small script of our own makes quicker."""

# Importing a module of views attaches them to the blueprint.
from comments_service.web.moderation_desk import (
    activity_page,
    appeals_page,
    assets,
    assigning_forms,
    author_page,
    by_mail_page,
    claim_forms,
    comment_page,
    decision_forms,
    figures_page,
    history_page,
    log_page,
    mail_log_page,
    mail_page,
    note_forms,
    opinion_forms,
    queue_page,
    saved_view_forms,
    transparency_page,
    wave_pages,
    webhooks_page,
)
from comments_service.web.moderation_desk.blueprint import blueprint
from comments_service.web.moderation_desk.mail_page import stopping

__all__ = [
    "activity_page",
    "appeals_page",
    "assets",
    "assigning_forms",
    "author_page",
    "blueprint",
    "by_mail_page",
    "claim_forms",
    "comment_page",
    "decision_forms",
    "figures_page",
    "history_page",
    "log_page",
    "mail_log_page",
    "mail_page",
    "note_forms",
    "opinion_forms",
    "queue_page",
    "saved_view_forms",
    "stopping",
    "transparency_page",
    "wave_pages",
    "webhooks_page",
]
