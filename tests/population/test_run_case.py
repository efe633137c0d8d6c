"""A whole run of the built-in case: reproducible, person by person, and honest about failures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from lekti.base.errors import InputError
from lekti.model.netherton import netherton_system
from lekti.patients.case import REFERENCE, Case, Exact, Measurement
from lekti.patients.library import load_case
from lekti.population import follow, people
from lekti.population import run_case as room
from lekti.population.affected import is_affected
from lekti.population.result import Result
from lekti.population.run_case import run_case as run_any
from lekti.population.shipped import model_key
from lekti.population.typical import prior_typical, read_typical, write_typical
from lekti.population.weight import weight_curve

YEAR = 365.25
run_case = partial(run_any, typical="prior")  # what these tests show depends on no calibration
UNTIL = 7 * YEAR


@pytest.fixture(scope="module")
def index() -> Case:
    return load_case("index")


@pytest.fixture(scope="module")
def few(index: Case) -> Result:
    return run_case(index, patients=6, seed=1, until_days=UNTIL)


def test_the_same_seed_gives_identical_numbers(index, few):
    again = run_case(index, patients=6, seed=1, until_days=UNTIL)
    assert few.dataset.identical(again.dataset)
    assert few.plans is not None
    assert few.plans.identical(again.plans)
    assert few.comparisons == again.comparisons
    assert few.changes == again.changes


def test_another_seed_gives_other_numbers(index, few):
    other = run_case(index, patients=6, seed=2, until_days=UNTIL)
    assert not np.any(few.dataset["ige"].values[:, -1] == other.dataset["ige"].values[:, -1])


def test_a_virtual_patient_does_not_depend_on_how_many_there_are(index, few):
    fewer = run_case(index, patients=3, seed=1, until_days=UNTIL)
    for name in room.READOUTS:
        assert np.array_equal(fewer.dataset[name].values, few.dataset[name].values[:3]), name


def test_typical_values_of_a_calibration_are_used_named_and_do_not_tie_patients_together(
    index, few, tmp_path
):
    path = tmp_path / "typical.parquet"
    write_typical(prior_typical(sets=5, seed=9), path, about={"model_key": model_key()})
    three, two = (
        run_case(index, patients=count, seed=1, until_days=UNTIL, typical=str(path)) for count in (3, 2)
    )
    assert np.array_equal(three.dataset["ige"].values[:2], two.dataset["ige"].values)
    assert not np.any(three.dataset["ige"].values[:, -1] == few.dataset["ige"].values[:3, -1])
    told = three.dataset.attrs["typical_values"]
    assert told == f"calibration {read_typical(path)[0].origin}"
    assert three.dataset.attrs["run_sha256"] != few.dataset.attrs["run_sha256"]


def test_chunks_do_not_change_the_numbers(index, few, monkeypatch):
    monkeypatch.setattr(follow, "CHUNK", 4)
    chunked = run_case(index, patients=6, seed=1, until_days=UNTIL)
    assert chunked.dataset.identical(few.dataset)


def test_the_dataset_has_patients_and_times_and_units(few):
    assert tuple(few.dataset["ige"].dims) == ("patients", "times")
    assert all(variable.attrs["units"] for variable in few.dataset.data_vars.values())
    assert few.dataset["tewl"].attrs["units"] == "g/(m2.h)"
    assert few.dataset["times"].values[0] == 0
    assert few.dataset["times"].values[-1] == UNTIL
    assert few.dataset.attrs["use"] == "research and education; not for decisions about a person"
    assert len(few.dataset.attrs["model_sha256"]) == 64


def test_both_values_of_the_boy_are_undated_and_get_credibility_by_date(few):
    before, after = few.comparisons
    assert (before.observed, after.observed) == (1078, 55.8)
    assert before.inside is None
    assert after.inside is None
    assert before.credibility[0][0] == pytest.approx(1.5 * YEAR)
    assert before.credibility[-1][0] <= 6 * YEAR
    assert after.credibility[0][0] == pytest.approx(6 * YEAR)
    assert after.credibility[-1][0] == pytest.approx(UNTIL)


def test_the_fall_from_the_first_to_the_second_value_is_compared_patient_by_patient(few):
    (change,) = few.changes
    assert change.observed == pytest.approx(55.8 / 1078)
    assert change.credibility[0][2] == pytest.approx(1, abs=0.3)
    assert change.credibility[-1][2] < 0.6


def test_every_value_of_ige_is_shown_under_both_readings_of_its_clearance(few):
    assert few.other is not None
    assert [one.id for one in few.other.comparisons] == [one.id for one in few.comparisons]
    (fixed,), (moving,) = few.changes, few.other.changes
    assert (
        moving.credibility[-1][2] < fixed.credibility[-1][2]
    )  # a fall is deeper when clearance rises with it


def test_dupilumab_is_given_from_six_years_and_lowers_ige(few):
    dataset = few.dataset
    before = dataset["times"].values <= 6 * YEAR
    assert np.all(dataset["dupilumab"].values[:, before] == 0)
    assert np.all(dataset["dupilumab"].values[:, -1] > 0)
    assert few.plans is not None
    ige = few.plans["ige"].values[:, :, -1]
    assert np.median(ige[2]) < np.median(ige[1]) <= np.median(ige[0])


def test_same_people_under_every_plan_until_the_plans_part(few):
    assert few.plans is not None
    start = few.plans["ige"].values[:, :, 0]
    assert np.allclose(start[1], start[2], rtol=1e-4)


def test_everyone_kept_has_the_disease(index, few):
    assert is_affected(index)
    tewl = few.dataset["tewl"].values
    assert np.all(tewl[:, few.dataset["times"].values == 546.0] > 9.69)


def test_healthy_alleles_give_a_healthy_person(index):
    healthy = replace(
        index, alleles=(REFERENCE, REFERENCE), course=replace(index.course, treatments=(), measurements=())
    )
    result = run_case(healthy, patients=6, seed=1, until_days=UNTIL)
    assert np.median(result.dataset["tewl"].values[:, -1]) < 15.6
    assert np.median(result.dataset["itch_nrs"].values[:, -1]) < 2
    assert np.median(result.dataset["weight"].values[:, -1]) > 20
    assert result.plans is None


def test_a_known_weight_is_met(index):
    heavy = replace(index, subject=replace(index.subject, weight_kg=21.0, weight_age_days=6 * YEAR))
    dataset = run_case(heavy, patients=2, seed=1, until_days=6.2 * YEAR).dataset
    at_six = np.argmin(np.abs(dataset["times"].values - 6 * YEAR))
    assert dataset["weight"].values[:, at_six] == pytest.approx(21.0, rel=0.002)


def test_a_weight_that_was_measured_on_treatment_is_met_as_well(index):
    weighed = replace(index, subject=replace(index.subject, weight_kg=24.0, weight_age_days=7 * YEAR))
    dataset = run_case(weighed, patients=2, seed=1, until_days=7.2 * YEAR).dataset
    at_seven = np.argmin(np.abs(dataset["times"].values - 7 * YEAR))
    assert dataset["weight"].values[:, at_seven] == pytest.approx(24.0, rel=0.005)


def test_without_a_measured_weight_people_with_the_disease_are_lighter(index):
    dataset = run_case(index, patients=8, seed=1, until_days=UNTIL).dataset
    weight, factor = dataset["weight"].values[:, -1], dataset["weight_factor"].values
    assert np.median(weight / factor) < 0.97 * weight_curve(netherton_system(), "male")(UNTIL)


def test_a_dated_value_is_judged_at_its_date(index):
    value = Measurement("igg-1", "igg", 900.0, "mg/dL", Exact(5 * YEAR))
    dated = replace(index, course=replace(index.course, measurements=(value,)))
    (found,) = run_case(dated, patients=6, seed=1, until_days=UNTIL).comparisons
    assert found.observed == 9.0
    assert isinstance(found.inside, bool)
    assert found.credibility == ()


def test_one_who_never_has_the_disease_is_a_stated_failure_and_not_dropped(index, monkeypatch):
    monkeypatch.setattr(people, "AFFECTED_RATIO", 1e9)
    monkeypatch.setattr(people, "TRIES", 2)
    result = run_case(index, patients=2, seed=1, until_days=UNTIL)
    assert result.outcomes == ("failed: no draw showed the signs of the disease in 2 tries",) * 2
    assert np.all(np.isnan(result.dataset["ige"].values))
    assert result.dataset.attrs["failed"] == 2


@pytest.mark.parametrize("patients", [0, -3])
def test_no_patients_is_refused(index, patients):
    with pytest.raises(InputError, match="1 to 100,000"):
        run_case(index, patients=patients)


def test_an_end_before_the_last_treatment_is_refused(index):
    with pytest.raises(InputError, match="above 6 years"):
        run_case(index, until_days=5 * YEAR)


def test_a_run_with_another_end_has_another_checksum() -> None:
    ends = (30.0, 60.0, 60.0)
    one, other, again = (run_case(load_case("index"), patients=1, until_days=2192.0 + end) for end in ends)
    assert one.dataset.attrs["run_sha256"] != other.dataset.attrs["run_sha256"]
    assert other.dataset.attrs["run_sha256"] == again.dataset.attrs["run_sha256"]
