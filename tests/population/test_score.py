"""Scores against closed forms: CRPS of a normal, coverage, and the naive predictors."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from lekti.population.forecast import Forecast
from lekti.population.score import carried_over, coverage_of, is_inside, no_change, score_of
from lekti.population.targets import Target, read_targets, shipped_targets

HEAD = "population\tregimen\treadout\ttime\tvalue\tspread\tstatistic"
NORMAL = norm.ppf((np.arange(20_000) + 0.5) / 20_000)


def target(value: str, spread: str = "-", statistic: str = "mean", readout: str = "itch_change") -> Target:
    row = f"netherton\tdupilumab_300_q4w\t{readout}\t16 weeks\t{value}\t{spread}\t{statistic}"
    return read_targets(f"{HEAD}\n{row}\n", name="mine.tsv")[0]


def made(one: Target, sample: np.ndarray) -> Forecast:
    return Forecast(one, sample, len(sample), "")


@pytest.mark.parametrize("seen", [-2.0, 0.0, 0.7])
def test_crps_of_a_normal_is_its_closed_form(seen):
    """Gneiting and Raftery 2007, equation 21."""
    closed = seen * (2 * norm.cdf(seen) - 1) + 2 * norm.pdf(seen) - 1 / math.sqrt(math.pi)
    score = score_of([(target(repr(100 * seen)), 100 * NORMAL)])
    assert score.crps == pytest.approx(closed, abs=1e-3)


def test_crps_of_one_number_is_the_distance():
    assert score_of([(target("-50"), np.array([-20.0]))]).crps == pytest.approx(0.3)


def test_the_interval_score_adds_twenty_times_the_miss():
    half = norm.ppf(0.95)
    inside, outside = (score_of([(target(value), 100 * NORMAL)]).interval for value in ("0", "300"))
    assert inside == pytest.approx(2 * half, rel=1e-3)
    assert outside == pytest.approx(2 * half + 20 * (3 - half), rel=1e-3)


@pytest.mark.parametrize(
    ("value", "spread", "statistic", "expected"),
    [
        ("1", "-", "mean", True),
        ("2", "-", "mean", False),
        ("-", "1.6 to 5", "mean", True),
        ("-", "1.7 to 5", "mean", False),
        ("-", "-0.1 to 5", "range", True),
        ("-", "0.1 to 5", "range", False),
    ],
)
def test_inside_means_what_the_page_says(value, spread, statistic, expected):
    assert is_inside(made(target(value, spread, statistic), NORMAL)) is expected


def test_without_a_forecast_nothing_is_inside_and_nothing_is_counted():
    silent = Forecast(target("1"), np.empty(0), 0, "no readout")
    assert is_inside(silent) is None
    assert coverage_of([silent]).rows == 0


def test_coverage_has_its_binomial_interval():
    found = coverage_of([made(target(value), NORMAL) for value in ("0", "1", "-1", "9")])
    assert (found.inside, found.rows) == (3, 4)
    assert (found.low, found.high) == (pytest.approx(0.1941, abs=1e-3), pytest.approx(0.9937, abs=1e-3))
    assert found.agrees


def test_naive_predictors_carry_over_the_effect_of_the_same_drug():
    assert no_change(target("-70", readout="ige_change")) == 0.0
    assert no_change(target("70", readout="ige")) is None
    assert carried_over(target("-70", readout="ige_change"), shipped_targets()) == pytest.approx(-64.8)
    assert carried_over(target("-70"), shipped_targets()) == -47.5
    assert carried_over(target("-70", readout="nasa_change"), shipped_targets()) is None
