"""Plans are told by the same patients, and the difference is taken patient by patient."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from lekti.outputs.layout import LAYOUTS, Layout
from lekti.outputs.plans import compare_plans, difference
from lekti.outputs.plans_figure import plans_figure
from lekti.outputs.svg import Box
from lekti.population.result import Result

EVERY_WIDTH = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def test_without_plans_there_is_nothing_to_compare(result: Result) -> None:
    assert compare_plans(replace(result, plans=None)) is None
    assert compare_plans(result, output="tewl") is None


def test_a_patient_that_failed_under_one_plan_is_left_out_of_all(result: Result) -> None:
    assert result.plans is not None
    broken = result.plans.copy(deep=True)
    broken["ige"][1, 3, :] = np.nan
    found = compare_plans(replace(result, plans=broken))
    assert found is not None
    assert {len(plan.values) for plan in found.plans} == {59}


def test_nobody_solved_is_nothing_to_compare(result: Result) -> None:
    assert result.plans is not None
    assert compare_plans(replace(result, plans=result.plans * np.nan)) is None


def test_the_difference_and_the_share_are_those_of_the_patients(result: Result) -> None:
    found = compare_plans(result)  # factors 12, 5 and 1 for every patient
    assert found is not None
    told = difference(found)
    assert told.ratio == pytest.approx((0.2, 0.2, 0.2))
    assert told.lower_of_100 == 100
    assert told.share == pytest.approx((4 / 11, 4 / 11, 4 / 11))


def test_there_is_no_share_of_a_fall_that_did_not_happen(result: Result) -> None:
    assert result.plans is not None
    same = result.plans.copy(deep=True)
    same["ige"][:] = 100.0
    found = compare_plans(replace(result, plans=same))
    assert found is not None
    assert difference(found).share is None


def test_plans_are_compared_one_year_after_the_last_drug(result: Result) -> None:
    found = compare_plans(result)
    assert found is not None
    assert found.since_days == pytest.approx(364, abs=8)
    assert found.observed is not None
    assert found.observed.observed == 55.8


@EVERY_WIDTH
def test_no_label_lies_on_another(result: Result, layout: Layout) -> None:
    found = compare_plans(result)
    assert found is not None
    drawing = plans_figure(found, layout)
    texts = drawing.texts()
    assert not [(a.text, b.text) for a, b in combinations(texts, 2) if a.box.overlaps(b.box)]
    page = Box(0, 0, drawing.width, drawing.height)
    assert not [text.text for text in texts if not text.box.within(page)]


@EVERY_WIDTH
def test_the_figure_names_unit_plans_interval_and_observed_value(result: Result, layout: Layout) -> None:
    found = compare_plans(result)
    assert found is not None
    drawing = plans_figure(found, layout)
    words = [text.text for text in drawing.texts()]
    assert "observed 55.8" in words
    assert any("IU/mL" in word for word in words)
    for name in ("No treatment", "IVIG alone", "IVIG and dupilumab"):
        assert name in words
        assert name in drawing.description
    assert " to " in drawing.description
