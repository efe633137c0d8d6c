"""Pages made from a run name the model they were made of, and it is the one that ships."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.index_case_page import PAGE as INDEX
from tools.index_case_page import forecasts, page_text
from tools.validation_page import PAGE as VALIDATION

from lekti.patients.library import load_case
from lekti.population.run_case import run_case
from lekti.population.shipped import SHIPPED, model_key, typical_of

IMAGES = Path(INDEX).parents[1] / "images" / "index"


def test_the_page_of_the_index_case_is_of_this_model() -> None:
    assert f"model `{model_key()}`" in INDEX.read_text("utf-8"), "run: python -m tools.index_case_page"


def test_the_validation_is_of_the_calibration_that_ships() -> None:
    typical = typical_of(SHIPPED)
    assert typical is not None
    assert typical.origin in VALIDATION.read_text("utf-8"), "run: python -m tools.validation_page"


def test_every_figure_the_page_shows_is_there() -> None:
    shown = set(re.findall(r"images/index/(\w+\.svg)", INDEX.read_text("utf-8")))
    assert shown == {path.name for path in IMAGES.glob("*.svg")}


@pytest.fixture(scope="module")
def few():
    return run_case(load_case("index"), patients=6, seed=1, until_days=7.5 * 365.25)


def test_the_page_is_written_from_a_run(few) -> None:
    text = page_text(few, INDEX.read_text("utf-8"))
    assert "6 virtual patients" in text
    assert (
        text.count("1,078\u00a0IU/mL before is known too") + text.count("1,078 IU/mL before is known too")
        == 2
    )


def test_both_readings_stand_side_by_side(few) -> None:
    assert forecasts(few).count("Only the disease is known") == 2
