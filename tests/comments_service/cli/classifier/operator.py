"""Somebody who types `comments-service classifier …` on the data folder of a newsroom."""

import json
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from classifier.registry import Registry
from comments_service.cli import main
from comments_service.moderation.rescoring import rescore_batch
from comments_service.outbox.claim import claim
from comments_service.scoring.live_model import LiveModel
from comments_service.scoring.places import models_of
from tests.comments_service.scoring.corrections import write_correction
from tests.comments_service.web.newsroom import Newsroom

PASSED = {"gate": {"passed": True, "rows": []}}
STOPPED = {
    "gate": {
        "passed": False,
        "rows": [
            {
                "metric": "frozen set, missed",
                "old": 0.1,
                "new": 0.6,
                "bound": 0.2,
                "n": 495,
                "verdict": "fail",
                "sentence": "The share of clear abuse that is missed is 0.6, was 0.1; that is above 0.2.",
            }
        ],
    }
}


class Operator:
    """Types commands; makes candidates by hand where a test is not about how they are made."""

    def __init__(self, newsroom: Newsroom) -> None:
        settings = newsroom.settings
        self.newsroom = newsroom
        self._env = {"COMMENTS_DATA_DIR": str(settings.data_dir), "COMMENTS_SECRET_KEY": settings.secret_key}

    def type(self, *words: str) -> Result:
        """One command, whatever comes of it."""
        return CliRunner().invoke(main, ["classifier", *words], env=self._env)

    def told(self, *words: str, status: int = 0) -> Any:
        """What a command prints with --json."""
        done = self.type(*words, "--site", "news", "--json")
        assert done.exit_code == status, done.output
        return json.loads(done.stdout)

    def mistake(self, *words: str) -> str:
        """The one line by which a command refuses."""
        done = self.type(*words)
        assert done.exit_code == 1, done.output
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        return done.stderr

    def registry(self, site: str | None = "news") -> Registry:
        return Registry(models_of(self.newsroom.settings.models_dir, site))

    def candidate(self, gate: dict[str, Any] | None = None, base: str = "", **shifts: float) -> str:
        """A version in the site's store whose scores are the base's, moved by `shifts`."""
        manifest = {
            "fitted_at": "2026-11-01T12:00:00+00:00",
            "examples": {"decisions": 200, "distinct": 190, "labels": {"spam": {"for": 60, "against": 140}}},
            **(gate or PASSED),
        }
        with tempfile.TemporaryDirectory() as folder:  # the store keeps a copy
            made = write_correction(Path(folder) / "candidate", base, manifest, **shifts)
            return self.registry().add(made, by="ada", why="made by hand")

    def work_on_rescoring(self) -> int:
        """A worker's round over what is to be rescored; how many rows."""
        newsroom = self.newsroom
        with newsroom.app.app_context():
            with newsroom.runtime.transaction() as session:
                rows = claim(session, "rescore", 1000, 60)
            rescore_batch(newsroom.runtime, LiveModel(newsroom.settings.models_dir), rows)
        return len(rows)
