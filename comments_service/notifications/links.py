"""Links that let a follower act without a login: confirm, stop. Each is good for one follow and one act.

A token is signed and holds nothing about a person. Following a link changes nothing: mail scanners open them all; the
page behind it asks for a click.
"""

from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from comments_service.notifications.means import Means
from comments_service.privacy.keys import Keys
from comments_service.privacy.tokens import TokenError, check, sign

Act = Literal["confirm", "stop"]

CONFIRM_WITHIN = timedelta(days=7)
# A follow ends after a year; whoever keeps an old mail must still be able to say "no more" until then.
_GOOD_FOR: dict[Act, timedelta] = {"confirm": CONFIRM_WITHIN, "stop": timedelta(days=800)}


def act_url(means: Means, site_key: str, follow_id: str, act: Act) -> str:
    """Where a person confirms or stops the follow with this public id."""
    token = sign(means.keys.edit, f"follow-{act}", follow_id, means.clock().timestamp())
    return f"{means.settings.public_url}/sites/{site_key}/follows/{follow_id}/{act}?token={token}"


def token_is_good(keys: Keys, follow_id: str, act: Act, token: str, now: datetime) -> bool:
    """Whether `token` was made for this follow and act, and is not too old.

    Former secrets count as well: links of mails that were sent under them must go on working.
    """
    return any(_was_signed(one, follow_id, act, token, now) for one in (keys, *keys.old))


def _was_signed(keys: Keys, follow_id: str, act: Act, token: str, now: datetime) -> bool:
    try:
        check(keys.edit, f"follow-{act}", token, follow_id, now.timestamp(), 0.0, _GOOD_FOR[act].total_seconds())
    except TokenError:
        return False
    return True


def comment_url(means: Means, site_key: str, page_url: str, comment_id: str) -> str:
    """The comment with this public id on the service's own page of the thread, however far from its beginning."""
    query = urlencode({"url": page_url, "focus": comment_id})
    return f"{means.settings.public_url}/sites/{site_key}/thread?{query}#comment-{comment_id}"
