"""What a worker process needs to work: runtime, model and handlers, opened after the fork and kept.

Connections and models must not cross a fork: two processes that share one PostgreSQL socket read each other's answers.
"""

import time
from collections.abc import Sequence
from functools import partial

import structlog

from comments_service.moderation.judge import hold_parked, judge_batch
from comments_service.moderation.model_watch import watch_models
from comments_service.moderation.rescoring import rescore_batch
from comments_service.moderation.shadowing import shadow_batch
from comments_service.moderation.waves.work import work_on_waves
from comments_service.notifications.send import send_mails
from comments_service.notifications.webhooks.send import send_webhooks
from comments_service.outbox.backoff import PATIENT_TRIES, patient
from comments_service.outbox.claim import Claimed
from comments_service.outbox.handlers import Handler, Handlers
from comments_service.runtime import Runtime, open_runtime
from comments_service.scoring.live_model import LiveModel
from comments_service.settings import Settings
from comments_service.tasks.work import work_until

log = structlog.get_logger(__name__)


class Workplace:
    """Opens when first used, or on `open`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opened: tuple[Runtime, LiveModel, Handlers] | None = None

    def open(self) -> tuple[Runtime, LiveModel, Handlers]:
        """Runtime, model and handlers of this process. A model that cannot be loaded is no error here:
        comments are then held for a person."""
        if self._opened is None:
            runtime = open_runtime(self.settings)
            model = LiveModel(self.settings.models_dir)
            model.refresh()
            self._opened = (runtime, model, _handlers(runtime, model))
        return self._opened

    def work(self, kind: str) -> bool:
        """Do what is due of `kind`. True when time ran out before the work did."""
        runtime, _, handlers = self.open()
        if kind not in handlers:
            log.warning("unknown_kind", kind=kind, remedy="a newer release rings it: upgrade this worker")
            return False
        handler = handlers[kind]
        # Half of the time limit, so that the batch that begins last can still end in time.
        deadline = time.monotonic() + min(handler.slice_s, self.settings.task_limit_s / 2)
        return work_until(runtime, handler, kind, deadline)


def _handlers(runtime: Runtime, model: LiveModel) -> Handlers:
    return {
        "judge": Handler(
            partial(_judge, runtime, model),
            batch=runtime.settings.worker_batch,
            parked=partial(hold_parked, runtime),
        ),
        # One at a time: what a slow mail server keeps waiting is one mail, and one try.
        "mail": Handler(partial(send_mails, runtime), batch=1, tries=PATIENT_TRIES, wait=patient),
        "webhook": Handler(partial(send_webhooks, runtime), batch=1, tries=PATIENT_TRIES, wait=patient),
        # In short turns: a queue of a hundred thousand must not keep a reader's comment waiting.
        "rescore": Handler(partial(rescore_batch, runtime, model), batch=runtime.settings.worker_batch, slice_s=0.5),
        # A step at a time, in short turns: readers' comments come in between.
        "waves": Handler(partial(work_on_waves, runtime), batch=1, slice_s=0.5, tries=PATIENT_TRIES, wait=patient),
        "models": Handler(partial(watch_models, runtime, model), batch=1, slice_s=0.5),
    }


def _judge(runtime: Runtime, model: LiveModel, rows: Sequence[Claimed]) -> None:
    shadow_batch(runtime, model, judge_batch(runtime, model, rows))
