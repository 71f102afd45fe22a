"""Hands the process over to a part of the service that the command line does not know, by its name.

`cli` and `tasks` are siblings that don't import each other; and what only forwards should not pay for importing
Celery. So entries are named "module:function", as gunicorn and Celery themselves name applications.
"""

import importlib
from collections.abc import Callable
from typing import Any, cast

APP = "comments_service.app:create_app"
WORKER = "comments_service.tasks.worker:main"
RELAY = "comments_service.tasks.relay:main"
BROKER_FAULT = "comments_service.tasks.doorbell:broker_fault"


def entry(name: str) -> Callable[..., Any]:
    """The function that `name` ("module:function") names."""
    module, _, function = name.partition(":")
    return cast("Callable[..., Any]", getattr(importlib.import_module(module), function))
