"""Figures: everybody of the desk sees how it goes; the numbers of single people are the page's own matter."""

from tests.comments_service.moderation.access_rows.row import ABSENT, Row

ROWS = {"moderation_desk.figures": Row("GET", "/moderation/figures?site=demo", "viewer", ABSENT)}
