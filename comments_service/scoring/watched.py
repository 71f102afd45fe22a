"""One registry's models, loaded: the one in use and the one on trial. Looks at the pointer and swaps safely.

What cannot be loaded never replaces what works. Which registry belongs to which site is `live_model`'s business.
"""

import logging
import time
from collections.abc import Callable

from classifier import Model, Submission, load
from classifier.registry import Pointer, Registry

LOOK_EVERY_S = 1.0  # a look costs one stat of a small file
RETRY_EVERY_S = 30.0  # what failed is tried again, seldom: the disk may have been full, the folder not mounted
CANARY = Submission("A short text that every working model can score.")

log = logging.getLogger(__name__)


class Slot:
    """Room for one model. `trouble` says why what was last asked for is not in it; "" where it is."""

    def __init__(self) -> None:
        self.model: Model | None = None
        self.version: str | None = None
        self.trouble = ""

    def fill(self, version: str | None, make: Callable[[], Model]) -> None:
        """Hold the model `version`, made if it is not held already. One that cannot score leaves the former in."""
        if self.model is not None and version == self.version:
            self.trouble = ""
            return
        try:
            candidate = make()
            candidate.predict([CANARY])
        except Exception as error:  # whatever is wrong with a candidate, the former one goes on working
            self.trouble = str(error)
            kept = self.model.digest if self.model else None
            log.warning("model_not_loaded", extra={"trouble": self.trouble, "kept": kept})
            return
        self.model, self.version, self.trouble = candidate, version, ""
        log.info("model_loaded", extra={"model": candidate.digest})

    def clear(self) -> None:
        self.model, self.version, self.trouble = None, None, ""


class Watched:
    """The models of one registry. Where its pointer names none in use, `beneath` makes the one that is.

    Without a registry there is only what lies beneath. Corrections are put on `base`; None means the model that ships.
    """

    def __init__(self, registry: Registry | None, beneath: Callable[[], Model], base: Model | None = None) -> None:
        self._registry, self._beneath, self._base = registry, beneath, base
        self._stamp: tuple[int, int] | None = None
        self._looked_at = self._failed_at = float("-inf")
        self.current, self.shadow = Slot(), Slot()

    def look(self, *, at_once: bool = False) -> None:
        """Load what the pointer names, if that is new: looked for every second, or now if `at_once`. Never raises."""
        moment = time.monotonic()
        if not at_once and moment - self._looked_at < LOOK_EVERY_S:
            return
        self._looked_at = moment
        if not at_once and self._stamp == self._stamp_now() and not self._try_again(moment):
            return
        self._follow()
        if self.current.trouble or self.shadow.trouble:
            self._failed_at = moment

    def _try_again(self, moment: float) -> bool:
        return bool(self.current.trouble or self.shadow.trouble) and moment - self._failed_at >= RETRY_EVERY_S

    def _follow(self) -> None:
        # Taken before the pointer is read: a promotion in between is then seen at the next look.
        self._stamp = self._stamp_now()
        try:
            pointer = self._registry.pointer() if self._registry else Pointer()
        except Exception as error:
            self.current.trouble = str(error)
            log.warning("pointer_not_read", extra={"trouble": self.current.trouble})
            return
        self.current.fill(pointer.current, lambda: self._made(pointer.current))
        if self.shadow.version != pointer.shadow:
            self.shadow.clear()
        if pointer.shadow is not None:
            self.shadow.fill(pointer.shadow, lambda: self._made(pointer.shadow))

    def _stamp_now(self) -> tuple[int, int]:
        try:
            return self._registry.stamp() if self._registry else (0, 0)
        except OSError:
            return (-1, -1)  # reading the pointer then tells what is wrong

    def _made(self, version: str | None) -> Model:
        if version is None or self._registry is None:
            return self._beneath()
        return load(self._registry.path(version), base=self._base)
