"""What a site says of a comment that stands elsewhere: its rules and thresholds, its lists and bans, its model.

The same checks and the same deciding as for the site's own comments (`screening`), in Akismet's two words.
"""

from dataclasses import dataclass

from comments_service.moderation.api_keys import Caller
from comments_service.scoring import Scored, Scorer, ScorerUnavailable
from comments_service.screening.checks.form import check_honeypot
from comments_service.screening.classify import check_language, classify
from comments_service.screening.evidence import HOLD, SPAM, Finding
from comments_service.screening.intake import Source, check_content
from comments_service.screening.outcome import Circumstances, outcome
from comments_service.settings import SiteSettings
from comments_service.web.compat.akismet.asked import MOST_CHARACTERS, Asked
from comments_service.web.context import runtime
from comments_service.web.sites import kept_site

SUREST = 0.97  # spam score from which, beside a rule that says spam by itself, nobody needs to look any more


@dataclass(frozen=True, slots=True)
class Verdict:
    """`spam` is the answer; `held`: a person should look first; `surest`: nobody needs to."""

    spam: bool
    held: bool = False
    surest: bool = False


def verdict(asked: Asked, caller: Caller, scorer: Scorer) -> Verdict:
    """What the site says. Raises ScorerUnavailable where no rule decides and no model can be asked."""
    if asked.sure is not None:
        return Verdict(asked.sure)
    settings = _for_others(kept_site(caller.site).settings)
    (classified,) = classify(scorer, [asked.text])
    scored, findings = classified.scored, [*_findings(asked, caller, settings), classified.finding]
    if settings.hold_unlearned_languages:
        findings += check_language(scored)
    decided = outcome(findings, scored.scores if scored else None, settings, Circumstances(first_time=False))
    if decided.reason == "not_scored":
        raise ScorerUnavailable(classified.finding.detail)
    return Verdict(
        spam=decided.action != "approve",
        # A suspicion of spam belongs into the caller's spam folder, every other doubt among what waits for a person.
        held=decided.action == "hold" and decided.reason != "spam_score",
        surest=_surest(findings, scored),
    )


def _for_others(settings: SiteSettings) -> SiteSettings:
    """Without what says nothing of a comment: whose comments wait on principle, the caller has settings for itself."""
    return settings.model_copy(update={"premoderate": False, "hold_first_time": False})


def _findings(asked: Asked, caller: Caller, settings: SiteSettings) -> list[Finding]:
    here = runtime()
    index = here.vault.blind_index(asked.email) if asked.email else ""
    source = Source(network=asked.network, network_digest=None, blind_index=index, address_id=None)
    one, now = asked.text, here.clock()
    with here.reading() as session:
        content = check_content(session, caller.site_id, settings, source, one.name, one.website, one.text, now)
    found = [check_honeypot(asked.honeypot), *content]
    if asked.too_long:
        found.append(Finding("length", HOLD, f"Only its first {MOST_CHARACTERS} characters were read."))
    return found


def _surest(findings: list[Finding], scored: Scored | None) -> bool:
    """Two witnesses that know nothing of one another: a rule of the site's and the model."""
    return scored is not None and scored.scores["spam"] >= SUREST and any(one.weight == SPAM for one in findings)
