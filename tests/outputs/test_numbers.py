"""Numbers are printed as the design says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.outputs.numbers import (
    THIN,
    age,
    duration,
    every,
    interval,
    measured,
    percent,
    predicted,
    short_age,
    unit,
)


@given(st.floats(min_value=0.01, max_value=1e6))
def test_a_prediction_is_within_half_a_unit_of_its_second_figure(value: float) -> None:
    shown = float(predicted(value).replace(",", ""))
    assert abs(shown - value) <= 0.5 * 10 ** (math.floor(math.log10(value)) - 1) * (1 + 1e-6)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (9.96, "10"),
        (99.6, "100"),
        (0.0, "0"),
        (10.4, "10"),
        (1.0, "1.0"),
        (12345.0, "12,000"),
        (-2.6, "−2.6"),
    ],
)
def test_predictions_carry_two_figures(value: float, shown: str) -> None:
    assert predicted(value) == shown


def test_a_missing_prediction_is_said_in_words() -> None:
    assert predicted(math.nan) == "no value"
    assert interval(math.nan, 3.0) == "no interval"


def test_intervals_use_the_word_to() -> None:
    assert interval(10.4, 110.0) == "10 to 110"


@pytest.mark.parametrize(
    ("value", "censoring", "shown"),
    [
        (55.8, "none", "55.8"),
        (1078.0, "none", "1,078"),
        (2500.0, "above", f">{THIN}2,500"),
        (2, "below", f"<{THIN}2"),
    ],
)
def test_measurements_keep_the_figures_of_their_source(value: float, censoring: str, shown: str) -> None:
    assert measured(value, censoring) == shown


def test_percentages_have_a_space_that_does_not_break() -> None:
    assert percent(-61.3) == "−61\u202f%"


def test_units_are_printed_in_the_usual_way() -> None:
    assert [unit(u) for u in ("[IU]/mL", "g/m2/h", "mg/L")] == ["IU/mL", "g/m²/h", "mg/L"]


def test_ages_take_the_unit_that_suits_them() -> None:
    assert [age(d) for d in (1, 30, 547.875, 2191.5)] == ["1 day", "30 days", "18 months", "6.0 years"]
    assert [short_age(d) for d in (0, 30, 547.875, 2191.5)] == ["birth", "30 d", "18 mo", "6.0 y"]


def test_spans_take_the_unit_that_suits_them() -> None:
    assert [duration(d) for d in (1, 28, 280, 1461)] == ["1 day", "4 weeks", "9 months", "4.0 years"]


def test_dosing_intervals_are_said_in_weeks_when_they_are_weeks() -> None:
    assert [every(d) for d in (28, 14, 7, 30)] == [
        "every 4 weeks",
        "every 2 weeks",
        "every week",
        "every 30 days",
    ]
