"""The model of this process, which is loaded when somebody first asks for a score and then stays."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app

from comments_service.web.context import runtime

if TYPE_CHECKING:
    from comments_service.scoring.gathered import Gathered

MODEL = "comments_held_model"


class HeldModel:
    """Nothing at first: most web processes are never asked for a score, and should not carry a model (docs/adr)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Gathered | None = None

    def model(self, models_dir: Path) -> Gathered:
        """The model of the moment; it follows promotions by itself."""
        with self._lock:
            if self._model is None:
                from comments_service.scoring.gathered import Gathered  # noqa: PLC0415 - NumPy comes with it
                from comments_service.scoring.live_model import LiveModel  # noqa: PLC0415

                self._model = Gathered(LiveModel(models_dir))
            return self._model


def hold_model(app: Flask) -> None:
    """Give an application its one place for a model, however many surfaces ask for it."""
    app.extensions.setdefault(MODEL, HeldModel())


def held_model() -> Gathered:
    """The model of this application, loaded now if nobody asked before."""
    held: HeldModel = current_app.extensions[MODEL]
    return held.model(runtime().settings.models_dir)
