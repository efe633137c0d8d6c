"""Forecasts: doses by rule, the moment before the first dose, trials, and what the model cannot say."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.model.netherton import netherton_system
from lekti.population.arms import follow_arm
from lekti.population.forecast import Size, forecasts
from lekti.population.groups import draw_group
from lekti.population.target_words import population_kinds, regimens
from lekti.population.targets import read_targets
from lekti.population.typical import prior_typical
from lekti.population.validate import validate

HEAD = "id\tpopulation\tregimen\treadout\ttime\tvalue\tspread\tstatistic\tn"
TYPICAL = prior_typical(sets=2, seed=1)
SIZE = Size(sets=2, per_set=8, seed=1)


def quiet(what: str, done: int, total: int) -> None:
    """Report nothing."""


def rows(*lines: str):
    return read_targets("\n".join([HEAD, *lines]) + "\n", name="mine.tsv")


@pytest.fixture(scope="module")
def made():
    table = rows(
        "level\thealthy_adults\tnone\ttewl\t-\t9.69\t-\tmean\t87",
        "same\thealthy_adults\tnone\ttewl_change\t4 weeks\t0\t-\tperson\t-",
        "trough\thealthy_adults\tdupilumab_label\tdupilumab\t16 weeks\t70\t-\tperson\t-",
        "before\thealthy_adults\tdupilumab_label\tdupilumab\t-\t0\t-\tperson\t-",
        "placebo\thealthy_adults\tplacebo\titch_change\t16 weeks\t-20.5\t-\tperson\t-",
        "half_life\thealthy_adults\tnone\tige_half_life\t-\t2.4\t-\tmean\t-",
        "grown\thealthy_adults\tnone\tweight_gain\t52 weeks\t0\t-\tperson\t-",
        "sodium\thealthy_adults\tnone\thypernatraemia\t-\t0\t-\tshare\t10",
        "apart\thealthy_adults\tnone\titch_separation\t4 weeks\t3\t-\tmean\t-",
        "cream\thealthy_adults\temollient\ttewl_change\t14 days\t-1\t-\tmean\t-",
    )
    return {one.target.id: one for one in forecasts(table, typical=TYPICAL, size=SIZE, progress=quiet)}


def test_a_mean_has_one_number_per_set_and_a_person_one_each(made):
    assert len(made["level"].sample) == SIZE.sets
    assert len(made["same"].sample) == SIZE.sets * SIZE.per_set


def test_healthy_skin_stays_as_it_is_without_treatment(made):
    assert np.all(np.abs(made["same"].sample) < 2.0)


def test_the_clock_starts_just_before_the_first_dose(made):
    assert np.all(made["before"].sample == 0.0)
    assert 20 < made["trough"].quantile(0.5) < 150


def test_people_in_a_trial_report_less_itch_without_a_drug(made):
    assert np.all(made["placebo"].sample < -15)


def test_a_parameter_is_read_from_the_people(made):
    assert made["half_life"].quantile(0.5) == pytest.approx(2.4, rel=0.25)


def test_a_gain_is_in_the_unit_of_the_readout(made):
    assert np.all(np.abs(made["grown"].sample) < 5.0)


def test_a_share_of_people_is_counted_among_those_observed(made):
    assert np.all(np.isin(np.round(made["sodium"].sample, 6), np.arange(0.0, 101.0, 10.0)))


def test_what_the_model_cannot_say_has_a_reason_and_no_number(made):
    assert not made["apart"].made
    assert "no readout" in made["apart"].reason


def test_a_regimen_may_be_a_course(made):
    assert np.all(made["cream"].sample < -5)


def test_the_same_size_gives_the_same_forecast_whatever_else_is_asked(made):
    alone = forecasts([made["level"].target], typical=TYPICAL, size=SIZE, progress=quiet)[0]
    assert alone.sample == pytest.approx(made["level"].sample, rel=1e-6)  # steps end on other days


def test_nobody_outside_the_label_gets_a_dose():
    system = netherton_system()
    group = draw_group(
        system, population_kinds()["netherton_infants"], typical=TYPICAL, sets=1, per_set=4, seed=1
    )
    values = follow_arm(system, group, regimens()["dupilumab_label"], days=[0.0, 28.0], outputs=["dupilumab"])
    assert np.isnan(values).all()


def test_a_validation_counts_test_rows_only():
    table = rows(
        "a\thealthy_adults\tnone\ttewl\t-\t9.69\t-\tmean\t87",
        "b\thealthy_adults\tnone\ttewl_change\t4 weeks\t0\t-\tperson\t-",
        "c\thealthy_adults\tnone\titch_separation\t4 weeks\t3\t-\tmean\t-",
    )
    found = validate(table, typical=TYPICAL, size=SIZE, progress=quiet)
    assert found.coverage.rows == found.score.rows == 2
    assert [one.target.id for one in found.silent] == ["c"]
    assert found.comparisons[-1].naive == "no change"
    assert found.comparisons[-1].other.crps == 0.0
