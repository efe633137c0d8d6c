"""The three columns tell what was seen, what the model says, and what it cannot know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lekti.outputs.course_figure import shown_panels
from lekti.outputs.story import Story, quantity_name, story
from lekti.patients.case import UNKNOWN, Course, Exact
from lekti.population.result import Result


def told(result: Result) -> Story:
    return story(result, shown_panels(result))


def test_values_words_and_events_are_seen(result: Result) -> None:
    seen = told(result).seen
    assert "serum IgE 1,078 IU/mL (18 mo to 6.0 y)" in seen
    assert "serum IgE 55.8 IU/mL (date not stated, after dupilumab)" in seen
    assert "itch lower and hair growth higher" in seen
    assert "Several infections before IVIG." in seen


def test_many_values_are_counted(result: Result) -> None:
    many = tuple(replace(result.comparisons[0], id=str(n), when=Exact(1000.0)) for n in range(7))
    assert "7 × serum IgE" in told(replace(result, comparisons=many)).seen


def test_nothing_measured_is_said(result: Result) -> None:
    case = replace(result.case, course=Course())
    assert told(replace(result, case=case, comparisons=())).seen == "Nothing was measured in this boy."


def test_the_model_says_numbers_with_intervals(result: Result) -> None:
    says = told(result).says
    assert says.startswith("At 8.5 years: serum IgE ")
    assert says.count(" to ") >= 4
    assert "infections a year" in says


def test_a_run_without_a_solved_patient_says_nothing(result: Result) -> None:
    empty = replace(result, dataset=result.dataset.map(lambda a: a * np.nan if a.dtype.kind == "f" else a))
    assert told(empty).says == "Nothing: no virtual patient was solved."


def test_what_was_not_measured_cannot_be_known(result: Result) -> None:
    cannot = told(result).cannot
    assert "water loss" in cannot
    assert "serum IgE" not in cannot
    assert "Food allergy" in cannot


def test_undated_values_are_counted_against_all(result: Result) -> None:
    dated = replace(result.comparisons[0], when=Exact(1000.0), credibility=(), inside=True)
    mixed = replace(result, comparisons=(dated, result.comparisons[1]))
    assert "When 1 of the 2 measured values were taken." in told(mixed).cannot
    assert "When any of the measured values was taken." in told(result).cannot


def test_an_unknown_allele_is_named_as_unknown(result: Result) -> None:
    case = replace(result.case, alleles=(result.case.alleles[0], UNKNOWN))
    assert "allele that nobody found" in told(replace(result, case=case)).cannot


def test_quantities_outside_the_panels_have_names_too() -> None:
    assert quantity_name("hair") == "hair growth"
