"""The title is the finding, whatever the run finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.outputs.course_figure import shown_panels
from lekti.outputs.finding import Finding, crossing, finding, value_in_words
from lekti.patients.case import Between, Exact, Unstated
from lekti.population.result import Comparison, Result

START = 2191.5
Steps = tuple[tuple[float, float, float, float, float], ...]


def falling(values: list[tuple[float, float, float]], inside: tuple[int, int] | None) -> dict[str, object]:
    """Return credibility fields for (low, median, high) per month after dupilumab begins."""
    steps: Steps = tuple(
        (START + 30.4375 * month, 0.5, median, low, high) for month, (low, median, high) in enumerate(values)
    )
    ages = (None, None) if inside is None else (steps[inside[0]][0], steps[inside[1]][0])
    return {"credibility": steps, "inside_from": ages[0], "inside_until": ages[1]}


def found(result: Result, **changes: object) -> Finding:
    one = replace(result.comparisons[1], **changes)
    without = replace(result, comparisons=(one,), plans=None)
    return finding(without, shown_panels(without))


FALL = [(200.0 / (m + 1), 800.0 / (m + 1), 3200.0 / (m + 1)) for m in range(24)]


def test_a_value_that_becomes_credible_later_names_the_time(result: Result) -> None:
    told = found(result, **falling(FALL, (9, 23)))
    assert told.title == "A serum IgE of 55.8 IU/mL is credible from about 9 months after dupilumab starts"
    assert told.lead.startswith("Half of the virtual patients are at or below it by 14 months")
    assert told.lead.endswith("The model’s estimate, not medical advice.")


def test_a_value_that_is_credible_for_a_while_names_both_ends(result: Result) -> None:
    told = found(result, **falling(FALL, (9, 15)))
    assert "from about 9 months to about 15 months after dupilumab starts" in told.title


def test_a_value_that_is_credible_at_once_says_so_and_gives_the_interval(result: Result) -> None:
    told = found(result, **falling(FALL, (0, 23)))
    assert told.title == "A serum IgE of 55.8 IU/mL is credible from the day dupilumab starts"
    assert "On that day the model’s 90\u202f% interval is already 200 to 3,200 IU/mL." in told.lead


def test_a_value_that_is_credible_on_the_first_day_only_says_so(result: Result) -> None:
    assert found(result, **falling(FALL, (0, 0))).title.endswith(
        "is credible only on the day dupilumab starts"
    )


def test_a_value_that_is_never_credible_says_so_and_how_near_the_model_comes(result: Result) -> None:
    told = found(result, **falling(FALL, None))
    assert told.title == "A serum IgE of 55.8 IU/mL is not credible at any age up to 8.5 years"
    assert told.lead.startswith("The nearest the model comes is")


def test_a_limit_is_told_with_its_side(result: Result) -> None:
    told = found(result, censoring="above", observed=2500.0, **falling(FALL, (0, 23)))
    assert told.title.startswith("A serum IgE above 2,500 IU/mL is credible")


def test_a_range_of_dates_without_a_treatment_names_ages(result: Result) -> None:
    told = found(result, id="ige_before", when=Between(547.875, 2191.5), **falling(FALL, (0, 23)))
    assert told.title == "A serum IgE of 55.8 IU/mL is credible from 6.0 years to 7.9 years of age"


@pytest.mark.parametrize(("inside", "word"), [(True, "inside"), (False, "outside")])
def test_one_dated_value_is_inside_or_outside(result: Result, inside: bool, word: str) -> None:
    told = found(result, id="x", when=Exact(2000.0), credibility=(), inside=inside)
    assert f"at 5.5 years lies {word} the model’s 90\u202f% interval" in told.title
    assert "Predicted:" in told.lead


def test_several_dated_values_are_counted(result: Result) -> None:
    plain = replace(result.comparisons[0], when=Exact(2000.0), credibility=())
    some = tuple(replace(plain, id=str(n), inside=n > 0) for n in range(4))
    told = finding(replace(result, comparisons=some), shown_panels(result))
    assert told.title == "3 of 4 measured values lie inside the model’s 90\u202f% interval"


def test_without_a_value_the_prediction_is_the_finding(result: Result) -> None:
    told = finding(replace(result, comparisons=()), shown_panels(result))
    assert told.title.startswith("The model expects a serum IgE of ")
    assert "interval is" in told.lead


def test_without_a_solved_patient_the_title_says_so(result: Result) -> None:
    empty = replace(result, dataset=result.dataset.map(lambda a: a * np.nan if a.dtype.kind == "f" else a))
    assert finding(empty, shown_panels(empty)).title.startswith("No virtual patient could be solved")


def test_the_median_crosses_from_the_side_it_comes_from(result: Result) -> None:
    rising = [(low, median, high) for low, median, high in reversed(FALL)]
    one = replace(result.comparisons[1], **falling(FALL, (9, 23)))
    other = replace(result.comparisons[1], **falling(rising, (0, 23)))
    assert crossing(one)[0] == "at or below"
    assert crossing(other)[0] == "at or above"
    assert crossing(one)[1] == pytest.approx(START + 14 * 30.4375)


def test_a_quantity_without_a_panel_keeps_its_own_name(result: Result) -> None:
    weight: Comparison = replace(
        result.comparisons[0], quantity="weight", label="body weight", unit="kg", observed=21.0
    )
    assert value_in_words(weight) == "a value for body weight of 21 kg"


def test_no_date_at_all_is_told_by_ages(result: Result) -> None:
    told = found(result, id="x", when=Unstated(), **falling(FALL, (3, 20)))
    assert "of age" in told.title
