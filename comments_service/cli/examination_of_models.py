"""What `doctor` looks at around the models: does one load, does each site have its own, have its scores drifted?"""

from datetime import datetime

from sqlalchemy import select

from comments_service.cli.found import Found
from comments_service.runtime import Runtime
from comments_service.settings import Settings
from comments_service.storage.tables import ModelState, Site


def model(settings: Settings) -> Found:
    """Does the model load and score?"""
    from comments_service.scoring.live_model import LiveModel
    from comments_service.scoring.protocol import ScorerUnavailable, Text

    live = LiveModel(settings.models_dir)
    try:
        live.score([Text("A short text that every working model can score.")])
    except ScorerUnavailable as error:
        return Found(
            "model", False, str(error), "reinstall the package, or point COMMENTS_MODEL_DIR at a folder of models"
        )
    return Found("model", True, f"digest {(live.digest or '')[:12]}")


def site_models(runtime: Runtime) -> Found:
    """Does each site have the model that it was given, and do its scores still look as they did?"""
    with runtime.reading() as session:
        states = session.execute(
            select(Site.key, ModelState).join(Site, Site.id == ModelState.site_id).order_by(Site.key)
        )
        wrong = [f"{key}: {told}" for key, state in states if (told := _model_wrong(state))]
    if wrong:
        remedy = "comments-service classifier drift --site KEY, then retrain; rollback if it began with a promotion"
        return Found("site models", False, "; ".join(wrong), remedy)
    return Found("site models", True, "as they were made, as far as there are comments enough to say")


def erased_lessons(runtime: Runtime) -> Found:
    """Has a model in use learned from comments that were erased since?"""
    with runtime.reading() as session:
        due = session.execute(select(Site.key, Site.unlearn_at).where(Site.unlearn_at.is_not(None)).order_by(Site.key))
        wrong = [key for key, moment in due if moment and _learned_before(runtime.settings, key, moment)]
    if wrong:
        told = f"models that may have learned from erased comments are in use: {', '.join(wrong)}"
        remedy = "; ".join(f"comments-service classifier retrain --site {key} --promote" for key in wrong)
        return Found("erased lessons", False, told, remedy)
    return Found("erased lessons", True, "no model in use has learned from what was erased since")


def _learned_before(settings: Settings, site: str, moment: datetime) -> bool:
    from comments_service.scoring.store import ModelError
    from comments_service.scoring.unlearning import learned_before

    try:
        return bool(learned_before(settings.models_dir, site, moment))
    except ModelError:
        return False  # what cannot be read scores nobody; `site models` tells of it


def _model_wrong(state: ModelState) -> str:
    if state.trouble:
        return f"its own model is not used: {state.trouble}"
    alarms = state.drift.get("alarms", [])
    return f"scores have drifted ({', '.join(alarms)})" if alarms else ""
