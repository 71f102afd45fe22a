"""The queue's filters in words: what the form offers, and a chip for each filter that is set."""

from dataclasses import dataclass

from comments_service.moderation.queue_filters import LABELS
from comments_service.web.moderation_desk.queue_place import Place
from comments_service.web.wording import gettext as _

# What a comment can be held or removed for, beside the moderators' own reasons: policy and checks.
REASONS = (
    "spam_score",
    "toxic_score",
    "premoderate",
    "first_time",
    "not_scored",
    "wave",
    "honeypot",
    "form_token",
    "links",
    "block_domains",
    "block_words",
    "bans",
    "repetition",
    "deliverability",
    "language",
)


@dataclass(frozen=True)
class Chip:
    """A filter that is set: its name, its value, and the address without it. `code` is to be put into words."""

    kind: str
    title: str
    value: str
    without: str


@dataclass(frozen=True)
class Choices:
    """What the form offers, with the values that are set by name."""

    labels: tuple[str, ...]
    reasons: tuple[str, ...]
    given: dict[str, str]


def choices(place: Place) -> Choices:
    return Choices(LABELS, REASONS, dict(place.filters))


def chips(place: Place) -> list[Chip]:
    """The filters that are set, those of a score as one."""
    titles = _titles()
    given = dict(place.filters)
    found = [
        Chip(name, titles[name], value, place.without(name).url()) for name, value in given.items() if name in titles
    ]
    if "label" in given:
        bounds = [given[name] for name in ("least", "most") if name in given]
        without = place.without("label", "least", "most").url()
        found.append(Chip("label", _bound(given), " – ".join(bounds), without))
    return found


def _titles() -> dict[str, str]:
    return {
        "q": _("Words"),
        "thread": _("Article"),
        "thread_of": _("Article of one comment"),
        "author": _("Author of one comment"),
        "name": _("Name"),
        "language": _("Language"),
        "reason": _("Reason"),
        "from": _("From"),
        "to": _("To"),
        "days": _("Days"),
    }


def _bound(given: dict[str, str]) -> str:
    if "least" in given and "most" in given:
        return _("between")
    return _("at least") if "least" in given else _("at most")
