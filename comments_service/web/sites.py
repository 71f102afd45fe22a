"""The site a request is for: found by its key, with the settings in force. An unknown one is a 404."""

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy.orm import Session

from comments_service.moderation.sites import SiteError, find_site, server_key_digest, site_settings
from comments_service.settings import SiteSettings
from comments_service.storage.tables import Site
from comments_service.web.context import runtime
from comments_service.web.problems import Problem
from comments_service.web.quick_look import QuickLook

_KEY = re.compile(r"[a-z0-9-]{1,64}")
_VERSION = "SELECT version FROM sites WHERE key = ?"
KEPT_SITES = "comments_kept_sites"
# Ours have 24 hexadecimal digits; comments that were imported keep the ids they had (`importers.rows`).
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class SiteInUse:
    """A site's row (detached) and its settings."""

    row: Site
    settings: SiteSettings

    @property
    def window(self) -> timedelta:
        """How long an author may edit."""
        return timedelta(seconds=self.settings.edit_window_s)


def site_in_use(session: Session, key: str) -> SiteInUse:
    """The site with `key`. Raises Problem 404."""
    try:
        if not _KEY.fullmatch(key):
            raise SiteError(key)
        row = find_site(session, key)
    except SiteError:
        raise Problem(404, "no_such_site", "There is no such site here. Check the site key in the page.") from None
    return SiteInUse(row, site_settings(row, runtime().settings.site_defaults))


class KeptSites:
    """Sites as they were last read, each checked by its version whenever it is asked for."""

    MOST = 1000

    def __init__(self, look: QuickLook) -> None:
        self._look = look
        self._sites: dict[str, SiteInUse] = {}

    def get(self, key: str) -> SiteInUse:
        """The site with `key`, as it is now. Raises Problem 404."""
        found = self._look.row(_VERSION, key) if _KEY.fullmatch(key) else None
        kept = self._sites.get(key)
        if kept is None or found is None or kept.row.version != found[0]:
            with runtime().reading() as session:
                kept = site_in_use(session, key)
            if len(self._sites) >= self.MOST:
                self._sites.clear()
            self._sites[key] = kept
        return kept


def kept_site(key: str) -> SiteInUse:
    """`site_in_use` for whoever reads nothing else in the same transaction."""
    sites: KeptSites = current_app.extensions[KEPT_SITES]
    return sites.get(key)


def is_public_id(text: str) -> bool:
    """Whether `text` has the shape of a comment's public id; nothing else ever reaches the database."""
    return _PUBLIC_ID.fullmatch(text) is not None


def has_server_key(site: Site, bearer: str) -> bool:
    """Whether `bearer` is the site's server key."""
    return site.server_key_digest is not None and hmac.compare_digest(site.server_key_digest, server_key_digest(bearer))
