"""Does each site get its own model, swapped within seconds, and the installation's where its own cannot be used?"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier.pipeline import SHIPPED
from classifier.registry import POINTER, Registry
from comments_service.scoring import Text, watched
from comments_service.scoring.live_model import LiveModel
from comments_service.scoring.places import models_of
from tests.comments_service.scoring.corrections import base_digest, write_correction

PLAIN = "The ferry leaves at nine."


@pytest.fixture
def live(tmp_path: Path) -> LiveModel:
    return LiveModel(tmp_path / "models")


@pytest.fixture
def site(tmp_path: Path) -> Registry:
    return Registry(models_of(tmp_path / "models", "news"))


@pytest.fixture
def made(tmp_path: Path, site: Registry) -> Callable[..., str]:
    """Adds a correction with these shifts to the site's registry; gives its version."""
    counter = iter(range(100))

    def make(base: str = "", **shifts: float) -> str:
        return site.add(write_correction(tmp_path / f"candidate-{next(counter)}", base, **shifts))

    return make


@pytest.fixture(autouse=True)
def _every_look_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between two looks at a pointer."""
    monkeypatch.setattr(watched, "LOOK_EVERY_S", 0.0)


def spam_of(live: LiveModel, site: str) -> float:
    (scored,) = live.score([Text(PLAIN, site=site)])
    return scored.scores["spam"]


def test_a_promoted_correction_scores_its_own_site_only_and_goes_with_rollback(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    before = spam_of(live, "news")
    site.promote(made(spam=12.0))
    news, other = live.score([Text(PLAIN, site="news"), Text(PLAIN, site="other")])
    assert news.scores["spam"] > 0.9
    assert other.scores["spam"] == before
    assert news.model.startswith(site.pointer().current or "")
    assert other.model == live.digest == base_digest()
    site.rollback()
    assert spam_of(live, "news") == before


def test_texts_of_many_sites_come_back_in_their_order(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    site.promote(made(spam=12.0))
    keys = ["news", "other", "", "news", "third", "news"]
    scored = live.score([Text(PLAIN, site=key) for key in keys])
    assert [one.scores["spam"] > 0.9 for one in scored] == [key == "news" for key in keys]


def test_a_damaged_candidate_never_replaces_what_works(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    good, bad = made(spam=12.0), made(spam=13.0)
    site.promote(good)
    assert spam_of(live, "news") > 0.9
    site.promote(bad)
    (site.path(bad) / "intercepts.npy").write_bytes(b"half of it")
    digest, trouble = live.of_site("news")
    assert digest.startswith(good)
    assert "intercepts.npy" in trouble
    site.promote(made(spam=11.0))
    assert live.of_site("news")[1] == ""


def test_a_damaged_pointer_leaves_what_works(
    live: LiveModel, site: Registry, made: Callable[..., str], tmp_path: Path
) -> None:
    site.promote(made(spam=12.0))
    assert spam_of(live, "news") > 0.9
    (models_of(tmp_path / "models", "news") / POINTER).write_text("{")
    digest, trouble = live.of_site("news")
    assert digest.startswith(site.versions()[0])
    assert "damaged" in trouble


def test_a_correction_of_another_base_falls_back_to_the_base_and_says_so(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    site.promote(made(base="f" * 64, spam=12.0))
    digest, trouble = live.of_site("news")
    assert digest == base_digest()
    assert "retrain" in trouble
    assert spam_of(live, "news") < 0.5


def test_a_new_base_takes_the_corrections_of_the_former_out_of_use(
    live: LiveModel, site: Registry, made: Callable[..., str], tmp_path: Path
) -> None:
    site.promote(made(spam=12.0))
    assert spam_of(live, "news") > 0.9
    base = Registry(tmp_path / "models")
    base.promote(base.add(write_correction(tmp_path / "whole", toxic=1.0)))
    live.refresh()
    assert spam_of(live, "news") > 0.9, "a correction of a correction lends what lies beneath both"
    base.promote(base.add(_renamed_shipped(tmp_path)))
    live.refresh()
    digest, trouble = live.of_site("news")
    assert digest == live.digest != base_digest()
    assert "retrain" in trouble


def _renamed_shipped(tmp_path: Path) -> Path:
    """The shipped weights under another name: a base of another digest."""
    import json
    import shutil

    from classifier.artifact import manifest_bytes

    folder = Path(shutil.copytree(SHIPPED, tmp_path / "renamed"))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest | {"name": "renamed"}))
    return folder


def test_a_model_on_trial_scores_beside_and_decides_nothing(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    before = spam_of(live, "news")
    assert live.shadow([Text(PLAIN, site="news")]) == [None]
    site.try_beside(made(spam=12.0))
    nobody, tried = live.shadow([Text(PLAIN, site="other"), Text(PLAIN, site="news")])
    assert nobody is None
    assert tried is not None
    assert tried.scores["spam"] > 0.9
    assert spam_of(live, "news") == before
    site.try_beside(None)
    assert live.shadow([Text(PLAIN, site="news")]) == [None]


def test_a_trial_that_cannot_be_loaded_leaves_scoring_alone(
    live: LiveModel, site: Registry, made: Callable[..., str]
) -> None:
    version = made(spam=12.0)
    site.try_beside(version)
    os.truncate(site.path(version) / "signals.npy", 3)
    assert live.shadow([Text(PLAIN, site="news")]) == [None]
    digest, trouble = live.of_site("news")
    assert digest == base_digest()
    assert "signals.npy" in trouble


def test_more_sites_than_are_kept_in_memory_are_still_scored_each_by_its_own(
    live: LiveModel, site: Registry, made: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from comments_service.scoring import live_model

    monkeypatch.setattr(live_model, "MOST_SITES", 2)
    site.promote(made(spam=12.0))
    for key in ("news", "a", "b", "c", "news"):
        assert (spam_of(live, key) > 0.9) == (key == "news")
