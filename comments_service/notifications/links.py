"""Links that need no login: a follower's to confirm or stop, each good for one follow and one act, and an author's.

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
_STATUS = "status"
# A comment may be taken down long after it was sent, and from then on its author has six months to object.
_STATUS_GOOD_FOR = timedelta(days=800)


def act_url(means: Means, site_key: str, follow_id: str, act: Act) -> str:
    """Where a person confirms or stops the follow with this public id."""
    token = sign(means.keys.edit, f"follow-{act}", follow_id, means.clock().timestamp())
    return f"{means.settings.public_url}/sites/{site_key}/follows/{follow_id}/{act}?token={token}"


def token_is_good(keys: Keys, follow_id: str, act: Act, token: str, now: datetime) -> bool:
    """Whether `token` was made for this follow and act, and is not too old.

    Former secrets count as well: links of mails that were sent under them must go on working.
    """
    purpose, good_for = f"follow-{act}", _GOOD_FOR[act]
    return any(_is_good(one, purpose, follow_id, token, now, good_for) for one in (keys, *keys.old))


def _is_good(keys: Keys, purpose: str, subject: str, token: str, now: datetime, good_for: timedelta) -> bool:
    try:
        check(keys.edit, purpose, token, subject, now.timestamp(), 0.0, good_for.total_seconds())
    except TokenError:
        return False
    return True


def status_url(means: Means, site_key: str, comment_id: str, written: datetime) -> str:
    """The page that tells an author what happened to the comment with this public id, and takes an objection.

    Its token opens that page alone, and is as old as the comment: whoever asks twice gets the same address. The edit
    token, which can change the comment, stands in no address.
    """
    token = sign(means.keys.edit, _STATUS, comment_id, written.timestamp())
    return f"{means.settings.public_url}/sites/{site_key}/comments/{comment_id}/status?token={token}"


def opens_status(keys: Keys, comment_id: str, token: str, now: datetime) -> bool:
    """Whether `token` opens the status page of this comment; those made under former secrets do as well."""
    return any(_is_good(one, _STATUS, comment_id, token, now, _STATUS_GOOD_FOR) for one in (keys, *keys.old))


def comment_url(means: Means, site_key: str, page_url: str, comment_id: str) -> str:
    """The comment with this public id on the service's own page of the thread, however far from its beginning."""
    query = urlencode({"url": page_url, "focus": comment_id})
    return f"{means.settings.public_url}/sites/{site_key}/thread?{query}#comment-{comment_id}"
