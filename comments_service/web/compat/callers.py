"""Which program calls, by its API key, and whether it keeps to its quota. Where the key stands each surface knows."""

from comments_service.moderation.api_keys import Caller, find_caller
from comments_service.web.context import runtime
from comments_service.web.rate_limits import hold_to, per_minute


def caller_of(key: str) -> Caller | None:
    """Whose key this is; None for one that was never made or is revoked."""
    with runtime().reading() as session:
        return find_caller(session, key)


def hold_to_quota(caller: Caller) -> None:
    """Count one request of the caller, whichever surface it came to. Raises Problem 429 past its quota."""
    hold_to(per_minute(caller.per_minute), "api_key", str(caller.id))
