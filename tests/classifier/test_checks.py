"""The written tests of a model: that they ask what they say, stay apart from training, and can tell good from bad."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from classifier import LABELS, Submission, load
from classifier.text import normalise
from classifier.training import checks
from classifier.training.checks.frozen_abuse import ABUSE
from classifier.training.checks.frozen_harmless import HARMLESS
from classifier.training.checks.frozen_spam import spam
from classifier.training.checks.functional import cases
from classifier.training.checks.identity_terms import TERMS
from classifier.training.recipes.written import written
from tests.classifier.test_command_line import classifier

TOXIC, SPAM = LABELS.index("toxic"), LABELS.index("spam")
Scores = NDArray[np.float64]


def always(value: float) -> checks.Scoring:
    return lambda submissions: np.full((len(submissions), len(LABELS)), value)


def by_words(*words: str) -> checks.Scoring:
    """A model that flags every label of a text that holds one of the words, as it stands."""
    pattern = re.compile("|".join(words), re.I)

    def score(submissions: Sequence[Submission]) -> Scores:
        found = [0.9 if pattern.search(submission.text) else 0.1 for submission in submissions]
        return np.repeat(np.array(found)[:, None], len(LABELS), axis=1)

    return score


def knowing(texts: Sequence[str]) -> checks.Scoring:
    """A model that knows these texts by heart, and nothing else."""
    return lambda submissions: np.array([[0.9 if s.text in texts else 0.1] * len(LABELS) for s in submissions])


@pytest.fixture(scope="module")
def shipped() -> checks.Scoring:
    return checks.scoring(load())


def written_texts() -> Iterator[str]:
    yield from (*HARMLESS, *spam(), *ABUSE)
    yield from (case.submission.text for case in cases())
    for terms in TERMS:
        for sentence in (*terms.benign, *terms.abusive):
            yield from (sentence.format(term) for term in (*terms.terms, *terms.neutral))


def bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", normalise(text).text))


def test_no_text_of_the_checks_is_trained_on() -> None:
    trained = {bare(submission.text) for submission in written(1).submissions}
    assert [text for text in written_texts() if bare(text) in trained] == []


def test_the_checks_do_not_repeat_one_another() -> None:
    frozen = [*HARMLESS, *spam(), *ABUSE]
    assert len(set(map(bare, frozen))) == len(frozen)
    assert not set(map(bare, frozen)) & {bare(case.submission.text) for case in cases()}


def test_the_sets_are_as_large_as_promised() -> None:
    functions = {case.function for case in cases()}
    assert len(functions) >= 25
    assert len(cases()) >= 300
    assert len(set(cases())) == len(cases())
    assert (len(HARMLESS) >= 250, len(spam()) >= 120, len(ABUSE) >= 115) == (True, True, True)
    assert sum(len(terms.terms) for terms in TERMS if terms.language == "en") >= 40
    assert {terms.language for terms in TERMS} == {"en", "de", "fr", "es"}
    assert len(checks.EVASIONS) == 20


def test_every_function_is_passed_by_a_model_of_one_answer_or_its_opposite() -> None:
    lenient, severe = checks.functional_figures(always(0.1)), checks.functional_figures(always(0.9))
    for function, figures in lenient.items():
        assert {figures["passed"], severe[function]["passed"]} == {0, figures["cases"]}


def test_wrong_answers_are_those_that_the_figures_count() -> None:
    score = by_words("idiot", "kill", "http")
    figures = checks.functional_figures(score)
    wrong = checks.wrong_answers(score)
    assert len(wrong) == sum(counts["cases"] - counts["passed"] for counts in figures.values())
    assert all((given >= 0.5) != case.flagged for case, given in wrong)


def test_the_frozen_set_tells_a_knowing_model_from_a_blind_and_a_trigger_happy_one() -> None:
    nothing_wrong = {"benign_flagged": 0.0, "spam_missed": 0.0, "abuse_missed": 0.0}
    everything = {"spam_auc": 1.0, "toxic_auc": 1.0} | nothing_wrong
    assert checks.frozen_figures(knowing([*spam(), *ABUSE])) == everything
    blind = {"spam_auc": 0.5, "toxic_auc": 0.5}
    all_missed = {"benign_flagged": 0.0, "spam_missed": 1.0, "abuse_missed": 1.0}
    assert checks.frozen_figures(always(0.1)) == blind | all_missed
    assert checks.frozen_figures(always(0.9)) == blind | nothing_wrong | {"benign_flagged": 1.0}


def test_a_model_that_shrinks_from_a_group_s_name_is_found_out() -> None:
    fair = checks.identity_figures(by_words("disgusting", "stupid", "kill", "filthy", "Abschaum", "mierda"))
    unfair_terms = checks.by_term(by_words("Muslim"))
    unfair = checks.identity_figures(by_words("Muslim", "gay", "Juden", "inmigrantes"))
    assert unfair_terms["en: Muslim"]["bpsn_auc"] < 0.2
    assert unfair_terms["en: Muslim"]["false_positives"] == 1.0
    assert unfair_terms["en: Polish"]["false_positives"] == 0.0
    assert fair["fpr_gap"] == 0.0
    assert isinstance(unfair["fpr_gap"], float)
    assert unfair["fpr_gap"] > 0.03


def test_a_group_whose_abuse_is_overlooked_is_found_out() -> None:
    overlooking = by_words("(?<!Hindu )(idiot|bitch|moron|pig|freak)")
    terms = checks.by_term(overlooking)
    assert terms["en: Hindu"]["bnsp_auc"] < terms["en: Sikh"]["bnsp_auc"] - 0.1


def test_real_rows_that_mention_a_term_are_measured_where_there_are_enough() -> None:
    texts = [f"The {word} neighbours, number {n}" for word in ("gay", "tall") for n in range(40)]
    targets = np.array([float(n % 2) for n in range(80)], dtype=np.float32)
    scores = np.where(np.array(["gay" in text for text in texts]), 0.9, targets * 0.8 + 0.1)
    found = checks.by_mention([*texts, "a deaf man"], np.append(targets, np.float32("nan")), np.append(scores, 0.5))
    assert list(found) == ["en: gay"]
    assert found["en: gay"]["rows"] == 40
    assert found["en: gay"]["false_positives"] == 1.0
    assert (found["en: gay"]["subgroup_auc"], found["en: gay"]["bnsp_auc"]) == (0.5, 1.0)


def test_evasions_fool_a_model_that_reads_letters_only() -> None:
    texts = ["You are a stupid idiot and a moron.", "What a stupid, stupid idiot."]
    kept = checks.kept_shares(by_words("stupid", "idiot", "moron"), texts, "toxic")
    assert kept["mixed case"] == 1.0
    assert kept["zero-width characters"] == kept["full width"] == kept["spaced letters"] == 0.0


def test_keeping_nothing_of_nothing_is_an_error_and_no_figure() -> None:
    with pytest.raises(ValueError, match="none of 1 texts reaches"):
        checks.kept_shares(always(0.1), ["a"], "toxic")


@pytest.mark.parametrize("evasion", checks.EVASIONS)
def test_an_evasion_changes_the_words_and_leaves_addresses_alone(evasion: str) -> None:
    text = "Stupid people should order cheap viagra here http://pills.example.com/a?b=1 today"
    changed = checks.EVASIONS[evasion](text, Random(1))
    assert changed != text
    assert "//pills.example.com/a?b=1" in changed
    assert changed == checks.EVASIONS[evasion](text, Random(1))


def test_the_model_that_ships_keeps_nine_tenths_of_what_it_detects(shipped: checks.Scoring) -> None:
    kept = checks.evasion_figures(shipped)
    assert min(kept.values()) >= 0.9


def test_the_model_that_ships_stands_on_the_frozen_set(shipped: checks.Scoring) -> None:
    figures = checks.frozen_figures(shipped)
    assert min(figures["spam_auc"], figures["toxic_auc"]) > 0.97
    assert figures["benign_flagged"] < 0.06
    assert max(figures["spam_missed"], figures["abuse_missed"]) < 0.3


def test_the_model_that_ships_passes_most_functions(shipped: checks.Scoring) -> None:
    figures = checks.functional_figures(shipped)
    assert sum(f["passed"] for f in figures.values()) > 0.75 * sum(f["cases"] for f in figures.values())
    for function in ("who somebody is", "reported abuse", "sharp criticism", "link to a source"):
        assert figures[function]["passed"] >= 0.8 * figures[function]["cases"], function


def test_check_prints_every_figure_and_the_failures() -> None:
    told = json.loads(classifier("check", "--json", "--failed").stdout)
    assert set(told) == {"functions", "identity", "evasions", "frozen", "failed"}
    wrong = sum(counts["cases"] - counts["passed"] for counts in told["functions"].values())
    assert len(told["failed"]) == wrong
    page = classifier("check", "--failed").stdout
    assert "en: Muslim" in page
    assert "frozen set: spam_missed" in page
    assert all(entry["text"] in page for entry in told["failed"])
