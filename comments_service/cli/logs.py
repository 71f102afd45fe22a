"""Log lines of every process: structured, on standard error, without addresses, IPs or tokens.

Whoever logs uses `structlog.get_logger` or `logging`; both end here, as does what gunicorn, Celery and SQLAlchemy say.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from comments_service.outbox.errors import redacted
from comments_service.settings import Settings

# Digests that name a model or an artifact look like tokens, and are what an operator searches the log for.
_PLAIN_KEYS = frozenset({"timestamp", "level", "logger", "model", "kept"})

# What these say below this level is of no use to an operator, or false ("no hostname was supplied" of a folder).
_TALKATIVE = {
    "sqlalchemy.engine": logging.WARNING,
    "alembic": logging.WARNING,
    "celery.app.trace": logging.WARNING,
    "celery.apps.worker": logging.WARNING,
    "celery.worker.strategy": logging.WARNING,
    "celery.worker.consumer.connection": logging.WARNING,
    "kombu.connection": logging.ERROR,
}

# Everything that ends a line somewhere, or that a terminal obeys, becomes a visible escape.
_CONTROLS = {code: repr(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}

Event = MutableMapping[str, Any]


def redact(_logger: Any, _method: str, event: Event) -> Event:
    """Processor: hides whatever looks like an e-mail address, an IP address or a token, in every value."""
    return {key: value if key in _PLAIN_KEYS else _redact_value(value) for key, value in event.items()}


def _redact_value(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {_redact_value(key): _redact_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redact_value(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redacted(str(value))


def _one_line(_logger: Any, _method: str, event: Event) -> Event:
    """Processor: no text that somebody typed can begin a line of its own, or steer the terminal it is read on."""
    return {
        key: _indented(value) if key == "exception" else value.translate(_CONTROLS) if isinstance(value, str) else value
        for key, value in event.items()
    }


def _indented(traceback: str) -> str:
    return "\n    ".join(line.translate(_CONTROLS) for line in traceback.split("\n"))


def configure_logs(settings: Settings) -> None:
    """Send all logging of this process through redaction to standard error, as `log_format` and `log_level` say."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    structlog.configure(
        processors=[*shared[:-1], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Tracebacks become text before redaction, which could not see into them afterwards.
                structlog.processors.format_exc_info,
                redact,
                _one_line,
                _renderer(settings),
            ],
        )
    )
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name, level in _TALKATIVE.items():
        logging.getLogger(name).setLevel(level)


def _renderer(settings: Settings) -> Any:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer()  # ASCII: a line separator is an escape, too
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
