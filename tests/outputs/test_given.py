"""A case is told in the words of a report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.base.tables import knowledge_table
from lekti.outputs.given import (
    bound_ige,
    dose_ages,
    drug_names,
    genotype,
    given_drugs,
    listed,
    person,
    plan_in_words,
    relation,
)
from lekti.patients.case import UNKNOWN, Allele, Case, Dose, Subject, Treatment
from lekti.patients.schedule import dosing
from lekti.population.result import Result


def with_alleles(result: Result, first: Allele, second: Allele) -> Case:
    return replace(result.case, alleles=(first, second))


def test_two_equal_alleles_are_named_once(result: Result) -> None:
    assert genotype(result.case) == "SPINK5 c.1302+5G>C, homozygous"


def test_two_alleles_are_both_named(result: Result) -> None:
    case = with_alleles(result, Allele("hgvs", hgvs="c.1530C>A"), UNKNOWN)
    assert genotype(case) == "SPINK5 c.1530C>A and unknown"


def test_two_unknown_alleles_are_not_called_homozygous(result: Result) -> None:
    assert genotype(with_alleles(result, UNKNOWN, UNKNOWN)) == "SPINK5 both alleles unknown"


@pytest.mark.parametrize(
    ("sex", "years", "word"),
    [("male", 6, "boy"), ("female", 6, "girl"), ("male", 30, "man"), ("unknown", None, "child")],
)
def test_a_person_is_called_by_one_plain_word(
    result: Result, sex: str, years: float | None, word: str
) -> None:
    subject = Subject(sex=sex, age_days=None if years is None else years * 365.25)  # type: ignore[arg-type]
    assert person(replace(result.case, subject=subject)) == word


def test_every_drug_the_model_knows_has_a_short_name() -> None:
    assert {row["id"] for row in knowledge_table("treatments/drugs.tsv")} <= set(drug_names())


def test_doses_fall_where_the_schedule_puts_them(result: Result) -> None:
    events = dosing(result.case, weight_of=lambda _: 20.0, until_days=3000.0)
    for drug in given_drugs(result.case, 3000.0):
        expected = sorted(event.age_days for event in events if event.drug == drug.drug)
        assert drug.doses.tolist() == pytest.approx(expected)


def test_drugs_come_in_the_order_of_their_first_dose(result: Result) -> None:
    assert [drug.label for drug in given_drugs(result.case, 3000.0)] == ["IVIG", "Dupilumab"]
    assert [drug.label for drug in given_drugs(result.case, 1000.0)] == ["IVIG"]


def treatment(**changes: object) -> Treatment:
    plain = Treatment("t", "dupilumab", Dose(300.0, "mg"), "subcutaneous", 28.0, 100.0)
    return replace(plain, **changes)


def test_plans_are_told_with_dose_and_interval() -> None:
    assert plan_in_words(treatment()) == "300 mg every 4 weeks"
    assert plan_in_words(treatment(first_dose=Dose(600.0, "mg"))) == "600 mg, then 300 mg every 4 weeks"
    assert plan_in_words(treatment(interval_days=None)) == "300 mg once"


def test_a_treatment_that_stops_has_no_later_dose() -> None:
    assert dose_ages(treatment(stop=156.0), 1000.0).tolist() == [100.0, 128.0]
    assert np.array_equal(dose_ages(treatment(interval_days=None), 1000.0), [100.0])


def test_a_value_dated_by_a_treatment_says_so(result: Result) -> None:
    before, after = result.case.course.measurements
    assert relation(result.case, before) == ""
    assert relation(result.case, after) == "after dupilumab"


def test_lists_end_with_and() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"])] == ["", "a", "a and b"]


def test_a_rise_of_total_ige_on_omalizumab_is_explained(result: Result) -> None:
    assert bound_ige(result.case) == ""
    course = Treatment("o", "omalizumab", None, "subcutaneous", None, 2000.0, level="usual")
    case = replace(result.case, course=replace(result.case.course, treatments=(course,)))
    assert "rises while free IgE falls" in bound_ige(case)
