"""How judging is done: the model, and the handlers of the kinds that need it."""

from collections.abc import Sequence
from functools import partial

from comments_service.moderation.judge import hold_parked, judge_batch
from comments_service.moderation.model_watch import watch_models
from comments_service.moderation.rescoring import rescore_batch
from comments_service.moderation.shadowing import shadow_batch
from comments_service.moderation.waves.work import work_on_waves
from comments_service.outbox.backoff import PATIENT_TRIES, patient
from comments_service.outbox.claim import Claimed
from comments_service.outbox.handlers import Handler, Handlers
from comments_service.runtime import Runtime
from comments_service.scoring.live_model import LiveModel
from comments_service.tasks.equipment import Equipment


def equip(runtime: Runtime) -> Equipment:
    """Load the model. One that cannot be loaded is no error here: comments are then held for a person."""
    model = LiveModel(runtime.settings.models_dir)
    model.refresh()
    return Equipment(_handlers(runtime, model), lambda: model.digest)


def _handlers(runtime: Runtime, model: LiveModel) -> Handlers:
    batch = runtime.settings.worker_batch
    return {
        "judge": Handler(partial(_judge, runtime, model), batch=batch, parked=partial(hold_parked, runtime)),
        # In short turns: a queue of a hundred thousand must not keep a reader's comment waiting.
        "rescore": Handler(partial(rescore_batch, runtime, model), batch=batch, slice_s=0.5),
        "models": Handler(partial(watch_models, runtime, model), batch=1, slice_s=0.5),
        "waves": Handler(partial(work_on_waves, runtime), batch=1, slice_s=0.5, tries=PATIENT_TRIES, wait=patient),
    }


def _judge(runtime: Runtime, model: LiveModel, rows: Sequence[Claimed]) -> None:
    shadow_batch(runtime, model, judge_batch(runtime, model, rows))
