"""Dupilumab and immunoglobulin levels of typical patients against published and derived numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lekti.engine.doses import Doses

from .conftest import BIRTH, CONSTANT_WEIGHT, YEAR

# Kovalenko 2020 Model 4 (DOI:10.1002/cpdd.780): trough in mg/L before the dose at week 16 and later.
TROUGHS = [
    # weight kg, dose mg, every days, first dose mg, non-White (week 16, steady), White (week 16, steady)
    pytest.param(75, 300, 14, 600, (68, 69), (78, 80), id="adult 300 mg q2w"),
    pytest.param(75, 300, 7, 600, (172, 178), (194, 205), id="adult 300 mg qw"),
    pytest.param(48, 200, 14, 400, (64, 65), (74, 76), id="adolescent 200 mg q2w"),
    pytest.param(23, 300, 28, 600, (77, 75), (92, 90), id="child 23 kg 300 mg q4w"),
    pytest.param(40, 200, 14, 400, (78, 79), (89, 92), id="child 40 kg 200 mg q2w"),
    pytest.param(65, 300, 14, 600, (79, 80), (90, 93), id="child 65 kg 300 mg q2w"),
    pytest.param(11, 200, 28, 200, (91, 96), (108, 116), id="preschool 11 kg 200 mg q4w, no load"),
    pytest.param(18, 300, 28, 300, (92, 96), (108, 116), id="preschool 18 kg 300 mg q4w, no load"),
]


@pytest.mark.parametrize("white", [0, 1], ids=["non-White", "White"])
@pytest.mark.parametrize(("weight", "dose", "every", "first", "other", "white_levels"), TROUGHS)
def test_dupilumab_troughs_lie_within_3_percent(live, weight, dose, every, first, other, white_levels, white):
    start = BIRTH + 10 * YEAR
    times = start + np.arange(0, 392, every)
    amounts = np.where(times == start, first, dose)
    doses = Doses(patient=0, time=times, target="dupilumab_depot", amount=amounts)
    ages = np.array([start + 112, start + 364]) - BIRTH
    run = live(ages, ["dupilumab"], doses, weight_0=weight, white=white, **CONSTANT_WEIGHT)
    expected = white_levels if white else other
    assert run["dupilumab"][0] == pytest.approx(expected, rel=0.03)


def infusions(weight_kg: float, *, start: float, count: int, grams_per_kg: float = 0.5) -> Doses:
    return Doses(
        patient=0,
        time=start + 28.0 * np.arange(count),
        target="igg_central",
        amount=grams_per_kg * weight_kg,
    )


def test_immunoglobulin_trough_peak_and_mean_match_the_typical_child_of_18_6_kg(live):
    """Cheng 2025 (DOI:10.1002/bcp.70420), 500 mg/kg every 4 weeks; IM-D006: 11.3, 2.91 and 1.51 g/L."""
    start = BIRTH + 5 * YEAR
    last = start + 28.0 * 19
    doses = infusions(18.6, start=start, count=20)
    grid = np.concatenate([[last], last + np.linspace(1e-6, 28.0, 2000)]) - BIRTH
    run = live(grid, ["igg_given", "igg"], doses, weight_0=18.6, igg_age_share=0.0, **CONSTANT_WEIGHT)
    given = run["igg_given"][0]
    assert given[0] == pytest.approx(1.51, rel=0.03)
    assert given[1] == pytest.approx(11.3, rel=0.03)
    assert np.trapezoid(given[1:], grid[1:]) / 28.0 == pytest.approx(2.91, rel=0.03)
    assert run["igg"][0, 0] == pytest.approx(7.2, rel=0.03)


def test_immunoglobulin_half_life_is_20_days_at_18_6_kg(live):
    start = BIRTH + 5 * YEAR
    ages = np.array([start + 60, start + 100]) - BIRTH
    doses = infusions(18.6, start=start, count=1)
    given = live(ages, ["igg_given"], doses, weight_0=18.6, **CONSTANT_WEIGHT)["igg_given"][0]
    assert 40 * math.log(2) / math.log(given[0] / given[1]) == pytest.approx(20.1, rel=0.03)


def test_the_boy_has_the_igg_of_his_age(live):
    """Changchun reference intervals (IM-P058, IM-P061, IM-P065): 2.72-6.62, 3.80-9.08 and 6.17-13.1 g/L."""
    igg = live([5 * 30.4375, 11 * 30.4375, 6 * YEAR], ["igg"])["igg"][0]
    for value, (low, high) in zip(igg, [(2.72, 6.62), (3.80, 9.08), (6.17, 13.1)], strict=True):
        assert low < value < high


def test_weight_follows_the_growth_standards(live):
    """WHO medians of boys at 0, 1, 5.08, 8 and 10 years; CDC at 21 years."""
    ages = [0, 365, 61 * 30.4375, 96 * 30.4375, 120 * 30.4375, 7670]
    weights = live(ages, ["weight_median"])["weight_median"][0]
    assert weights == pytest.approx([3.3464, 9.646, 18.5057, 25.4163, 31.1586, 70.5976], rel=0.035)


def test_without_a_dose_there_is_no_drug(live):
    run = live([0, YEAR], ["dupilumab", "igg_given", "blockade"])
    assert np.all(run.values == 0)
