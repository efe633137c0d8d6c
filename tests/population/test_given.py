"""What each virtual patient is given, and until when the course is followed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.model.netherton import netherton_system
from lekti.patients.case import Case, Treatment
from lekti.patients.library import load_case
from lekti.population.given import default_until, planned, schedule_of, with_treatments
from lekti.population.people import with_usual_ige
from lekti.population.run_case import plans_of

YEAR = 365.25


def matrix(*factors: float) -> np.ndarray:
    system = netherton_system()
    return np.vstack([system.parameter_row(weight_usual=factor) for factor in factors])


def doses_for(case: Case, people: np.ndarray) -> Doses | None:
    return schedule_of(netherton_system(), case, until_days=7 * YEAR).doses(netherton_system(), people)


def test_a_dose_per_kg_follows_each_ones_weight_and_a_fixed_dose_does_not():
    doses = doses_for(load_case("index"), matrix(1.0, 0.8))
    assert doses is not None
    ivig = np.array([target == "igg_central" for target in doses.target])
    heavy, light = (doses.amount[ivig & (doses.patient == patient)] for patient in (0, 1))
    assert light == pytest.approx(0.8 * heavy)
    assert np.all(doses.amount[~ivig] == 300.0)


def test_the_first_infusion_at_18_months_is_half_a_gram_per_kg():
    doses = doses_for(load_case("index"), matrix(1.0))
    assert doses is not None
    assert doses.amount[0] == pytest.approx(0.5 * 10.94, rel=0.02)  # WHO median of boys at 548 days


def test_without_treatment_there_are_no_doses():
    bare = with_treatments(load_case("index"), ())
    assert doses_for(bare, matrix(1.0)) is None


def test_a_run_goes_on_for_five_years_after_the_last_event():
    assert default_until(load_case("index")) == pytest.approx(11 * YEAR)


def test_plans_add_the_treatments_in_the_order_in_which_they_began():
    assert [plan.kept for plan in plans_of(load_case("index"))] == [(), ("ivig",), ("ivig", "dupilumab")]


def test_a_plan_keeps_the_treatments_it_names():
    assert [one.id for one in planned(load_case("index"), "ivig").course.treatments] == ["ivig"]
    assert planned(load_case("index"), "none").course.treatments == ()


def test_an_unknown_plan_gets_one_sentence_that_lists_the_known_ones():
    with pytest.raises(InputError, match=r"--plan 'steroid'. Expected ivig or dupilumab or none"):
        planned(load_case("index"), "steroid")


def test_an_emollient_from_birth_does_not_move_the_usual_ige():
    system = netherton_system()
    plain = with_treatments(load_case("index"), ())
    cream = Treatment("cream", "emollient", None, "topical", None, 0.0, level="usual")
    creamed = replace(plain, course=replace(plain.course, treatments=(cream,)))
    row = system.parameter_row(lekti_allele_a=0.0, lekti_allele_b=0.0)
    place = system.parameters.index("ige_usual")
    usual = [with_usual_ige(system, row, case, 8 * YEAR, Kernel())[0][0, place] for case in (plain, creamed)]
    assert usual[0] == usual[1] > 100.0
