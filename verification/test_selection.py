"""Selection by the ratio of two densities finds a known population again."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.population.select import Spread
from verification.figures import told
from verification.selection import EVERY, FEW, NARROW, ONE, TWO, Known, plausible, recover

# The limits of the page. A readout that is selected together with another one is found less exactly.
MEAN_ALONE, SD_ALONE, DISTANCE_ALONE = 0.03, 0.05, 0.06
MEAN_BESIDE, SD_BESIDE, DISTANCE_BESIDE = 0.10, 0.12, 0.08

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("known", [ONE, NARROW, FEW], ids=lambda one: one.id)
def test_a_population_of_one_readout_is_found_again(known: Known):
    found = recover(known, repeats=100)
    assert abs(found.mean_ratio.mean() - 1) < MEAN_ALONE
    assert abs(found.sd_ratio.mean() - 1) < SD_ALONE
    assert found.distance.mean() < DISTANCE_ALONE


def test_two_readouts_together_are_found_less_exactly():
    found = recover(TWO, repeats=100)
    assert (np.abs(found.mean_ratio.mean(axis=0) - 1) < MEAN_BESIDE).all()
    assert (np.abs(found.sd_ratio.mean(axis=0) - 1) < SD_BESIDE).all()
    assert (found.distance.mean(axis=0) < DISTANCE_BESIDE).all()


def test_the_figures_of_the_report_are_those_measured():
    found = [recover(one, repeats=100) for one in EVERY]
    alone = max(float(one.distance.mean()) for one in found if one.distance.shape[1] == 1)
    beside = float(found[EVERY.index(TWO)].distance.mean(axis=0).max())
    assert alone == pytest.approx(told("selection_alone"), abs=0.005)
    assert beside == pytest.approx(told("selection_beside"), abs=0.005)


def test_without_selection_the_population_is_far_off():
    values = plausible(2000, np.random.default_rng(1))[:, :1]
    for spread in (*ONE.spreads, *NARROW.spreads):
        mean, sd = spread.logs
        assert (
            abs(np.log(values).std() / sd - 1) > SD_BESIDE or abs(np.log(values).mean() - mean) > MEAN_BESIDE
        )


def test_another_population_is_not_found_by_chance():
    asked = Known("another", (Spread(7.0, 2.0),), 2000)
    wrong, right = Spread(9.69, 2.94).logs[0], asked.spreads[0].logs[0]
    found = recover(asked, repeats=20)
    assert abs(np.exp(wrong - right) - found.mean_ratio.mean()) > 5 * MEAN_ALONE
