"""The models of the moment: one for the installation, and a correction of it for each site that has its own.

Loads them when first asked, watches their pointers and swaps within seconds. A site whose correction cannot be used
is scored by the installation's model, and `trouble` says so; with no model at all, asking raises ScorerUnavailable.
"""

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from classifier import Model, Prediction, Submission, load
from classifier.registry import Registry
from comments_service.scoring.places import models_of
from comments_service.scoring.protocol import Scored, ScorerUnavailable, Text
from comments_service.scoring.watched import Watched

MOST_SITES = 64  # corrections kept in memory, 1 MiB each; the one that was not asked for longest goes

log = logging.getLogger(__name__)


class LiveModel:
    """A Scorer over the artifacts that the pointers below `models_dir` name, or over the one that ships (None)."""

    def __init__(self, models_dir: Path | None) -> None:
        self._models_dir = models_dir
        self._base = Watched(Registry(models_dir) if models_dir else None, load)
        self._sites: OrderedDict[str, Watched] = OrderedDict()
        self._sites_base: Model | None = None

    @property
    def digest(self) -> str | None:
        """Digest of the installation's model; None while there is none."""
        return self._base.current.model.digest if self._base.current.model else None

    def score(self, texts: Sequence[Text]) -> list[Scored]:
        base = self._fresh()
        scored: dict[int, Scored] = {}
        for site, places in _by_site(texts).items():
            model = self._corrected(site, base)
            scored |= zip(places, scored_by(model, [texts[place] for place in places]), strict=True)
        return [scored[place] for place in range(len(texts))]

    def shadow(self, texts: Sequence[Text]) -> list[Scored | None]:
        """What the models on trial say; None for texts of sites where none is on trial, or where it failed."""
        base = self._fresh()
        scored: dict[int, Scored] = {}
        for site, places in _by_site(texts).items():
            found = self._site(site, base) or self._base
            model = found.shadow.model or self._base.shadow.model
            said = _tried(model, [texts[place] for place in places]) if model else []
            scored |= zip(places, said, strict=bool(said))
        return [scored.get(place) for place in range(len(texts))]

    def explain(self, text: Text) -> Scored:
        """One text with the reasons for every label, however low its score."""
        return _as_scored(self._model_of(text.site).explain(_as_submission(text)))

    def learned(self, site: str) -> dict[str, frozenset[str]]:
        """By label, the languages that the site's model has learned. Raises ScorerUnavailable."""
        model = self._model_of(site)
        return {label: model.learned(label) for label in model.labels}

    def of_site(self, site: str) -> tuple[str, str]:
        """Digest of the model that scores `site`, and what hinders another that is meant to ("" if nothing)."""
        base = self._fresh()
        found = self._site(site, base)
        if found is None:
            return base.digest, self._base.current.trouble
        model = found.current.model or base
        return model.digest, found.current.trouble or found.shadow.trouble

    def refresh(self) -> None:
        """Look at the installation's pointer now and load what it names, if that is new and works."""
        self._base.look(at_once=True)

    def _model_of(self, site: str) -> Model:
        return self._corrected(site, self._fresh())

    def _corrected(self, site: str, base: Model) -> Model:
        """The site's own model where it has one that works, else `base`."""
        found = self._site(site, base)
        return (found.current.model if found else None) or base

    def _fresh(self) -> Model:
        self._base.look()
        model = self._base.current.model
        if model is None:
            raise ScorerUnavailable(f"{self._base.current.trouble} (`comments-service doctor` checks it)")
        return model

    def _site(self, key: str, base: Model) -> Watched | None:
        """The site's models, looked at; None where sites have none of their own."""
        if self._models_dir is None or not key:
            return None
        if self._sites_base is not base:
            # Corrections of another base mean nothing now; each is loaded anew and refused if it does not fit.
            self._sites.clear()
            self._sites_base = base
        if key not in self._sites:
            self._sites[key] = Watched(Registry(models_of(self._models_dir, key)), lambda: base, base)
            while len(self._sites) > MOST_SITES:
                self._sites.popitem(last=False)
        self._sites.move_to_end(key)
        found = self._sites[key]
        found.look()
        return found


def _by_site(texts: Iterable[Text]) -> dict[str, list[int]]:
    """Places in `texts` by site: a batch goes to each model as one."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[text.site].append(place)
    return places


def scored_by(model: Model, texts: Iterable[Text]) -> list[Scored]:
    """What one model says of texts, whosever they are."""
    return [_as_scored(prediction) for prediction in model.predict([_as_submission(text) for text in texts])]


def _as_submission(text: Text) -> Submission:
    return Submission(text.text, text.name, text.website, text.title, text.parent)


def _tried(model: Model, texts: Sequence[Text]) -> list[Scored]:
    try:
        return scored_by(model, texts)
    except Exception as error:  # a trial that goes wrong is the trial's trouble, never the comments'
        log.warning("shadow_failed", extra={"model": model.digest, "trouble": str(error)})
        return []


def _as_scored(prediction: Prediction) -> Scored:
    return Scored(
        scores={label: round(float(value), 4) for label, value in prediction.scores.items()},
        language=prediction.language,
        reasons=[asdict(reason) for reason in prediction.reasons],
        model=prediction.model,
        unsure=prediction.unsure,
    )
