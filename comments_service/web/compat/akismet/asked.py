"""A comment as a caller describes it: which fields mean what, and what is left unread.

Unread are user_agent, referrer, permalink, comment_type, dates, blog_lang, recheck_reason and the visitor's headers:
a comment is judged by what it says and who is banned, today, however often it was asked about before.
"""

import re
from dataclasses import dataclass

from comments_service.content.html_text import seen_in
from comments_service.content.links import InvalidURL, website_url
from comments_service.content.urls import parse_url
from comments_service.privacy.addresses import InvalidAddress, check_address
from comments_service.privacy.network import network_of
from comments_service.scoring import Text
from comments_service.screening.checks.fields import MAX_WEBSITE, one_line, one_text
from comments_service.web.compat.akismet.answers import invalid
from comments_service.web.compat.akismet.form import Form, is_true

ALWAYS_SPAM_AUTHORS = frozenset({"akismet-guaranteed-spam", "viagra-test-123"})
ALWAYS_SPAM_EMAIL = "akismet-guaranteed-spam@example.com"
WORDPRESS_TRAP = "ak_hp_textarea"  # which its plugin puts into every form, and does not name when it asks
NEVER_SPAM_ROLE = "administrator"
MOST_CHARACTERS = 10_000  # what checks promise to be quick for; of a longer text the beginning is read
_MOST_CONTEXT = 2000
_CONTEXT = re.compile(r"comment_context(\[\d*\])?")


@dataclass(frozen=True, slots=True)
class Asked:
    """`blog` is its host; `test` means that nothing is counted or learned; `email` is normalised or empty.

    `sure` is the answer that Akismet guarantees for its test values, None for everything else.
    """

    blog: str
    text: Text
    email: str
    network: str
    honeypot: str
    too_long: bool
    sure: bool | None
    test: bool


def asked(form: Form, site: str) -> Asked:
    """The comment of a form, for the model of `site`. Raises Problem where no blog is named."""
    content, name = form.get("comment_content", ""), one_line(form.get("comment_author", ""))
    sure = _guaranteed(form, name)
    return Asked(
        blog=blog_of(form),
        text=Text(
            one_text(seen_in(content[:MOST_CHARACTERS]).text),
            name=name,
            website=_website(form.get("comment_author_url", "")),
            title=_context(form),
            site=site,
        ),
        email=_email(form.get("comment_author_email", "")),
        network=network_of(form.get("user_ip", "")),
        honeypot=_honeypot(form),
        too_long=len(content) > MOST_CHARACTERS,
        sure=sure,
        test=is_true(form, "is_test") or sure is True,
    )


def blog_of(form: Form) -> str:
    """The host of the blog that asks, with its port if it names one. Raises Problem."""
    blog = form.get("blog", "").strip()
    if not blog:
        raise invalid('Empty "blog" value')
    try:
        parts = parse_url(blog if "://" in blog else f"http://{blog}")
    except InvalidURL:
        raise invalid("We were unable to parse your blog URI") from None
    return parts.host if parts.port is None else f"{parts.host}:{parts.port}"


def _guaranteed(form: Form, name: str) -> bool | None:
    if NEVER_SPAM_ROLE in (role.strip().lower() for role in form.get("user_role", "").split(",")):
        return False
    if name in ALWAYS_SPAM_AUTHORS or form.get("comment_author_email", "").strip().lower() == ALWAYS_SPAM_EMAIL:
        return True
    return None


def _website(url: str) -> str:
    """As it may be linked, or as it was written: a link that is none can be on a list all the same."""
    try:
        return website_url(url[:MAX_WEBSITE])
    except InvalidURL:
        return one_line(url[:MAX_WEBSITE])


def _email(address: str) -> str:
    try:
        return check_address(address)
    except InvalidAddress:
        return ""  # it is only asked for to meet bans, and no ban is on what is no address


def _honeypot(form: Form) -> str:
    """What stands in the field that people do not see. WordPress sends its form's fields with POST_ before them."""
    name = form.get("honeypot_field_name", "") or WORDPRESS_TRAP
    return (form.get(name, "") or form.get(f"POST_{name}", "")).strip()


def _context(form: Form) -> str:
    """What the page is about, in the order in which it was said."""
    words = [one_line(value) for name in form if _CONTEXT.fullmatch(name) for value in form.getlist(name)]
    return ", ".join(word for word in words if word)[:_MOST_CONTEXT]
