"""The model's card: a page for people, made from the manifest and the evaluation, never written by hand.

Here: the order of its parts and their tables. Not here: the sentences about limits (`card_limits`), any figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from classifier.prediction import LABELS
from classifier.training.card_limits import LIMITS

Figures = Mapping[str, Any]

_BAR = 20  # characters for a share of one
_WORST_TERMS = 12


def card_of(manifest: dict[str, Any], digest: str, figures: dict[str, Any]) -> str:
    """The card as Markdown."""
    parts = [
        *_head(manifest, digest, figures["speed"]),
        "## In short\n",
        _short(figures),
        "## Limits\n\n" + LIMITS,
        "## Sources that it never saw (ROC-AUC)\n",
        "These sets may not be shipped in a model; they serve as tests only. judol-mixed advertises the same brands as "
        "a set of the training, so it is unseen by row and not by kind.\n",
        _areas(figures["unseen_sources"]),
        *_left_out(figures),
        "## By language (mean ROC-AUC)\n",
        "On rows kept out of training, and on whole sources that it never saw.\n",
        _languages(figures["languages"]),
        "## Harmless comments that would be flagged\n",
        "Share of comments marked harmless by annotators (or published by their site) at two thresholds.\n",
        _false_positives(figures["false_positives"]),
        *_fairness(figures),
        "## Abilities\n",
        "Written cases at a threshold of 0.5, function by function (functional.md says what each asks).\n",
        _functions(figures["functions"]),
        *_evasions(figures),
        *_reliability(figures["reliability"]),
        "## Within a source (ROC-AUC on rows kept out of training, near-duplicates kept together)\n",
        _areas(figures["within_source"]),
        "## Data and licences\n",
        _data(manifest["data"]),
    ]
    return "\n".join(parts)


def _head(manifest: dict[str, Any], digest: str, speed: Mapping[str, float]) -> list[str]:
    size = sum(file["bytes"] for file in manifest["files"].values()) / 2**20
    return [
        f"# Model card: {manifest['name']}\n",
        "Made by `comment-classifier evaluate --card`; do not edit.\n",
        f"Digest `{digest}`, {size:.1f} MiB, features version {manifest['features']['version']}, "
        f"{manifest['features']['buckets']} weights a label. Linear: hashed character 2-5-grams and word 1-2-grams and "
        f"{len(manifest['features']['signals'])} signals, one logistic regression a label. Weights were fitted to "
        "eight tenths of the rows and calibrated on one; figures on rows kept out of training are of the last.\n",
        f"Processor time a comment of 160 characters: {speed['microseconds_single']} µs alone, "
        f"{speed['microseconds_in_batches_of_64']} µs in batches of 64 (varies with the machine).\n",
        "Scores are calibrated to assumed base rates: "
        + ", ".join(f"{label} {manifest['recipe']['assumed_rates'][label]}" for label in LABELS)
        + ".\n",
    ]


def _short(figures: Figures) -> str:
    rows = []
    for label in LABELS:
        kept, unseen = (
            [entry["auc"] for entry in figures[part].get(label, {}).values()]
            for part in ("within_source", "unseen_sources")
        )
        rows.append((label, _mean(kept), len(kept), _mean(unseen), len(unseen), figures["reliability"][label]["error"]))
    head = ("label", "AUC within", "sources", "AUC on unseen sources", "sources", "calibration error")
    frozen, evasion = figures["frozen"], figures["evasion"]
    shares = {name: _percent(frozen[name]) for name in ("benign_flagged", "spam_missed", "abuse_missed")}
    return _table(head, rows) + (
        f"\nFrozen set of clear cases: spam AUC {frozen['spam_auc']}, toxic AUC {frozen['toxic_auc']}; of the harmless "
        f"{shares['benign_flagged']} flagged, of clear spam {shares['spam_missed']} and of clear abuse "
        f"{shares['abuse_missed']} missed. Detection kept under disguise: toxic {evasion['toxic']}, spam "
        f"{evasion['spam']} (written texts).\n"
    )


def _left_out(figures: Figures) -> list[str]:
    if "leave_source_out" not in figures:
        return []
    parts = [
        "## Trained without a source, tested on it (ROC-AUC)\n",
        "The honest figure for a new site, on smaller trainings (1,000 rows a source for spam, 500 for toxic). "
        "Plain: hashed character 3-5-grams and word 1-2-grams and a logistic regression on the same rows.\n",
    ]
    for label, sources in figures["leave_source_out"].items():
        rows: list[tuple[Any, ...]] = [
            (name, e["auc"], e["plain_auc"], int(e["rows"])) for name, e in sorted(sources.items())
        ]
        ours, plain = (mean(1 - entry[key] for entry in sources.values()) for key in ("auc", "plain_auc"))
        rows.append(("**mean**", round(1 - ours, 4), round(1 - plain, 4), ""))
        parts += [
            f"### {label}\n",
            _table(("source", "AUC", "plain", "rows"), rows),
            f"Error (1 - AUC) beside the plain model: {ours / plain - 1:+.0%}.\n",
        ]
    return parts


def _fairness(figures: Figures) -> list[str]:
    identity = figures["identity"]
    names = ("subgroup_auc", "bpsn_auc", "bnsp_auc")
    worst = sorted(figures["identity_terms"].items(), key=lambda item: item[1]["bpsn_auc"])[:_WORST_TERMS]
    head = ("term", "subgroup", "BPSN", "BNSP", "harmless flagged")
    return [
        "## People who are merely named\n",
        "Areas of Borkan et al. 2019 on written sentences: subgroup (abuse against fair sentences that name the term), "
        "BPSN (fair ones that name it against other abuse; low = the name alone raises the score), BNSP (abuse that "
        "names it against other fair ones; low = abuse of this group is overlooked).\n",
        _table(("area", "mean", "worst"), [(name, identity[name]["mean"], identity[name]["worst"]) for name in names]),
        f"Harmless sentences flagged with a term less without one: {100 * identity['fpr_gap']:+.2f} points. "
        f"The {_WORST_TERMS} terms with the lowest BPSN:\n",
        _table(head, [(term, *(e[n] for n in names), _percent(e["false_positives"])) for term, e in worst]),
        "Real English rows, kept out or unseen, that mention a term:\n",
        _table(
            (*head, "rows"),
            [
                (term, *(e[n] for n in names), _percent(e["false_positives"]), int(e["rows"]))
                for term, e in sorted(figures["mentions"].items())
            ],
        ),
    ]


def _functions(functions: Mapping[str, Mapping[str, int]]) -> str:
    rows = [(name, f"{entry['passed']} of {entry['cases']}") for name, entry in functions.items()]
    passed, cases = (sum(entry[key] for entry in functions.values()) for key in ("passed", "cases"))
    return _table(("function", "passed"), [*rows, ("**all**", f"{passed} of {cases}")])


def _evasions(figures: Figures) -> list[str]:
    toxic, spam = figures["evasion_on_data"]["toxic"], figures["evasion_on_data"]["spam"]
    rows = [(kind, toxic[kind], spam.get(kind, "")) for kind in toxic]
    rows.append(("**mean**", _mean(list(toxic.values())), _mean(list(spam.values()))))
    return [
        "## Disguises\n",
        "Share of caught English comments, from rows kept out of training or unseen, that are still caught when every "
        "word is disguised.\n",
        _table(("disguise", "toxic", "spam"), rows),
    ]


def _reliability(reliability: Mapping[str, Any]) -> list[str]:
    parts = [
        "## Calibration\n",
        "What was seen where a score was said, on rows kept out of training, each source brought to the assumed base "
        "rate. `█` is what was seen, `|` where it should end.\n",
    ]
    for label in LABELS:
        rows = [
            (b["said"], b["seen"], b["rows"], f"`{_bar(b['seen'], b['said'])}`") for b in reliability[label]["bins"]
        ]
        parts += [f"### {label}\n", _table(("said", "seen", "rows", ""), rows)]
    return parts


def _bar(seen: float, said: float) -> str:
    cells = ["█" if at < round(seen * _BAR) else "·" for at in range(_BAR + 1)]
    cells[round(said * _BAR)] = "|"
    return "".join(cells)


def _areas(by_label: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    rows = [
        (label, source, entry["auc"], int(entry["rows"]), f"{100 * entry['positive']:.1f} %")
        for label in LABELS
        for source, entry in sorted(by_label.get(label, {}).items())
    ]
    return _table(("label", "source", "AUC", "rows", "positive"), rows)


def _languages(languages: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    cells = [(label, kind) for label in ("spam", "toxic") for kind in ("kept_out", "unseen")]
    rows = [
        (language, *(areas.get(label, {}).get(kind, "") for label, kind in cells))
        for language, areas in languages.items()
    ]
    return _table(("language", "spam, kept out", "spam, unseen", "toxic, kept out", "toxic, unseen"), rows)


def _false_positives(by_label: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    rows = [
        (label, source, int(entry["rows"]), _percent(entry["0.5"]), _percent(entry["0.8"]))
        for label, sources in by_label.items()
        for source, entry in sorted(sources.items())
    ]
    return _table(("label", "source", "rows", "at 0.5", "at 0.8"), rows)


def _data(listed: Sequence[Mapping[str, Any]]) -> str:
    rows = [(d["source"], d["origin"], d["licence"], d["rows"], ", ".join(d["labels"])) for d in listed]
    return _table(("source", "origin", "licence", "rows used", "labels"), rows)


def _mean(values: Sequence[float]) -> float | str:
    return round(mean(values), 4) if values else ""


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _table(head: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
