"""What follows when another model begins to score: workers look at it now, and what waits gets new scores."""

from collections.abc import Callable

from comments_service.cli.classifier.opened import Opened
from comments_service.cli.progress import progress
from comments_service.moderation.model_watch import promise_look
from comments_service.moderation.rescoring import count_stale, promise_rescoring
from comments_service.scoring.live_model import LiveModel


def have_it_looked_at(here: Opened) -> None:
    """Promise a look at each site whose model has changed, so that metrics and `doctor` know within seconds."""
    with here.runtime.transaction() as session:
        for site_id in here.site_ids.values():
            promise_look(session, site_id, here.runtime.clock())


def sites_without_their_own(here: Opened) -> dict[str, str]:
    """Sites whose own model cannot be used, such as after the installation's has changed, and why."""
    live = LiveModel(here.runtime.settings.models_dir)
    return {key: trouble for key in here.site_ids if (trouble := live.of_site(key)[1])}


def have_it_rescored(here: Opened) -> int:
    """Promise new scores for what waits for a person on the site, or on all; how many comments."""
    live = LiveModel(here.runtime.settings.models_dir)
    models = {site_id: live.of_site(key)[0] for key, site_id in here.site_ids.items()}
    with here.runtime.reading() as session:
        total = sum(count_stale(session, site_id, model) for site_id, model in models.items())
    with progress("Promising", total) as seen:
        return _promise_all(here, models, seen)


def _promise_all(here: Opened, models: dict[int, str], seen: Callable[[float], None]) -> int:
    promised = 0
    for site_id, model in models.items():
        count, after = 1, 0
        while count:
            with here.runtime.transaction() as session:
                count, after = promise_rescoring(session, site_id, model, here.runtime.clock(), after=after)
            promised += count
            seen(promised)
    return promised
