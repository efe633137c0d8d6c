"""The posterior step says what it knows: its ranks are uniform, and nothing makes it much too sure."""

from __future__ import annotations

import numpy as np
import pytest

from verification.figures import told
from verification.posterior_step import FEW, GAPS, HALF, MANY, TWICE, WHOLE, Problem, ranks_of
from verification.reduced_skin import names

# The limits of the page; the chance of uniform ranks is shared by the 15 parameters (Bonferroni).
LEAST_CHANCE = 0.01
HALF_HOLDS = (0.45, 0.56)
MOST_HOLDS = (0.87, 0.94)
ERROR_OVER_SD = (0.90, 1.05)
OFFSET_SDS = 0.10
TOO_SURE = 1.07
LEAST_HELD = 0.87
TOO_SURE_WITH_GAPS = 1.15
LEAST_HELD_WITH_GAPS = 0.84

pytestmark = pytest.mark.slow


def test_ranks_of_the_truth_are_uniform_and_intervals_hold_it():
    found = ranks_of(HALF, repeats=1000)
    half, most = found.coverage(0.5), found.coverage(0.9)
    assert found.uniformity.min() * len(names()) > LEAST_CHANCE
    assert (half > HALF_HOLDS[0]).all() and (half < HALF_HOLDS[1]).all()
    assert (most > MOST_HOLDS[0]).all() and (most < MOST_HOLDS[1]).all()
    assert (found.confidence > ERROR_OVER_SD[0]).all() and (found.confidence < ERROR_OVER_SD[1]).all()
    assert (np.abs(found.bias) < OFFSET_SDS).all()
    assert 100 * most.min() == pytest.approx(told("sbc_least"), abs=1.0)
    assert 100 * most.max() == pytest.approx(told("sbc_most"), abs=1.0)
    assert found.confidence.max() == pytest.approx(told("sbc_error"), abs=0.03)


@pytest.mark.parametrize("problem", [WHOLE, TWICE, FEW, MANY], ids=lambda one: one.id)
def test_what_is_harder_does_not_make_it_too_sure(problem: Problem):
    found = ranks_of(problem, repeats=400)
    shown = len(names())
    assert (found.coverage(0.9)[:shown] > LEAST_HELD).all()
    assert (found.confidence[:shown] < TOO_SURE).all()
    assert found.coverage(0.9).mean() == pytest.approx(0.9, abs=0.04)


def test_where_half_of_the_sets_are_not_plausible_it_is_a_little_too_sure():
    found = ranks_of(GAPS, repeats=400)
    assert (found.coverage(0.9) > LEAST_HELD_WITH_GAPS).all()
    assert (found.confidence < TOO_SURE_WITH_GAPS).all()
    assert found.confidence.max() == pytest.approx(told("sbc_gaps"), abs=0.03)


def test_an_idle_parameter_keeps_its_prior():
    found = ranks_of(MANY, repeats=100)
    assert found.spread_left[len(names()) :].mean() == pytest.approx(1.0, abs=0.03)
