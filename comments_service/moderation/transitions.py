"""The transition table: who may take a comment from which status to which. Carrying it out is `decide`'s work."""

from dataclasses import dataclass

MACHINE, MODERATOR, AUTHOR, SYSTEM = "machine", "moderator", "author", "system"

LIVE = frozenset({"pending", "approved", "rejected", "spam"})


@dataclass(frozen=True)
class Transition:
    """One row: `actor` doing `action` takes a comment from any of `sources` to `target`; `awaits` says who is next.

    An empty `target` leaves the status as it is: what waited then waits for a person.
    `takes_back` bounds it further: the latest decision must be this action of the same actor, made in one of these
    statuses.
    """

    actor: str
    action: str
    sources: frozenset[str]
    target: str
    awaits: str
    sentence: str
    takes_back: tuple[str, frozenset[str]] | None = None


def _row(
    actor: str,
    action: str,
    sources: frozenset[str],
    target: str,
    awaits: str,
    sentence: str,
    takes_back: tuple[str, frozenset[str]] | None = None,
) -> Transition:
    return Transition(actor, action, sources, target, awaits, sentence, takes_back)


_UNDECIDED = frozenset({"pending", "approved"})  # approved and undecided: the site publishes first

TABLE: tuple[Transition, ...] = (
    _row(MACHINE, "approve", _UNDECIDED, "approved", "nobody", "Clearly good: readers see it."),
    _row(MACHINE, "hold", _UNDECIDED, "pending", "human", "Uncertain or unchecked: a person decides."),
    _row(MACHINE, "reject", _UNDECIDED, "rejected", "nobody", "Clearly against the site's rules."),
    _row(MACHINE, "spam", _UNDECIDED, "spam", "nobody", "Clearly spam: it waits in the spam folder."),
    _row(MODERATOR, "approve", LIVE, "approved", "nobody", "A person lets readers see it."),
    _row(MODERATOR, "reject", LIVE, "rejected", "nobody", "A person keeps it from readers, with a reason."),
    _row(MODERATOR, "spam", LIVE, "spam", "nobody", "A person calls it spam."),
    _row(MODERATOR, "delete", LIVE, "deleted", "nobody", "A person removes it for good; undo brings it back."),
    _row(
        MODERATOR, "edit", LIVE, "", "human", "A person masks a passage; what readers see stays seen, what waits waits."
    ),
    _row(AUTHOR, "edit", _UNDECIDED, "pending", "machine", "A changed text is checked again before it is shown."),
    _row(AUTHOR, "delete", LIVE, "deleted", "nobody", "The author takes it back; only the author can bring it back."),
    _row(
        AUTHOR,
        "restore",
        frozenset({"deleted"}),
        "pending",
        "machine",
        "The author's deletion is taken back; the text is checked again. What was rejected or spam stays deleted.",
        takes_back=("delete", _UNDECIDED),
    ),
    _row(SYSTEM, "publish", frozenset({"pending"}), "approved", "machine", "The site publishes first, decides after."),
    _row(SYSTEM, "erase", LIVE | {"deleted"}, "deleted", "nobody", "Its author is erased; nobody can bring it back."),
)

_BY_KEY = {(row.actor, row.action): row for row in TABLE}


class UnknownTransition(Exception):
    """No row of the table lets this actor do this."""


def transition(actor: str, action: str) -> Transition:
    """The row for `actor` and `action`. Raises UnknownTransition."""
    try:
        return _BY_KEY[(actor, action)]
    except KeyError:
        raise UnknownTransition(f"{actor} cannot {action}") from None
