"""What was seen keeps its kind: exact, a range, no date, or words only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lekti.outputs.observed import counted, sights, told, when_in_words
from lekti.patients.case import Between, Exact, Infection, Unstated, When
from lekti.population.result import Result

END = 8.5 * 365.25


def one(result: Result, when: When, **changes: object) -> Result:
    return replace(result, comparisons=(replace(result.comparisons[0], id="other", when=when, **changes),))


def test_a_range_of_dates_and_no_date_are_told_apart(result: Result) -> None:
    before, after = sights(result, first=0.0, last=END)
    assert (before.kind, before.first, before.last, before.opens) == ("range", 547.875, 2191.5, False)
    assert (after.kind, after.first, after.last, after.opens) == ("undated", 2191.5, END, True)
    assert before.label == "1,078 between 18 mo and 6.0 y"
    assert after.label == "55.8 after dupilumab, date not stated"


def test_an_exact_date_is_a_point(result: Result) -> None:
    (found,) = sights(one(result, Exact(1000.0), credibility=()), first=0.0, last=END)
    assert (found.kind, found.first, found.last, found.label) == ("exact", 1000.0, 1000.0, "1,078")


def test_an_open_range_is_drawn_like_a_value_without_a_date(result: Result) -> None:
    (found,) = sights(one(result, Between(1000.0)), first=0.0, last=END)
    assert (found.kind, found.opens, found.last) == ("undated", True, END)


def test_without_credibility_no_date_is_a_plain_range(result: Result) -> None:
    (found,) = sights(one(result, Unstated(), credibility=()), first=0.0, last=END)
    assert found.kind == "range"


def test_a_value_after_the_last_age_is_not_on_the_axis(result: Result) -> None:
    assert sights(one(result, Exact(END + 1)), first=0.0, last=END) == ()


def test_what_is_told_in_words_keeps_its_direction(result: Result) -> None:
    itch, hair, infections = told(result, first=0.0, last=END)
    assert (itch.direction, itch.label) == ("down", "lower, told in words")
    assert hair.quantity == "normal_hairs"
    assert infections.label == "several, no count, before IVIG"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (Exact(2191.5), "6.0 y"),
        (Between(547.875, 2191.5), "18 mo to 6.0 y"),
        (Between(547.875), "from 18 mo"),
        (Unstated(), "not stated, after dupilumab"),
    ],
)
def test_a_time_is_told_in_words(when: When, words: str) -> None:
    assert when_in_words(when, "after dupilumab") == words


def test_counts_add_up_unless_one_is_missing() -> None:
    once, thrice, many = (Infection(str(n), Unstated(), count=n) for n in (1, 3, None))
    assert counted(()) == ""
    assert counted((once, thrice)) == "4"
    assert counted((once, many)) == "several"
