"""The surface of Google's Perspective API, so that its clients only change the host (docs/perspective.md).

`blueprint` has the routes, `messages` reads requests by the discovery document, `attributes` says which names mean
which labels, `scores` and `spans` make the answer, `errors` the shape of everything that is refused.
"""

from comments_service.web.compat.perspective.blueprint import blueprint, register

__all__ = ["blueprint", "register"]
