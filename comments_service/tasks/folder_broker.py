"""Kombu's filesystem transport, made fit to be a doorbell: the default broker, for which nothing has to be installed.

What differs from kombu's own: a message appears whole or not at all (kombu's reader can open a file that its writer
has not filled yet, and the worker dies of the empty JSON); a queue's bells coalesce into one file; the folder may be
emptied or removed at any time, as there are no binding tables whose loss would silence it for good.
"""

import contextlib
import json
import os
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem

_MESSAGE = {"body", "headers", "properties"}


class Channel(filesystem.Channel):
    """One bell file per queue in the folder `data_folder_in`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._folder.mkdir(parents=True, exist_ok=True)
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise OSError(f"cannot write to the broker folder {self._folder}")

    @property
    def _folder(self) -> Path:
        return Path(self.data_folder_in)

    def _bell(self, queue: str) -> Path:
        return self._folder / f"{queue}.bell"

    # kombu's two parent classes disagree about the name of the second parameter.
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        # A bell that replaces one nobody heard yet loses nothing: both only say "look into the database".
        draft = self._folder / f".{uuid.uuid4().hex}"
        self._folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(payload), encoding="utf-8")
        draft.replace(self._bell(queue))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        bell = self._bell(queue)
        try:
            written = bell.read_bytes()
            bell.unlink()  # of two workers that read it one fails here, and goes on waiting
        except OSError:
            raise Empty from None
        try:
            message = json.loads(written)
        except ValueError:
            message = None
        if not isinstance(message, dict) or not message.keys() >= _MESSAGE:
            raise Empty  # not a bell of ours, and no reason for a worker to end; the relay rings again
        return message

    def _size(self, queue: str) -> int:
        return int(self._bell(queue).exists())

    def _purge(self, queue: str) -> int:
        waiting = self._size(queue)
        with contextlib.suppress(FileNotFoundError):
            self._bell(queue).unlink()
        return waiting

    def _queue_bind(self, *_: Any) -> None:
        """Nothing to keep: messages go to the default exchange, where the routing key is the queue."""


class Transport(filesystem.Transport):
    """Give this class's path as Celery's `broker_transport`."""

    Channel = Channel
