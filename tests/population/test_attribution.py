"""Shapley values add up, are fair, and weigh patients by their earlier level."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.patients.case import Measurement, Unstated
from lekti.population.attribution import attribute, choices, shapley

DRUGS = ("ivig", "dupilumab", "emollient")
AGES = np.array([0.0, 365.0])
EARLIER = Measurement("before", "ige", 1000.0, "IU/mL", Unstated())


def worth(seed: int) -> dict[frozenset[str], np.ndarray]:
    draws = np.random.default_rng(seed)
    return {given: draws.normal(size=5) for given in choices(DRUGS)}


@pytest.mark.parametrize("seed", range(5))
def test_what_the_drugs_add_sums_to_the_whole(seed: int) -> None:
    values = worth(seed)
    parts = sum(shapley(values, DRUGS).values())
    assert np.allclose(parts, values[frozenset(DRUGS)] - values[frozenset()])


def test_a_drug_that_changes_nothing_adds_nothing() -> None:
    values = {given: worth(1)[given - {"emollient"}] for given in choices(DRUGS)}
    assert np.allclose(shapley(values, DRUGS)["emollient"], 0.0)


def test_two_drugs_that_do_the_same_share_alike() -> None:
    values = {given: np.array([float(len(given & {"ivig", "dupilumab"}) > 0)]) for given in choices(DRUGS)}
    parts = shapley(values, DRUGS)
    assert parts["ivig"] == pytest.approx([0.5])
    assert parts["dupilumab"] == pytest.approx([0.5])


def levels(factors: dict[str, float], natural: float, first: np.ndarray) -> dict[frozenset[str], np.ndarray]:
    return {
        given: np.stack([first, first * natural * np.prod([factors[drug] for drug in given])], axis=1)
        for given in choices(tuple(factors))
    }


def told(first: np.ndarray, factors: dict[str, float]):
    return attribute(
        levels(factors, 1.2, first),
        AGES,
        drugs=tuple(factors),
        between=(0.0, 365.0),
        earlier=EARLIER,
        reading="",
    )


def test_factors_that_multiply_come_back_as_they_are() -> None:
    found = told(np.array([800.0, 1000.0, 1200.0]), {"ivig": 0.8, "dupilumab": 0.2})
    assert found.factors["ivig"] == pytest.approx((0.8, 0.8, 0.8))
    assert found.factors["dupilumab"] == pytest.approx((0.2, 0.2, 0.2))
    assert found.without == pytest.approx((1.2, 1.2, 1.2))
    assert found.change == pytest.approx((0.192, 0.192, 0.192))
    assert found.shares["ivig"][0] == pytest.approx(np.log(0.8) / np.log(0.16))


def test_patients_far_from_the_earlier_value_do_not_count() -> None:
    near = told(np.array([1000.0, 1000.0]), {"ivig": 0.5})
    with_far = told(np.array([1000.0, 1000.0, 1.0e6, 3.0]), {"ivig": 0.5})
    assert with_far.effective == pytest.approx(near.effective)


def test_one_who_was_not_solved_is_left_out() -> None:
    found = told(np.array([1000.0, np.nan]), {"ivig": 0.5})
    assert found.effective == pytest.approx(1.0)
    assert found.factors["ivig"] == pytest.approx((0.5, 0.5, 0.5))
