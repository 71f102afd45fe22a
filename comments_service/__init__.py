"""A comment section that a publisher runs themselves. `create_app` serves it alone, `CommentsService` inside an app."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comments_service.app import create_app
    from comments_service.extension import CommentsService

__all__ = ["CommentsService", "__version__", "create_app"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Imported when asked for: a worker or a command that needs one module must not pay for Flask.
    if name == "create_app":
        from comments_service.app import create_app  # noqa: PLC0415

        return create_app
    if name == "CommentsService":
        from comments_service.extension import CommentsService  # noqa: PLC0415

        return CommentsService
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
