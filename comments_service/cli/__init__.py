"""The command `comments-service`. One file for each noun; what commands do lives in the packages below."""

from comments_service.cli.program import main

__all__ = ["main"]
