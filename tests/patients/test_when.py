"""Ages are read with their unit, written back exactly, and never taken from a calendar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.patients.when import Between, Exact, Unstated, age_text, iso_text, read_age, read_duration

AGES = st.one_of(
    st.integers(0, 43_000).map(float),
    st.integers(0, 1400).map(lambda months: months * 30.4375),
    st.floats(0, 43_830, allow_nan=False),
)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6 years", 2191.5), ("1 year", 365.25), ("18 months", 547.875), ("9 weeks", 63), ("12 days", 12),
        ("6 y", 2191.5), ("18 mo", 547.875), ("6 years 3 months", 2282.8125), ("0.5 years", 182.625),
        ("P1Y6M", 547.875), ("P7M", 213.0625), ("P12D", 12), ("P4W", 28), ("PT12H", 0.5), ("birth", 0),
    ],
)  # fmt: skip
def test_an_age_with_its_unit_is_read_in_days(text: str, days: float):
    assert read_age(text) == pytest.approx(days)


NO_AGES = (
    "6|six years|years||P|PT|P6|6 fortnights|3 days 1 year|1 year 1 year"
    "|2019-03-01|1e+999 years|nan years|inf days"
)


@pytest.mark.parametrize("text", NO_AGES.split("|"))
def test_text_that_is_no_age_is_refused(text: str):
    with pytest.raises(InputError, match="Expected an age with its unit"):
        read_age(text, where="case.yaml:3")


@pytest.mark.parametrize("number", [6, 6.5, True, None])
def test_a_number_without_a_unit_is_refused(number: object):
    with pytest.raises(InputError, match="has no unit"):
        read_age(number)


def test_a_calendar_year_is_named_as_such():
    with pytest.raises(InputError, match="calendar year is refused"):
        read_age(2019)


@pytest.mark.parametrize("text", ["-1 days", "121 years", "P130Y"])
def test_an_age_out_of_range_is_refused(text: str):
    with pytest.raises(InputError, match="0 to 120 years"):
        read_age(text)


def test_a_duration_keeps_its_sign_for_the_reader_to_judge():
    assert read_duration("-4 weeks") == -28


@given(AGES)
def test_words_give_back_exactly_the_same_days(days: float):
    assert read_age(age_text(days)) == days


@given(AGES)
def test_iso_text_gives_back_exactly_the_same_days(days: float):
    assert read_age(iso_text(days)) == days


def test_earliest_and_latest_tell_what_is_known():
    assert (Exact(5.0).earliest, Exact(5.0).latest) == (5.0, 5.0)
    assert (Between(5.0).earliest, Between(5.0).latest) == (5.0, None)
    assert (Unstated().earliest, Unstated().latest) == (None, None)
    assert [when.kind for when in (Exact(1.0), Between(1.0), Unstated())] == ["exact", "interval", "unstated"]
