"""The checks before storing, in order. Refuses what its author can mend; everything else becomes evidence.

All checks run and all findings are kept: `outcome` decides later, in one place. What needs no database comes first,
so that the transaction that follows holds the writing lock only briefly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from comments_service.content.links import links_in
from comments_service.screening.checks.duplicates import check_duplicate
from comments_service.screening.checks.fields import CheckedFields, Fields, check_fields
from comments_service.screening.checks.floods import refuse_floods, refuse_limited
from comments_service.screening.checks.form import check_honeypot, check_token
from comments_service.screening.checks.links import check_domains, check_link_count
from comments_service.screening.checks.words import check_words
from comments_service.screening.evidence import HOLD, PASS, SPAM, FieldError, Finding, Refused
from comments_service.screening.rules.findings import LIMITED, findings_of
from comments_service.screening.rules.kept import rules_in_force
from comments_service.screening.rules.matching import Facts, matches
from comments_service.settings import SiteSettings


@dataclass(frozen=True)
class Form:
    """What came with the fields. `trusted` means a client with the site's server key, which draws no form of ours."""

    token: str
    honeypot: str
    trusted: bool = False


@dataclass(frozen=True)
class Source:
    """Where a submission comes from, as keyed digests; `network` is held in memory for comparing with bans only."""

    network: str
    network_digest: str | None
    blind_index: str
    address_id: int | None


def check_submission(
    fields: Fields,
    form: Form,
    *,
    site_key: str,
    settings: SiteSettings,
    form_key: bytes,
    errors: list[FieldError],
    now: datetime,
) -> tuple[CheckedFields, list[Finding]]:
    """Checks that need no database. `errors` are those found while parsing; raises Refused with all of them at once."""
    spoilt = frozenset(error.field for error in errors)
    checked = check_fields(fields, settings, spoilt)
    found = list(errors)
    findings = [check_honeypot(form.honeypot)]
    if form.trusted:
        findings.append(Finding("form_token", PASS, "Sent by a client with the site's server key."))
    else:
        finding, error = check_token(form_key, form.token, site_key, settings, now)
        findings.append(finding)
        if error is not None and "form_token" not in spoilt:
            found.append(error)
    if isinstance(checked, list):
        found += checked
    if found or isinstance(checked, list):
        raise Refused("fields", "Some fields need another look.", found)
    return checked, findings


def check_against_site(
    session: Session,
    *,
    site_id: int,
    thread_id: int | None,
    settings: SiteSettings,
    source: Source,
    name: str,
    website: str,
    body: str,
    digest: str,
    now: datetime,
    limited: bool = True,
) -> list[Finding]:
    """Checks against what the site has and forbids, inside the storing transaction. Raises Refused."""
    if limited:
        refuse_floods(
            session,
            settings,
            network_digest=source.network_digest,
            address_id=source.address_id,
            thread_id=thread_id,
            now=now,
        )
    repetition = check_duplicate(
        session,
        site_id=site_id,
        thread_id=thread_id,
        digest=digest,
        address_id=source.address_id,
        network_digest=source.network_digest,
        since=timedelta(seconds=settings.duplicate_window_s),
        most=settings.max_repetitions,
        now=now,
    )
    content = check_content(session, site_id, settings, source, name, website, body, now)
    if limited and is_limited(content):
        refuse_limited(session, settings, network_digest=source.network_digest, address_id=source.address_id, now=now)
    return [repetition, *content]


def check_content(
    session: Session,
    site_id: int,
    settings: SiteSettings,
    source: Source,
    name: str,
    website: str,
    body: str,
    now: datetime,
) -> list[Finding]:
    """Links, block lists and rules: what an edited text has to pass as well as a new one."""
    facts = Facts(name, website, body, source.blind_index, source.network, source.network_digest)
    ruled = findings_of(matches(rules_in_force(session, site_id, now), facts, now))
    links, text = links_in(body), f"{name}\n{body}"
    listed = [
        check_link_count(links, settings.max_links),
        check_domains("hold_domains", links, website, _domains(settings.hold_domains), HOLD),
        check_domains("block_domains", links, website, _domains(settings.block_domains), SPAM),
        check_words("hold_words", text, settings.hold_words, HOLD),
        check_words("block_words", text, settings.block_words, SPAM),
        Finding("bans", PASS),
        Finding(LIMITED, PASS),
    ]
    return [ruled.get(finding.check, finding) for finding in listed]


def is_limited(findings: Iterable[Finding]) -> bool:
    """Whether a rule limits the comment or its author: then it is held, and there may be few of them an hour."""
    return any(finding.check == LIMITED and finding.weight == HOLD for finding in findings)


def _domains(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)
