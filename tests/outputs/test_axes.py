"""Axes hold their values and carry few, round ticks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.outputs.axes import YEAR, age_axis, fixed, linear_from_zero, log_decades

POSITIVE = st.floats(min_value=1e-3, max_value=1e6)


@given(POSITIVE)
def test_a_linear_axis_begins_at_zero_and_holds_the_largest_value(largest: float) -> None:
    scale = linear_from_zero(largest, start=100, end=0)
    assert scale.low == 0
    assert scale.high >= largest * (1 - 1e-6)
    assert 2 <= len(scale.ticks) <= 5


@given(POSITIVE, st.floats(min_value=1.0, max_value=1e4))
def test_a_log_axis_holds_both_values_and_ends_on_decades(smallest: float, ratio: float) -> None:
    scale = log_decades(smallest, smallest * ratio, start=100, end=0)
    assert scale.low <= smallest * (1 + 1e-6)
    assert scale.high >= smallest * ratio * (1 - 1e-6)
    assert 2 <= len(scale.ticks) <= 5
    assert np.allclose(np.log10(scale.ticks), np.round(np.log10(scale.ticks)))


@given(st.lists(POSITIVE, min_size=2, max_size=20))
def test_places_keep_the_order_of_values(values: list[float]) -> None:
    ordered = np.sort(np.array(values))
    for scale in (
        linear_from_zero(ordered[-1], start=100, end=0),
        log_decades(ordered[0], ordered[-1], start=100, end=0),
    ):
        assert (np.diff(scale.places(ordered)) <= 1e-9).all()


def test_decades_are_equally_far_apart() -> None:
    scale = log_decades(1, 1000, start=90, end=0)
    assert [scale.place(v) for v in (1, 10, 100, 1000)] == pytest.approx([90, 60, 30, 0])


def test_what_is_not_above_zero_lies_at_the_foot_of_a_log_axis() -> None:
    assert log_decades(1, 1000, start=90, end=0).place(0.0) == 90


def test_a_score_keeps_its_stated_ends() -> None:
    scale = fixed(0, 10, (0, 5, 10), start=50, end=0)
    assert [scale.place(v) for v in (0, 5, 10)] == [50, 25, 0]


def test_an_axis_without_values_still_has_ticks() -> None:
    assert len(linear_from_zero(float("nan"), start=1, end=0).ticks) >= 2
    assert len(log_decades(float("nan"), float("nan"), start=1, end=0).ticks) >= 2


def test_ages_are_years_and_birth_is_a_word() -> None:
    axis = age_axis(0, 8.5 * YEAR, start=0, end=700)
    assert axis.labels == ("birth", "1", "2", "3", "4", "5", "6", "7", "8")
    assert axis.unit == "years"


def test_a_short_course_is_counted_in_months() -> None:
    axis = age_axis(0, YEAR, start=0, end=240)
    assert axis.labels == ("birth", "3", "6", "9", "12")
    assert axis.unit == "months"


@given(st.floats(min_value=30, max_value=80 * YEAR))
def test_age_ticks_never_crowd(last: float) -> None:
    axis = age_axis(0, last, start=0, end=250, room=30)
    assert len(axis.labels) <= 9
