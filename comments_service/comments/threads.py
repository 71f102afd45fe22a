"""Threads: found by canonical URL, made by the first comment, open until a moderator or the calendar closes them."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from comments_service.settings import SiteSettings
from comments_service.storage.tables import Site, Thread
from comments_service.storage.upsert import insert_new

_FIND = select(Thread).where(Thread.site_id == bindparam("site"), Thread.url == bindparam("url"))


def find_thread(session: Session, site_id: int, url: str) -> Thread | None:
    """The thread of a canonical URL, None while nobody wrote there."""
    return session.scalar(_FIND, {"site": site_id, "url": url})


def found_or_made(session: Session, site_id: int, url: str, title: str, now: datetime) -> Thread:
    """The thread of a canonical URL, made if it is new. The first title stays: a later one is a stranger's word."""
    thread = find_thread(session, site_id, url)
    if thread is None:
        values = {
            "site_id": site_id,
            "url": url,
            "title": title,
            "open": True,
            "version": 1,
            "count": 0,
            "created_at": now,
        }
        insert_new(session, Thread, values, ["site_id", "url"])
        thread = find_thread(session, site_id, url)
        assert thread is not None, "it was inserted by us or by somebody else just now"
    return thread


def closes_at(thread: Thread, settings: SiteSettings) -> datetime | None:
    """When the calendar closes the thread; None = never."""
    return thread.created_at + timedelta(days=settings.close_after_days) if settings.close_after_days else None


def is_open(thread: Thread | None, settings: SiteSettings, now: datetime) -> bool:
    """Whether new comments are taken. A thread that does not exist yet is open."""
    if thread is None:
        return True
    closing = closes_at(thread, settings)
    return thread.open and (closing is None or now < closing)


def belongs_to(site: Site, url: str, own_origin: str) -> bool:
    """Whether a page's host is one of the site's, or this service's own (its demo and no-script pages)."""
    hosts = {urlsplit(origin).netloc.lower() for origin in [*site.origins, own_origin]}
    return urlsplit(url).netloc.lower() in hosts
