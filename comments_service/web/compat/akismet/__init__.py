"""The surface of Akismet, so that its clients only change the host (docs/akismet.md).

`blueprint` has the routes, `form` reads what was sent, `asked` makes a comment of it, `verdict` decides, `learned`
takes corrections in, `activity` tells what was counted, `answers` has the words that clients look for.
"""

from comments_service.web.compat.akismet.blueprint import blueprint, register

__all__ = ["blueprint", "register"]
