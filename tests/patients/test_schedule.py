"""Treatments become single doses at the right ages, in the units of the model."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.patients.case import UNKNOWN, Case, Course, Dose, Subject, Treatment
from lekti.patients.schedule import DoseEvent, dosing

DUPILUMAB = Treatment("dupilumab", "dupilumab", Dose(300.0, "mg"), "subcutaneous", 28.0, 2191.5)
IVIG = Treatment("ivig", "ivig", Dose(500.0, "mg/kg"), "intravenous", 28.0, 547.875)


def doses(*treatments: Treatment, until_days: float, weight_kg: float = 20.0) -> list[DoseEvent]:
    case = Case("a", ("own-record",), Subject(), (UNKNOWN, UNKNOWN), course=Course(treatments=treatments))
    return dosing(case, weight_of=lambda _: weight_kg, until_days=until_days)


def test_doses_come_at_the_start_and_every_interval_before_the_horizon():
    ages = [dose.age_days for dose in doses(DUPILUMAB, until_days=2191.5 + 84)]
    assert ages == [2191.5, 2219.5, 2247.5]


def test_no_dose_is_given_at_or_after_the_stop():
    ages = [dose.age_days for dose in doses(replace(DUPILUMAB, stop=2191.5 + 56), until_days=9999)]
    assert ages == [2191.5, 2219.5]


def test_a_loading_dose_replaces_the_first_dose_only():
    loaded = replace(DUPILUMAB, first_dose=Dose(600.0, "mg"))
    assert [dose.amount for dose in doses(loaded, until_days=2191.5 + 60)] == [600.0, 300.0, 300.0]


def test_a_single_dose_is_given_once():
    assert len(doses(replace(DUPILUMAB, interval_days=None), until_days=9999)) == 1


def test_a_treatment_that_starts_after_the_horizon_gives_nothing():
    assert doses(DUPILUMAB, until_days=2191.5) == []


def test_dupilumab_enters_its_depot_in_mg_at_once():
    (dose,) = doses(replace(DUPILUMAB, interval_days=None), until_days=9999)
    assert (dose.target, dose.amount, dose.unit, dose.duration) == ("dupilumab_depot", 300.0, "mg", 0.0)


def test_ivig_enters_the_central_igg_in_g_over_some_hours():
    (dose,) = doses(replace(IVIG, interval_days=None), until_days=9999)
    assert (dose.target, dose.amount, dose.unit) == ("igg_central", 10.0, "g")
    assert 0 < dose.duration < 1


def test_a_dose_per_kg_uses_the_weight_at_that_dose():
    case = Case("a", ("own-record",), Subject(), (UNKNOWN, UNKNOWN), course=Course(treatments=(IVIG,)))
    given_ages = dosing(case, weight_of=lambda age: 10.0 + age / 100, until_days=700.0)
    assert [dose.amount for dose in given_ages] == pytest.approx(
        [0.5 * (10.0 + dose.age_days / 100) for dose in given_ages]
    )


def test_doses_of_several_drugs_come_in_order_of_age():
    ages = [dose.age_days for dose in doses(DUPILUMAB, IVIG, until_days=3000)]
    assert ages == sorted(ages)


@pytest.mark.parametrize("weight", [0.0, -3.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_positive_number_is_refused(weight: float):
    with pytest.raises(InputError, match="weight above 0"):
        doses(IVIG, until_days=9999, weight_kg=weight)


@given(st.floats(1, 400), st.floats(0, 3000), st.floats(0, 5000))
def test_the_number_of_doses_follows_from_span_and_interval(interval: float, start: float, until: float):
    ages = [
        d.age_days for d in doses(replace(DUPILUMAB, interval_days=interval, start=start), until_days=until)
    ]
    assert all(start <= age < until for age in ages)
    assert (not ages) == (start >= until)
    assert not ages or ages[-1] + interval >= until - 1e-9


def test_a_course_is_one_inflow_of_its_level_from_start_to_stop():
    course = Treatment("steroid", "topical_corticosteroid", None, "topical", None, 400.0, 500.0, level="mild")
    (event,) = doses(course, until_days=5000.0)
    assert (event.target, event.age_days, event.duration) == ("corticosteroid_course", 400.0, 100.0)
    assert event.amount == pytest.approx(0.3 * 100.0)


def test_a_course_without_an_end_flows_until_the_run_ends():
    course = Treatment("cream", "emollient", None, "topical", None, 0.0, level="usual")
    (event,) = doses(course, until_days=730.0)
    assert (event.duration, event.amount) == (730.0, 730.0)


def test_a_course_that_starts_after_the_run_gives_nothing():
    course = Treatment("cream", "emollient", None, "topical", None, 800.0, level="usual")
    assert doses(course, until_days=730.0) == []
