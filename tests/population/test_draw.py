"""Draws depend on seed, patient and parameter, and follow the prior that the table names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import ModelError
from lekti.model.parameters import Parameter, Prior, load_parameters
from lekti.population.draw import draw_parameters, quantile


def one(prior: str, *numbers: float, value: float = 1.0) -> Parameter:
    return Parameter(
        "p", "m", value, "dimensionless", "", Prior(prior, numbers), "assumed", "-", "-", "a test", "x:1"
    )


def test_the_same_seed_gives_the_same_people():
    first, again = (draw_parameters(load_parameters(), patients=range(5), seed=3) for _ in range(2))
    assert all(np.array_equal(first[name], again[name]) for name in first)


def test_another_seed_or_attempt_gives_other_people():
    base = draw_parameters(load_parameters(), patients=range(5), seed=3)["tewl_healthy"]
    assert not np.any(base == draw_parameters(load_parameters(), patients=range(5), seed=4)["tewl_healthy"])
    other = draw_parameters(load_parameters(), patients=range(5), seed=3, attempt=1)
    assert not np.any(base == other["tewl_healthy"])


@given(st.permutations(range(6)), st.integers(0, 5))
def test_a_person_does_not_depend_on_who_else_is_drawn(order, who):
    parameters = [parameter for parameter in load_parameters() if parameter.module == "dupilumab"]
    many = draw_parameters(parameters, patients=list(order), seed=1)
    alone = draw_parameters(parameters, patients=[who], seed=1)
    for name in alone:
        assert alone[name][0] == many[name][list(order).index(who)]


def test_a_new_parameter_leaves_the_other_draws_alone():
    parameters = load_parameters()
    without = draw_parameters([one for one in parameters if one.module != "itch"], patients=range(3), seed=1)
    everything = draw_parameters(parameters, patients=range(3), seed=1)
    assert all(np.array_equal(without[name], everything[name]) for name in without)


def test_fixed_numbers_are_not_drawn():
    drawn = draw_parameters(load_parameters(), patients=range(2), seed=1)
    assert "dupilumab_km" not in drawn
    assert "lekti_allele_a" not in drawn


def test_volume_and_elimination_of_dupilumab_are_correlated_as_published():
    drawn = draw_parameters(load_parameters(), patients=range(2000), seed=1)
    link = np.corrcoef(np.log(drawn["dupilumab_vc_ref"]), np.log(drawn["dupilumab_ke_ref"]))[0, 1]
    assert link == pytest.approx(-0.45, abs=0.05)
    assert np.log(drawn["dupilumab_ke_ref"]).std() == pytest.approx(0.293, rel=0.06)


SCORES = np.random.default_rng(1).standard_normal(40_000)


def test_a_lognormal_prior_has_the_value_as_median():
    drawn = quantile(one("lognormal", 0.3, value=4.0), SCORES)
    assert np.median(drawn) == pytest.approx(4.0, rel=0.01)
    assert np.log(drawn).std() == pytest.approx(0.3, rel=0.02)


def test_a_beta_prior_has_its_mean_and_spread():
    drawn = quantile(one("beta_sd", 0.1, value=0.5), SCORES)
    assert (drawn.mean(), drawn.std()) == pytest.approx((0.5, 0.1), rel=0.02)


def test_a_complement_never_passes_one():
    drawn = quantile(one("complement", 0.4, value=0.97), SCORES)
    assert drawn.max() < 1
    assert np.median(1 - drawn) == pytest.approx(0.03, rel=0.02)


def test_half_of_the_people_have_none_of_an_unknown_effect():
    drawn = quantile(one("half_zero", 0.3, value=0.0), SCORES)
    assert np.mean(drawn == 0) == pytest.approx(0.5, abs=0.01)
    assert drawn.max() <= 0.3


def test_responders_are_full_or_partial():
    drawn = quantile(one("responder", 0.8, 0.1, 0.6), SCORES)
    assert np.mean(drawn == 1) == pytest.approx(0.8, abs=0.01)
    assert np.all((drawn == 1) | ((drawn >= 0.1) & (drawn <= 0.6)))


def test_an_unknown_prior_is_refused_by_name():
    with pytest.raises(ModelError, match=r"prior 'gaussian' is not known. x:1"):
        quantile(one("gaussian", 1.0), SCORES)
