"""What each classifier answers to a list of texts; a rival's answers are kept, as the slowest takes minutes.

Kept are bare numbers under the digest of their text, never a text, so that only new texts are asked. Not here: starting
a classifier (`rivals`), what the scores are good for (`quality`).
"""

import hashlib
import json
from pathlib import Path

from benchmarks.rivals import PLAIN_TFIDF, SHIPPED, Entrant, run
from benchmarks.servers import ROOT

KEPT = ROOT / "build" / "bench" / "rivals"

Answers = dict[str, list[float]]


def answers(entrant: Entrant, texts: list[str], baseline: str) -> Answers:
    """Scores by label in the order of the texts. `baseline` tells one trained baseline from another."""
    if entrant == SHIPPED:
        return _asked(entrant, texts)
    file = KEPT / f"{entrant.key}-{_version(entrant, baseline)}.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    marks = [_digest(text.encode("utf-8", "surrogatepass")) for text in texts]
    fresh = {mark: text for mark, text in zip(marks, texts, strict=True) if mark not in kept}
    if fresh:
        found = _asked(entrant, list(fresh.values()))
        kept |= {mark: [found[label][row] for label in entrant.labels] for row, mark in enumerate(fresh)}
        _keep(file, json.dumps(kept))
    return {label: [kept[mark][column] for mark in marks] for column, label in enumerate(entrant.labels)}


def _version(entrant: Entrant, baseline: str) -> str:
    pins = (ROOT / "requirements" / "rivals.txt").read_bytes()
    return _digest(baseline.encode() if entrant == PLAIN_TFIDF else pins)


def _digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:16]


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def _asked(entrant: Entrant, texts: list[str]) -> Answers:
    found: Answers = run(entrant, {"score": texts})["scores"]
    return found
