"""What was given: one row per drug, words at the free end, and honest about strokes left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.outputs.axes import Linear
from lekti.outputs.given import given_drugs
from lekti.outputs.layout import LAYOUTS, NARROW, WIDE, Layout
from lekti.outputs.svg import Drawing
from lekti.outputs.timeline import strokes_in_words, timeline
from lekti.patients.case import Treatment
from lekti.population.result import Result

YEAR = 365.25


def words(result: Result, layout: Layout, years: float) -> list[str]:
    x = Linear(0, years * YEAR, layout.left, layout.right)
    rows, _ = timeline(given_drugs(result.case, years * YEAR), x=x, layout=layout)
    return [text.text + text.tail for text in Drawing("", 0, 0, "", "", (rows,)).texts()]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_drug_is_named_with_dose_and_interval(result: Result, layout: Layout) -> None:
    told = " ".join(words(result, layout, 8.5))
    for part in ("IVIG", "500 mg/kg", "Dupilumab", "300 mg every 4 weeks"):
        assert part in told


def test_words_stand_left_of_strokes_that_begin_late(result: Result) -> None:
    assert "300 mg every 4 weeks, from 6.0 y" in words(result, WIDE, 8.5)


def test_strokes_left_out_are_told(result: Result) -> None:
    assert not [word for word in words(result, WIDE, 8.5) if "dose drawn" in word]
    assert "every 2nd dose drawn" in words(result, NARROW, 8.5)
    (ivig, _) = given_drugs(result.case, 60 * YEAR)
    assert strokes_in_words(ivig, Linear(0, 60 * YEAR, 0, 698)) == "every 5th dose drawn"


@pytest.mark.parametrize(("weeks", "ordinal"), [(4.0, "11th"), (2.0, "22nd"), (1.9, "23rd")])
def test_ordinals_end_as_they_should(result: Result, weeks: float, ordinal: str) -> None:
    drug = replace(given_drugs(result.case, 60 * YEAR)[0])
    course = replace(result.case.course.treatments[0], interval_days=7 * weeks)
    case = replace(result.case, course=replace(result.case.course, treatments=(course,)))
    (drug,) = given_drugs(case, 60 * YEAR)
    nearest = 60 * YEAR * 4 / (int(ordinal[:-2]) * 7 * weeks)
    assert strokes_in_words(drug, Linear(0, 60 * YEAR, 0, nearest * 1.001)) == f"every {ordinal} dose drawn"


def test_a_course_without_treatment_says_so(result: Result) -> None:
    group, below = timeline((), x=Linear(0, 1, 0, 1), layout=WIDE)
    assert "no treatment in this course" in [
        text.text for text in Drawing("", 0, 0, "", "", (group,)).texts()
    ]
    assert below > 0


def test_a_course_is_one_bar_from_its_start_to_its_end(result: Result) -> None:
    course = Treatment("cream", "emollient", None, "topical", None, 2 * YEAR, 4 * YEAR, level="sparing")
    case = replace(result.case, course=replace(result.case.course, treatments=(course,)))
    (drug,) = given_drugs(case, 8 * YEAR)
    assert (drug.plan, drug.spans) == (
        "sparing course, no data in people with Netherton syndrome",
        ((2 * YEAR, 4 * YEAR),),
    )
    assert strokes_in_words(drug, Linear(0, 8 * YEAR, 0, 10)) == ""
    x = Linear(0, 8 * YEAR, 0, 800)
    rows, _ = timeline((drug,), x=x, layout=WIDE)
    drawn = Drawing("", 0, 0, "", "", (rows,)).svg()
    assert "M200.0" in drawn
    assert "H400.0" in drawn
