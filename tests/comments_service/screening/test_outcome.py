"""Which action follows from findings, scores and a site's settings? The policy as a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments_service.screening.evidence import FAILED, HOLD, REJECT, SPAM, WEIGHTS, Finding
from comments_service.screening.outcome import TOXIC_LABELS, Circumstances, outcome
from comments_service.settings import SiteSettings

KNOWN, NEW = Circumstances(first_time=False), Circumstances(first_time=True)
USUAL = SiteSettings(spam_reject=0.97)
STRICT = SiteSettings(toxic_reject=0.9)
PREMODERATED = SiteSettings(premoderate=True, spam_reject=0.97)
CAREFUL = SiteSettings(hold_first_time=True)
NEVER_SPAM = SiteSettings(spam_reject=1.0)

# (what is found, spam, toxic, settings, circumstances) → (action, reason); spam None = no model could be asked.
TABLE = [
    ("", 0.0, 0.0, USUAL, KNOWN, "approve", "below_thresholds"),
    ("", 0.4999, 0.4999, USUAL, KNOWN, "approve", "below_thresholds"),
    ("", 0.5, 0.0, USUAL, KNOWN, "hold", "spam_score"),
    ("", 0.9699, 0.0, USUAL, KNOWN, "hold", "spam_score"),
    ("", 0.97, 0.0, USUAL, KNOWN, "spam", "spam_score"),
    ("", 1.0, 1.0, USUAL, KNOWN, "spam", "spam_score"),
    ("", 0.0, 0.5, USUAL, KNOWN, "hold", "toxic_score"),
    ("", 0.0, 1.0, USUAL, KNOWN, "hold", "toxic_score"),
    ("", 0.0, 0.8999, STRICT, KNOWN, "hold", "toxic_score"),
    ("", 0.0, 0.9, STRICT, KNOWN, "reject", "toxic_score"),
    ("", 1.0, 0.0, NEVER_SPAM, KNOWN, "hold", "spam_score"),
    ("", None, None, USUAL, KNOWN, "hold", "not_scored"),
    ("links:hold", None, None, USUAL, KNOWN, "hold", "not_scored"),
    ("honeypot:spam", None, None, USUAL, KNOWN, "spam", "honeypot"),
    ("honeypot:spam", 0.0, 0.0, USUAL, KNOWN, "spam", "honeypot"),
    ("rules:reject", 0.0, 0.0, USUAL, KNOWN, "reject", "rules"),
    ("rules:reject bans:spam", 0.0, 0.0, USUAL, KNOWN, "spam", "bans"),
    ("bans:spam", 0.0, 1.0, STRICT, KNOWN, "spam", "bans"),
    ("links:hold", 0.0, 0.0, USUAL, KNOWN, "hold", "links"),
    ("links:hold repetition:hold", 0.0, 0.0, USUAL, KNOWN, "hold", "links"),
    ("links:hold dns:failed", 0.0, 0.0, USUAL, KNOWN, "hold", "dns"),
    ("dns:failed", 0.97, 0.0, USUAL, KNOWN, "spam", "spam_score"),
    ("links:hold", 0.0, 0.9, STRICT, KNOWN, "reject", "toxic_score"),
    ("links:pass form_token:pass", 0.0, 0.0, USUAL, KNOWN, "approve", "below_thresholds"),
    ("", 0.0, 0.0, PREMODERATED, KNOWN, "hold", "premoderate"),
    ("", 0.97, 0.0, PREMODERATED, KNOWN, "spam", "spam_score"),
    ("", 0.0, 0.0, CAREFUL, NEW, "hold", "first_time"),
    ("", 0.0, 0.0, CAREFUL, KNOWN, "approve", "below_thresholds"),
    ("", 0.0, 0.0, USUAL, NEW, "approve", "below_thresholds"),
]


@pytest.mark.parametrize(("found", "spam", "toxic", "settings", "circumstances", "action", "reason"), TABLE)
def test_the_policy(
    found: str,
    spam: float | None,
    toxic: float,
    settings: SiteSettings,
    circumstances: Circumstances,
    action: str,
    reason: str,
) -> None:
    findings = [Finding(*one.split(":")) for one in found.split()]
    scores = None if spam is None else {"spam": spam, "toxic": toxic}
    decided = outcome(findings, scores, settings, circumstances)
    assert (decided.action, decided.reason) == (action, reason)


@pytest.mark.parametrize("label", TOXIC_LABELS)
def test_every_kind_of_toxicity_counts(label: str) -> None:
    assert outcome([], {"spam": 0.0, label: 0.5}, USUAL, KNOWN).action == "hold"


def test_a_score_of_something_else_decides_nothing() -> None:
    assert outcome([], {"spam": 0.0, "toxic": 0.0, "sarcasm": 1.0}, USUAL, KNOWN).action == "approve"


findings_strategy = st.lists(
    st.builds(Finding, st.sampled_from(["links", "bans", "honeypot", "dns"]), st.sampled_from(WEIGHTS)), max_size=5
)
share = st.floats(0, 1)
order = {"approve": 0, "hold": 1, "reject": 2, "spam": 2}


@given(findings=findings_strategy, spam=share, toxic=share, more=share, first_time=st.booleans())
def test_worse_scores_never_help(
    findings: list[Finding], spam: float, toxic: float, more: float, first_time: bool
) -> None:
    circumstances = Circumstances(first_time)
    at_first = outcome(findings, {"spam": spam, "toxic": toxic}, STRICT, circumstances)
    worse = outcome(findings, {"spam": max(spam, more), "toxic": toxic}, STRICT, circumstances)
    assert order[worse.action] >= order[at_first.action]


@given(findings=findings_strategy, spam=share, toxic=share)
def test_nothing_is_published_over_a_check_that_objects_or_could_not_run(
    findings: list[Finding], spam: float, toxic: float
) -> None:
    decided = outcome(findings, {"spam": spam, "toxic": toxic}, USUAL, KNOWN)
    if {finding.weight for finding in findings} & {FAILED, HOLD, SPAM, REJECT}:
        assert decided.action != "approve"


@given(findings=findings_strategy)
def test_without_a_model_nothing_is_published(findings: list[Finding]) -> None:
    assert outcome(findings, None, USUAL, KNOWN).action != "approve"
