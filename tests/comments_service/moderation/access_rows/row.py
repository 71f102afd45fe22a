"""One row of the table of routes and roles."""

from dataclasses import dataclass

ALLOWED, LOGIN, REFUSED, ABSENT = "allowed", "login", "refused", "absent"


@dataclass(frozen=True)
class Row:
    """One route: how it is asked, and who is let in.

    From `role` on it is allowed, below it refused. `foreign` is what somebody of that role on another site gets,
    `stranger` what somebody gets who is not logged in. In path and fields `{comment}` is a comment's public id.
    """

    method: str
    path: str
    role: str
    foreign: str
    stranger: str = LOGIN
    fields: tuple[tuple[str, str], ...] = ()
    json: bool = False
