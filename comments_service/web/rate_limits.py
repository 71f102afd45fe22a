"""Limits on what leaves no row to count: votes, reports, notices, follows, edits, previews, trusted clients' posts.

Floods of comments are `screening`'s. Kept in Redis where the installation has one, so that all processes count
together; else in the process.
"""

from functools import lru_cache

from flask import current_app
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from comments_service.settings import Settings
from comments_service.web.problems import Problem

LIMITER = "comments_limiter"
VOTES = parse("60/minute")
REPORTS = parse("20/hour")
NOTICES = parse("10/hour")
FOLLOWS = parse("20/hour")
FOLLOW_PAGES = parse("120/minute")  # a newsroom behind one address, and the scanners of its mail
STATUS_PAGES = parse("120/minute")
APPEALS = parse("10/hour")
EDITS = parse("30/minute")
PREVIEWS = parse("60/minute")  # a page asks while somebody types


def make_limiter(settings: Settings) -> SlidingWindowCounterRateLimiter:
    """The limiter of one process."""
    in_redis = settings.broker_url.startswith(("redis://", "rediss://"))
    if not in_redis:
        return SlidingWindowCounterRateLimiter(storage_from_string("memory://"))
    # A frozen Redis must cost a request half a second and not its life.
    waits = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return SlidingWindowCounterRateLimiter(storage_from_string(settings.broker_url, **waits))


def hold_to(limit: RateLimitItem, *who: str) -> None:
    """Count one request of `who`; raises Problem 429 past the limit."""
    limiter: SlidingWindowCounterRateLimiter = current_app.extensions[LIMITER]
    try:
        within = limiter.hit(limit, *who)
    except Exception as error:  # a limiter that is down must not stop readers
        current_app.logger.warning("rate_limits_unavailable %s", type(error).__name__)
        return
    if not within:
        raise Problem(429, "too_many", "That was too much in a short time. Please wait a little.", retry_after=60)


@lru_cache(maxsize=64)  # parsing is a regular expression, and every POST asks
def per_minute(count: int) -> RateLimitItem:
    """A limit of `count` a minute."""
    return parse(f"{count}/minute")
