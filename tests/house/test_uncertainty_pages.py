"""The pages about sensitivity and identifiability hold what a run and the shipped calibration say."""

from __future__ import annotations

import pytest
from tools import identifiability_page, sensitivity_page

from lekti.outputs.identifiability import identifiability
from lekti.population.shipped import TYPICAL_FILE, shipped_folder
from lekti.population.typical import read_typical

FOUND = {
    "case": "index",
    "age_days": 2556.75,
    "trajectories": 4,
    "samples": 64,
    "people": 384,
    "not_followed": 0,
    "seed": 1,
    "screen": {"tewl_healthy": 1.5, "ige_basal": 2.5},
    "answers": [
        {
            "plan": "untreated",
            "readout": "ige",
            "range90": [10.0, 9000.0],
            "indices": [{"factor": "ige_basal", "total": 0.6, "total_half_interval95": 0.1, "alone": 0.5}],
        }
    ],
}


def test_the_page_of_identifiability_is_that_of_the_calibration_that_ships():
    path = shipped_folder() / TYPICAL_FILE
    if not path.is_file():
        pytest.skip("no calibration ships")
    text = identifiability_page.PAGE.read_text("utf-8")
    assert identifiability_page.page_text(text, identifiability(*read_typical(path))) == text


def test_the_page_of_sensitivity_takes_its_numbers_from_a_run():
    page = sensitivity_page.PAGE.read_text("utf-8")
    written = sensitivity_page.page_text(page, FOUND)
    assert "| IgE | untreated | 10 to 9,000 | `ige_basal` | 60" in written
    assert written.index("| `ige_basal` | 2.50 |") < written.index("| `tewl_healthy` | 1.50 |")
    assert sensitivity_page.page_text(written, FOUND) == written
