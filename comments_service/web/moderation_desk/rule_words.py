"""What can go wrong with a rule, in the language of whoever looks; codes are those of the domain."""

from comments_service.moderation.rules.errors import RuleError
from comments_service.web.wording import gettext as _


def in_words(error: RuleError) -> str:
    """The mistake and its remedy."""
    return {
        "address": _("It is an address; ban its author at the desk, from a comment."),
        "empty": _("It is empty; write what is to be found."),
        "too_long": _("It is too long: at most %(most)s characters.", most=200),
        "control": _("It holds control characters; type it anew instead of pasting it."),
        "no_letters": _("It has no letter or digit; write the word that is meant."),
        "bare_star": _("A star needs at least two letters beside it, like casino*."),
        "no_domain": _(
            "It is no domain; write it like casino.example, without path. Names below it are meant as well."
        ),
        "no_network": _("It is no address or network; write it like 192.0.2.0/24 or 2001:db8::/48."),
        "wide_network": _("The network is too wide: at least /8, and /16 for IPv6."),
        "choice": _("Choose one of the offered values."),
        "note": _("The note has at most %(most)s characters.", most=1000),
        "site": _("Choose the site that the rule is for."),
        "comment": _("Name the comment whose author or network is meant."),
        "exists": _("There is such a rule already; remove it first to make another."),
        "no_address": _("The comment came without an address; ban its network, a word or a link."),
        "network_gone": _(
            "Of a network only a digest of the day is kept: it can be banned on the day of the comment (UTC), until its"
            " end. Whoever knows the network bans it for longer by typing it."
        ),
        "changed_since": _("It was changed again or taken back since, so nothing was done."),
    }.get(error.code, error.message)
