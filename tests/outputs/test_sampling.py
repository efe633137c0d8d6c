"""How sure so many virtual patients are of where an interval begins."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from lekti.outputs.sampling import sampling_of
from lekti.population.share import share_range

YEAR = 365.25


def steps(*credibilities: float) -> tuple[tuple[float, float, float, float, float], ...]:
    return tuple((place * YEAR, value, 0.1, 0.05, 0.5) for place, value in enumerate(credibilities))


def test_few_patients_leave_a_value_near_the_edge_open():
    found = sampling_of(steps(0.0, 0.08, 0.12, 0.5), 50)
    assert (found.possible_from, found.certain_from) == (0.0, 3 * YEAR)


def test_many_patients_tell():
    found = sampling_of(steps(0.0, 0.08, 0.12, 0.5), 10_000)
    assert (found.possible_from, found.certain_from) == (2 * YEAR, 2 * YEAR)


def test_far_outside_is_certain_even_with_few():
    found = sampling_of(steps(0.0, 0.0), 200)
    assert (found.possible_from, found.certain_from) == (None, None)


@pytest.mark.parametrize(("true", "patients"), [(0.05, 50), (0.05, 400), (0.2, 30)])
def test_the_range_of_a_share_holds_the_truth_about_95_times_of_100(true, patients):
    counts = np.arange(patients + 1)
    inside = [low <= true <= high for low, high in (share_range(k / patients, patients) for k in counts)]
    assert binom.pmf(counts, patients, true)[inside].sum() == pytest.approx(0.95, abs=0.03)


def test_nobody_says_nothing():
    assert share_range(0.5, 0) == (0.0, 1.0)
