"""Each thing seen has a row with a verdict; what the model cannot judge says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.outputs.compared import Compared, compared_rows
from lekti.outputs.run_record import run_record
from lekti.patients.case import Exact, Measurement, Unstated
from lekti.population.result import Result


def rows(result: Result) -> dict[str, Compared]:
    return {f"{row.quantity} {row.observed}": row for row in compared_rows(result, run_record(result))}


def only(result: Result, **changes: object) -> Compared:
    one = replace(result.comparisons[1], **changes)
    return next(
        row for row in compared_rows(replace(result, comparisons=(one,)), run_record(result)) if row.interval
    )


def test_every_measurement_and_every_word_has_a_row(result: Result) -> None:
    assert list(rows(result)) == [
        "Serum IgE 1,078 IU/mL",
        "Serum IgE 55.8 IU/mL",
        "Itch lower, in words",
        "Hair growth higher, in words",
    ]


def test_a_value_without_a_date_stands_beside_its_most_credible_date(result: Result) -> None:
    row = rows(result)["Serum IgE 55.8 IU/mL"]
    best = max(result.comparisons[1].credibility, key=lambda step: step[1])
    assert row.when == "not stated, after dupilumab"
    assert f"at {best[0] / 365.25:.1f} y" in row.predicted
    assert row.verdict.startswith("inside from ")


@pytest.mark.parametrize(("inside", "verdict"), [(True, "inside"), (False, "outside")])
def test_a_dated_value_is_inside_or_outside(result: Result, inside: bool, verdict: str) -> None:
    row = only(result, when=Exact(1000.0), credibility=(), inside=inside)
    assert row.verdict == verdict


def test_a_value_that_never_fits_is_outside_at_every_date(result: Result) -> None:
    assert only(result, inside_from=None, inside_until=None).verdict == "outside at every date"


def test_a_value_that_always_fits_is_inside_at_every_date(result: Result) -> None:
    steps = result.comparisons[1].credibility
    assert only(result, inside_from=steps[0][0], inside_until=steps[-1][0]).verdict == "inside at every date"


def test_a_value_that_fits_for_a_while_names_both_ends(result: Result) -> None:
    row = only(result, inside_from=2191.5 + 280, inside_until=2191.5 + 490)
    assert row.verdict == "inside from 9 months to 16 months"


def test_words_are_judged_by_direction(result: Result) -> None:
    assert rows(result)["Itch lower, in words"].verdict == "same direction"
    assert rows(result)["Hair growth higher, in words"].verdict == "same direction"


def test_words_about_what_the_run_lacks_are_not_judged(result: Result) -> None:
    fewer = replace(result, dataset=result.dataset.drop_vars("normal_hairs"))
    assert rows(fewer)["Hair growth higher, in words"].verdict == "cannot tell"


def test_words_against_the_model_are_told_as_other_direction(result: Result) -> None:
    course = result.case.course
    more = replace(course.observations[0], direction="up")
    case = replace(result.case, course=replace(course, observations=(more,)))
    assert rows(replace(result, case=case))["Itch higher, in words"].verdict == "other direction"


def test_a_value_without_a_readout_is_shown_and_not_judged(result: Result) -> None:
    height = Measurement("h", "height", 110.0, "cm", Unstated())
    case = replace(result.case, course=replace(result.case.course, measurements=(height,)))
    row = rows(replace(result, case=case, comparisons=()))["Body height 110 cm"]
    assert (row.predicted, row.verdict) == ("not in this version", "cannot tell")


def test_a_value_after_the_end_is_shown_and_not_judged(result: Result) -> None:
    late = Measurement("late", "ige", 20.0, "IU/mL", Exact(20000.0))
    case = replace(result.case, course=replace(result.case.course, measurements=(late,)))
    assert (
        rows(replace(result, case=case, comparisons=()))["Serum IgE 20 IU/mL"].predicted
        == "after the end of the run"
    )


def test_rows_that_entered_a_fit_are_marked(result: Result) -> None:
    data = result.dataset.assign_attrs(fitted='["ige_before"]')
    fitted = [row.fitted for row in compared_rows(result, run_record(replace(result, dataset=data)))]
    assert fitted == [True, False, False, False]
