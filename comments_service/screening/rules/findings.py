"""Rules that were met, as findings: under the check that moderators know for their kind."""

from collections.abc import Iterable

from comments_service.screening.evidence import HOLD, SPAM, Finding
from comments_service.screening.rules.matching import Match

LIMITED = "limited"
_CHECKS = {
    ("word", "spam"): "block_words",
    ("word", "hold"): "hold_words",
    ("domain", "spam"): "block_domains",
    ("domain", "hold"): "hold_domains",
}


def findings_of(met: Iterable[Match]) -> dict[str, Finding]:
    """One finding a check: of several rules the first counts, so give them in the order of `matches`."""
    found: dict[str, Finding] = {}
    for match in met:
        finding = _finding(match)
        found.setdefault(finding.check, finding)
    return found


def _finding(match: Match) -> Finding:
    action = match.terms.action
    check = LIMITED if action == LIMITED else _CHECKS.get((match.kind, action), "bans")
    return Finding(check, SPAM if action == "spam" else HOLD, _told(match), match.rule_id)


def _told(match: Match) -> str:
    """A sentence for moderators. An author or a network is not repeated in it."""
    listed = f"the list “{match.terms.list_name}”" if match.terms.list_name else "the site's list"
    if match.kind == "word":
        return f"It says “{match.what}”, which is on {listed}."
    if match.kind == "domain":
        return f"A link leads to {match.what}, which is on {listed}."
    state = {"spam": "banned", "hold": "held", LIMITED: "limited"}[match.terms.action]
    if match.kind == "address":
        return f"Its author's address is {state} on this site."
    return f"It comes from a network that is {state} on this site."
