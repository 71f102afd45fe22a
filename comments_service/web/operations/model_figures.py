"""What workers noted about each site's model, as figures for `metrics`."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from comments_service.storage.tables import ModelState, Site

Figures = dict[tuple[str, ...], float]


@dataclass(frozen=True)
class SiteModels:
    """`drift` and `alarms` by site and label, `trouble` by site."""

    drift: Figures = field(default_factory=dict)
    alarms: Figures = field(default_factory=dict)
    trouble: Figures = field(default_factory=dict)


def site_models(session: Session) -> SiteModels:
    """Figures of every site that a worker has looked at."""
    found = SiteModels()
    for key, state in session.execute(select(Site.key, ModelState).join(Site, Site.id == ModelState.site_id)):
        found.trouble[(key,)] = float(bool(state.trouble))
        if state.drift:
            figures = {**state.drift["labels"], "words": state.drift["unseen"]}
            found.drift.update({(key, label): value for label, value in figures.items()})
            found.alarms.update({(key, label): float(label in state.drift["alarms"]) for label in figures})
    return found
