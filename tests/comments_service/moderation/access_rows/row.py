"""One row of the table of routes and roles."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.comments_service.moderation.stage import Stage

ALLOWED, LOGIN, REFUSED, ABSENT = "allowed", "login", "refused", "absent"


@dataclass(frozen=True)
class Row:
    """One route: how it is asked, and who is let in.

    From `role` on it is allowed, below it refused. `foreign` is what somebody of that role on another site gets,
    `stranger` what somebody gets who is not logged in. In path and fields `{comment}` is a comment's public id; `makes`
    puts more onto the stage, of the site demo, and returns it by place.
    """

    method: str
    path: str
    role: str
    foreign: str
    stranger: str = LOGIN
    fields: tuple[tuple[str, str], ...] = ()
    json: bool = False
    makes: Callable[[Stage, str], dict[str, str]] = lambda _stage, _comment: {}

    def places(self, stage: Stage, comment: str) -> dict[str, str]:
        """What fills path and fields."""
        return {"comment": comment, **self.makes(stage, comment)}
