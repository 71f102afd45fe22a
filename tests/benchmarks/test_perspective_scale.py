"""Are recorded scores compared with ours on rows that were kept out of training, and is the plot a picture of it?"""

import json
import xml.etree.ElementTree as ET

import numpy as np

from benchmarks.perspective_plot import drawing
from benchmarks.perspective_scale import compared


def test_scores_of_another_scale_agree_once_they_are_translated() -> None:
    chance = np.random.default_rng(3)
    theirs = chance.beta(1, 4, 4000)
    own = theirs**2 * chance.uniform(0.9, 1.0, 4000)
    figures = compared(own, theirs, (theirs > 0.5).astype(float))
    assert figures["rank_correlation"] > 0.9
    assert figures["difference"]["translated"] < 0.03 < figures["difference"]["own"]
    assert figures["auc_by_people"]["perspective"] == 1
    at_half = figures["thresholds"][0]
    assert at_half["own"] < at_half["perspective"] / 2
    assert abs(at_half["translated"] - at_half["perspective"]) < 0.1 * at_half["perspective"]
    assert at_half["both"] > 0.9 * at_half["perspective"]
    assert json.loads(json.dumps(figures)) == figures


def test_the_plot_has_a_mark_for_each_tenth() -> None:
    rows = [{"rows": 7, "from": low / 10, "mean": 0.5, "tenth": 0.4, "ninetieth": 0.6} for low in range(10)]
    root = ET.fromstring(drawing(rows))
    assert len(root.findall("{http://www.w3.org/2000/svg}circle")) == 10
