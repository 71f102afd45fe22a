"""How a view reaches its process's runtime and the site it serves. Decides nothing."""

from typing import cast

from flask import current_app

from comments_service.runtime import Runtime

RUNTIME = "comments_runtime"


def runtime() -> Runtime:
    """The runtime that `app.create_app` put into this application."""
    return cast(Runtime, current_app.extensions[RUNTIME])
