"""One classifier in a process of its own, on one core: how long it loads, how quick it is, how large, what it answers.

`rivals` runs this file with the Python of the environment that holds the classifier, so only the standard library is
imported at the top, and nothing of this repository but the classifier itself. A task comes as JSON on standard input:
{"singles": [text], "batches": [[text]], "score": [text]}; the figures leave as JSON on standard output.
"""

import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

Scores = dict[str, list[float]]

CHUNK = 64


@dataclass(frozen=True, slots=True)
class Contestant:
    """`score` gives scores by label in the order of the texts; `files` is what it cannot do without besides Python."""

    score: Callable[[list[str]], Scores]
    files: Path


def _shipped(_: str) -> Contestant:
    from classifier import Submission, load  # noqa: PLC0415 - loading it is what is measured
    from classifier.pipeline import SHIPPED  # noqa: PLC0415

    model = load()

    def score(texts: list[str]) -> Scores:
        predictions = model.predict([Submission(text) for text in texts])
        return {label: [prediction.scores[label] for prediction in predictions] for label in ("toxic", "spam")}

    return Contestant(score, SHIPPED)


def _plain(file: str) -> Contestant:
    path = Path(file)
    features, fitted = pickle.loads(path.read_bytes())

    def score(texts: list[str]) -> Scores:
        matrix = features.transform(texts)
        return {label: model.predict_proba(matrix)[:, 1].tolist() for label, model in fitted.items()}

    return Contestant(score, path)


def _alt_profanity_check(_: str) -> Contestant:
    package = import_module("profanity_check")
    return Contestant(lambda texts: {"toxic": package.predict_prob(texts).tolist()}, _folder(package))


def _better_profanity(_: str) -> Contestant:
    package = import_module("better_profanity")
    package.profanity.load_censor_words()
    return Contestant(_each(package.profanity.contains_profanity), _folder(package))


def _glin_profanity(_: str) -> Contestant:
    package = import_module("glin_profanity")
    return Contestant(_each(package.Filter().is_profane), _folder(package))


def _glin_profanity_all(_: str) -> Contestant:
    package = import_module("glin_profanity")
    return Contestant(_each(package.Filter({"all_languages": True}).is_profane), _folder(package))


CONTESTANTS: dict[str, Callable[[str], Contestant]] = {
    "shipped": _shipped,
    "plain": _plain,
    "alt-profanity-check": _alt_profanity_check,
    "better-profanity": _better_profanity,
    "glin-profanity": _glin_profanity,
    "glin-all": _glin_profanity_all,
}


def _each(is_bad: Callable[[str], bool]) -> Callable[[list[str]], Scores]:
    """A list of words answers yes or no."""
    return lambda texts: {"toxic": [float(is_bad(text)) for text in texts]}


def _folder(package: Any) -> Path:
    return Path(package.__file__).parent


def _measured(name: str, argument: str, task: dict[str, Any]) -> dict[str, Any]:
    begun = time.perf_counter()
    contestant = CONTESTANTS[name](argument)
    # The first answer makes what is made lazily; who starts a worker waits for it as well.
    contestant.score(["The quay is open again."])
    loaded_s = time.perf_counter() - begun
    return {
        "load_s": loaded_s,
        "single_s": [_spent(contestant, [text]) for text in task["singles"]],
        "batch_s": [_spent(contestant, texts) for texts in task["batches"]],
        "scores": _all_scores(contestant, task["score"]),
        "resident_mib": _resident_mib(),
        "size_mib": _size_mib(contestant.files),
    }


def _spent(contestant: Contestant, texts: list[str]) -> float:
    """Seconds of processor time: one thread on one core, and what else the machine does must not count."""
    begun = time.process_time()
    contestant.score(texts)
    return time.process_time() - begun


def _all_scores(contestant: Contestant, texts: list[str]) -> Scores:
    scores: Scores = {}
    for begin in range(0, len(texts), CHUNK):
        for label, values in contestant.score(texts[begin : begin + CHUNK]).items():
            scores.setdefault(label, []).extend(values)
    return scores


def _resident_mib() -> float:
    """Memory of this process now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _size_mib(files: Path) -> float:
    found = [files] if files.is_file() else [f for f in files.rglob("*") if f.is_file() and f.suffix != ".pyc"]
    return sum(file.stat().st_size for file in found) / 2**20


def _keep_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere the environment's thread counts must do
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


if __name__ == "__main__":
    _keep_to_one_core()
    sys.stdout.write(json.dumps(_measured(sys.argv[1], sys.argv[2], json.load(sys.stdin))))
