"""The model's card: a page for people, made from the manifest and the evaluation, never written by hand."""

from __future__ import annotations

from typing import Any

from classifier.prediction import LABELS

_LIMITS = """
- **No comments of today's news sites with a spam label were to be had.** The spam score rests on video comments of
  2013-15 and 2024-26, chat groups, e-mail, telephone texts, expanded templates of about 2012, and sentences written for
  this project. Comments from places kept free of adverts were *presumed* to be ham. On a new site expect the figures
  under "sources that it never saw", not those under "within a source".
- **Toxicity is learned from data for English, German, French, Spanish, Italian, Portuguese, Turkish, Arabic, Chinese,
  Korean and (a few hundred rows) Japanese.** In every other language, Russian and Indonesian among them, only a handful
  of sentences written for this project stand behind the score: read it there as "not sure".
- `threat` has about a thousand positive rows and `sexual_explicit` fewer than two hundred, most of them said to a
  chatbot. Use these two to sort a queue, never to reject.
- Scores are calibrated to an assumed base rate (above), not to yours. A site's own decisions should replace it.
- A comment that is little more than a link scores 0.2 to 0.4 as spam, whatever it links to: the words that would tell
  a source from an advert are not there.
- Sarcasm, quotation, reclaimed words and abuse without bad words are often misread. Naming a group can raise the
  toxicity score of a harmless sentence: look at such cases yourself.
- Do not use it to judge persons, to decide without a human where a decision matters, or on texts that are not comments.
"""


def card_of(manifest: dict[str, Any], digest: str, figures: dict[str, Any]) -> str:
    """The card as Markdown."""
    size = sum(file["bytes"] for file in manifest["files"].values()) / 2**20
    speed = figures["speed"]
    parts = [
        f"# Model card: {manifest['name']}\n",
        "Made by `comment-classifier evaluate --card`; do not edit.\n",
        f"Digest `{digest}`, {size:.1f} MiB, features version {manifest['features']['version']}, "
        f"{manifest['features']['buckets']} weights a label. Linear: hashed character 2-5-grams and word 1-2-grams and "
        f"{len(manifest['features']['signals'])} signals, one logistic regression a label, calibrated out of fold.\n",
        f"Processor time a comment of 160 characters: {speed['microseconds_single']} µs alone, "
        f"{speed['microseconds_in_batches_of_64']} µs in batches of 64 (varies with the machine).\n",
        "## Assumed base rates\n",
        _table(("label", "rate"), [(label, manifest["recipe"]["assumed_rates"][label]) for label in LABELS]),
        "## Limits\n" + _LIMITS,
        "## Sources that it never saw (ROC-AUC)\n",
        "These sets may not be shipped in a model; they serve as tests only. judol-mixed advertises the same brands as "
        "a set of the training, so it is unseen by row and not by kind.\n",
        _areas(figures["unseen_sources"]),
    ]
    if "leave_source_out" in figures:
        rows = sorted(figures["leave_source_out"].items())
        parts += ["## Spam: trained without a source, tested on it\n", _table(("source", "AUC"), rows)]
    parts += [
        "## By language, over the unseen sources (mean ROC-AUC)\n",
        _languages(figures["languages"]),
        "## Harmless comments that would be flagged\n",
        "Share of unseen comments marked harmless by annotators (or published by their site) at two thresholds.\n",
        _false_positives(figures["false_positives"]),
        "## Within a source (out-of-fold ROC-AUC, near-duplicates kept together)\n",
        _areas(figures["within_source"]),
        "## Data and licences\n",
        _data(manifest["data"]),
    ]
    return "\n".join(parts)


def _areas(by_label: dict[str, dict[str, dict[str, float]]]) -> str:
    rows = [
        (label, source, entry["auc"], int(entry["rows"]), f"{100 * entry['positive']:.1f} %")
        for label in LABELS
        for source, entry in sorted(by_label.get(label, {}).items())
    ]
    return _table(("label", "source", "AUC", "rows", "positive"), rows)


def _languages(languages: dict[str, dict[str, float]]) -> str:
    rows = [(language, areas.get("spam", ""), areas.get("toxic", "")) for language, areas in languages.items()]
    return _table(("language", "spam", "toxic"), rows)


def _false_positives(by_label: dict[str, dict[str, dict[str, float]]]) -> str:
    rows = [
        (label, source, int(entry["rows"]), f"{100 * entry['0.5']:.1f} %", f"{100 * entry['0.8']:.1f} %")
        for label, sources in by_label.items()
        for source, entry in sorted(sources.items())
    ]
    return _table(("label", "source", "rows", "at 0.5", "at 0.8"), rows)


def _data(listed: list[dict[str, Any]]) -> str:
    rows = [(d["source"], d["origin"], d["licence"], d["rows"], ", ".join(d["labels"])) for d in listed]
    return _table(("source", "origin", "licence", "rows used", "labels"), rows)


def _table(head: tuple[str, ...], rows: list[Any]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
