"""A value beside its prediction: dated, undated, and only known as a bound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.patients.case import Between, Exact, Measurement, Unstated, When
from lekti.population.compare import Window, compare, compare_change, credibility, quantiles


def comparison(when: When, observed: float, values: np.ndarray, censoring: str = "none"):
    measurement = Measurement("ige-1", "ige", observed, "IU/mL", when, censoring=censoring)
    ages = np.arange(values.shape[1], dtype=float)
    return compare(measurement, Window(ages, values, when.kind == "exact"))


FALLING = np.linspace(100, 10, 10)[np.newaxis, :] * np.linspace(0.8, 1.2, 41)[:, np.newaxis]


def test_a_dated_value_is_inside_or_outside():
    dated = FALLING[:, :1]
    assert comparison(Exact(0), 100, dated).inside is True
    assert comparison(Exact(0), 50, dated).inside is False
    assert comparison(Exact(0), 100, dated).credibility == ()


@pytest.mark.parametrize("when", [Unstated(), Between(0, 9)])
def test_a_value_without_a_date_has_credibility_by_date_instead(when):
    found = comparison(when, 50, FALLING)
    assert found.inside is None
    assert (found.inside_from, found.inside_until) == (4.0, 5.0)
    best = max(found.credibility, key=lambda entry: entry[1])
    assert best[0] == 5.0


def test_a_value_that_fits_no_date_says_so():
    found = comparison(Unstated(), 1000, FALLING)
    assert (found.inside_from, found.inside_until, found.verdict) == (None, None, "outside at every date")


def test_a_bound_is_inside_when_the_possible_side_is_reached():
    dated = FALLING[:, :1]
    assert comparison(Exact(0), 90, dated, "above").inside is True
    assert comparison(Exact(0), 500, dated, "above").inside is False
    assert comparison(Exact(0), 90, dated, "below").inside is True
    assert comparison(Exact(0), 20, dated, "below").inside is False


def test_patients_without_values_do_not_count():
    spoiled = np.vstack([FALLING, np.full((5, 10), np.nan)])
    assert comparison(Unstated(), 50, spoiled) == comparison(Unstated(), 50, FALLING)


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=50), st.floats(0, 1e4))
def test_credibility_is_a_share(values, observed):
    for censoring in ("none", "above", "below"):
        assert 0 <= credibility(observed, np.array(values), censoring) <= 1


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=50))
def test_the_median_is_most_credible(values):
    spread = np.array(values)
    middle = float(np.sort(spread)[len(spread) // 2])
    assert credibility(middle, spread, "none") >= credibility(float(spread.max()) + 1, spread, "none")


def test_only_patients_near_the_earlier_value_count_for_a_change():
    levels = np.array([10.0, 900.0, 1000.0, 1100.0, 50_000.0])
    falls = np.array([0.9, 0.31, 0.3, 0.29, 0.9])[:, np.newaxis]
    earlier = Measurement("a", "ige", 1000.0, "IU/mL", Between(-5, 0))
    later = Measurement("b", "ige", 300.0, "IU/mL", Exact(3.0))
    before = Window(np.array([0.0]), levels[:, np.newaxis], False)
    found = compare_change(
        earlier, before, later, Window(np.array([3.0]), levels[:, np.newaxis] * falls, True)
    )
    assert found.effective == pytest.approx(3, abs=0.1)
    assert found.credibility[0][2] == pytest.approx(0.3, abs=0.005)
    assert found.verdict == "inside"


def test_with_no_patient_near_the_earlier_value_nothing_is_claimed():
    earlier = Measurement("a", "ige", 1e9, "IU/mL", Between(-5, 0))
    later = Measurement("b", "ige", 300.0, "IU/mL", Exact(3.0))
    level = np.full((5, 1), 1e-9)
    found = compare_change(
        earlier, Window(np.array([0.0]), level, False), later, Window(np.array([3.0]), level, True)
    )
    assert found.effective == 0
    assert found.inside_from is None


@given(st.lists(st.floats(0.1, 1e3), min_size=2, max_size=30), st.floats(0.1, 10))
def test_equal_weights_are_no_weights(values, weight):
    column = np.array(values)[:, np.newaxis]
    assert np.array_equal(quantiles(column, np.full(len(values), weight)), quantiles(column))


def test_weighted_quantiles_of_a_repeated_sample_are_those_of_its_weights():
    values = np.arange(1.0, 101.0)[:, np.newaxis]
    weights = np.where(values[:, 0] <= 50, 1.0, 3.0)
    repeated = np.repeat(values, weights.astype(int), axis=0)
    assert quantiles(values, weights)[:, 0] == pytest.approx(quantiles(repeated)[:, 0], abs=1.0)


def test_a_change_is_relative_to_each_ones_own_level():
    levels = np.linspace(990, 1010, 41)[:, np.newaxis]
    falls = np.linspace(1.0, 0.1, 10)[np.newaxis, :] ** np.linspace(0.8, 1.2, 41)[:, np.newaxis]
    ages = np.arange(10.0)
    earlier = Measurement("a", "ige", 1000.0, "IU/mL", Between(-5, 0))
    later = Measurement("b", "ige", 300.0, "IU/mL", Unstated())
    before = Window(np.array([-2.0, -1.0, 0.0]), np.tile(levels, (1, 3)), False)
    changed = compare_change(earlier, before, later, Window(ages, levels * falls, False))
    flat = compare_change(
        earlier,
        Window(before.ages, np.full((41, 3), 1000.0), False),
        later,
        Window(ages, 1000 * falls, False),
    )
    assert changed.observed == pytest.approx(0.3)
    assert np.allclose(changed.credibility, flat.credibility, atol=0.01)
    assert (changed.inside_from, changed.inside_until) == (7.0, 7.0)


def test_with_no_patient_left_the_prediction_is_not_a_number():
    found = comparison(Unstated(), 50, np.full((5, 10), np.nan))
    assert np.isnan(found.median)
    assert found.verdict == "outside at every date"
