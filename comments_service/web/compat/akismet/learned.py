"""Corrections: what a blog's people call spam or ham becomes an example of the key's site."""

from comments_service.moderation.api_keys import Caller
from comments_service.moderation.api_usage import FALSE_POSITIVES, MISSED_SPAM, count
from comments_service.training_data.labels import labels_of
from comments_service.training_data.suggestions import MOST_A_DAY, TooManySuggestions, suggest
from comments_service.web.compat.akismet.asked import Asked
from comments_service.web.context import runtime
from comments_service.web.problems import Problem


def learn(asked: Asked, caller: Caller, *, spam: bool) -> None:
    """Store a correction and count it, unless it is a test or has no text. Raises Problem 429 beyond a day's most."""
    if asked.test or not asked.text.text:
        return
    here, one = runtime(), asked.text
    now = here.clock()
    try:
        with here.transaction() as session:
            suggest(
                session,
                caller.id,
                caller.site_id,
                one.text,
                # The same as a moderator's decision says; "not spam" lets a comment through, as approving does.
                labels_of("spam" if spam else "approve", ""),
                title=one.title,
                website=one.website,
                author=one.name,
                now=now,
            )
            count(session, caller.id, asked.blog, MISSED_SPAM if spam else FALSE_POSITIVES, now)
    except TooManySuggestions:
        why = f"{MOST_A_DAY} corrections a day are learned of one key; this one is not."
        raise Problem(429, "too_many", why, retry_after=3600) from None
