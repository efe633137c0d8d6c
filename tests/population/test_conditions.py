"""Three forecasts of one value: what each is told, and that none is told the value itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.patients.case import UNKNOWN, Measurement, Unstated
from lekti.patients.library import load_case
from lekti.population.affected import is_affected
from lekti.population.compare import Window
from lekti.population.conditions import ANYONE, PERSON, VALUE, anyone_like, forecasts_of
from lekti.population.run_case import run_case
from lekti.population.signs import sign_weights

AGES = np.array([2000.0, 2400.0])
LATER = Measurement("after", "ige", 50.0, "IU/mL", Unstated(), after="dupilumab")
EARLIER = Measurement("before", "ige", 1000.0, "IU/mL", Unstated())


def window(scale: float, spread: float, ages: np.ndarray = AGES) -> Window:
    draws = np.random.default_rng(3).normal(size=(400, 1))
    return Window(ages, scale * np.exp(spread * draws) * np.ones((1, len(ages))), exact=False)


def informed(later: Measurement = LATER):
    windows = {ANYONE: window(100.0, 1.5), PERSON: window(100.0, 1.0)}
    return forecasts_of(
        later, windows, earlier=EARLIER, before=window(1000.0, 1.0, np.array([1000.0])), reading=""
    )


def test_knowing_more_narrows_the_interval() -> None:
    found = informed().forecasts
    assert [one.told for one in found] == [ANYONE, PERSON, VALUE]
    assert found[0].width == 1.0
    assert found[1].width == pytest.approx(1 / 1.5, rel=1e-3)
    assert found[2].width < 0.6 * found[1].width
    assert found[2].effective < found[1].effective == 400


def test_the_value_itself_moves_no_forecast() -> None:
    steps = [[step[2:] for step in one.steps] for one in informed().forecasts]
    other = [[step[2:] for step in one.steps] for one in informed(replace(LATER, value=5.0)).forecasts]
    assert steps == other


def test_without_an_earlier_value_there_are_two() -> None:
    windows = {ANYONE: window(100.0, 1.5), PERSON: window(100.0, 1.0)}
    found = forecasts_of(LATER, windows, earlier=None, before=None, reading="")
    assert [one.told for one in found.forecasts] == [ANYONE, PERSON]


def test_of_anyone_only_the_disease_and_the_treatments_are_known() -> None:
    index = load_case("index")
    other = anyone_like(index)
    assert other.alleles == (UNKNOWN, UNKNOWN)
    assert is_affected(other)
    assert other.course.treatments == index.course.treatments
    assert not other.course.events
    lekti = np.array([0.0, 0.3, 0.6])
    assert np.all(sign_weights(other, {"lekti": lekti, "water_loss": np.array([3.0, 2.0, 1.0])}) == 1.0)


@pytest.fixture(scope="module")
def result():
    return run_case(load_case("index"), patients=12, seed=1, until_days=7.5 * 365.25)


def test_a_run_tells_forecasts_under_both_readings(result) -> None:
    after = [one for one in result.forecasts if one.measurement == "ige-after"]
    assert [len(one.forecasts) for one in after] == [3, 3]
    assert len({one.reading for one in after}) == 2
    ages = {step[0] for one in after for each in one.forecasts for step in each.steps}
    assert min(ages) == 6 * 365.25


def test_a_run_attributes_the_fall_for_both_ends_of_the_earlier_date(result) -> None:
    found = result.attributions
    assert {(one.earlier_age, one.later_age) for one in found} == {
        (18 * 365.25 / 12, 7 * 365.25),
        (6 * 365.25, 7 * 365.25),
    }
    assert len(found) == 4
    for one in found:
        assert set(one.shares) == {"ivig", "dupilumab"}
        assert one.factors["dupilumab"][0] < 0.8


def test_asides_do_not_depend_on_how_many_patients_run(result) -> None:
    fewer = run_case(load_case("index"), patients=5, seed=1, until_days=7.5 * 365.25)
    assert len(fewer.forecasts) == len(result.forecasts)
    assert fewer.forecasts[-1].forecasts[0].effective == 5


def test_a_run_without_values_has_no_forecasts() -> None:
    index = load_case("index")
    bare = replace(index, course=replace(index.course, measurements=()))
    result = run_case(bare, patients=2, seed=1, until_days=6.5 * 365.25)
    assert (result.forecasts, result.attributions) == ((), ())


def test_forecasts_from_the_disease_alone_use_the_same_typical_values(result) -> None:
    other = run_case(load_case("index"), patients=12, seed=1, until_days=7.5 * 365.25, typical="prior")
    first, second = (one.forecasts[-1].forecasts[0] for one in (result, other))
    assert first.told == second.told == ANYONE
    assert first.steps != second.steps
