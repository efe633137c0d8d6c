"""A claim's value follows from its words as printed, or by a conversion that is named, and otherwise not."""

from __future__ import annotations

import pytest

from lekti.evidence.derive import derivation
from lekti.evidence.quantity import read_quantity


def _derived(value: str, unit: str, words: str) -> tuple[bool, tuple[str, ...]]:
    found = derivation(read_quantity(value, unit, where="x.tsv:2"), words)
    return found.follows, found.steps


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1078 -> 55.8", "IU/mL", "IgE decreased from 1078 IU/mL to 55.8 IU/mL"),
        ("1078 -> 55.8", "IU/mL", "IgE decreased from 1078 to 55.8 IU/mL"),
        ("6", "year", "a 6-year-old boy"),
        ("25", "%", "a 25% chance"),
        (">2500", "IU/mL", "above 2500 IU/mL"),
        ("<=5", "mg", "at most 5 mg"),
        ("~0.4", "mg", "about 0.4 mg"),
        ("23/43", "people", "23 of 43 patients"),
        ("20..50", "mg", "20–50 mg"),
        ("20..50", "mg", "between 20 and 50 mg"),
        ("5", "1", "located on chromosome 5"),
        ("-1.7", "1", "r = −1.7"),
        ("21", "people", "With 21 people sharing"),
    ],
)
def test_a_value_that_is_printed_follows(value: str, unit: str, words: str) -> None:
    assert _derived(value, unit, words) == (True, ())


@pytest.mark.parametrize(
    ("value", "unit", "words", "step"),
    [
        ("6", "year", "When he was six years old", "number word"),
        ("125", "1", "one hundred and twenty-five", "number word"),
        ("25", "%", "one in four children", "share of a whole"),
        ("53", "%", "23 of 43 patients", "share of a whole"),
        ("25", "%", "a quarter of them", "share of a whole"),
        ("72", "month", "6 years old", "converted from year"),
        ("0.5", "g", "500 mg of it", "converted from mg"),
        ("1078", "kU/L", "1078 IU/mL", "converted from IU/mL"),
        ("150", "mM", "0.15 M NaCl", "converted from M"),
        ("0.25", "1", "25 % of them", "converted from %"),
        ("2140", "IU/mL", "2,140 IU/mL", "thousands separator"),
        ("200000", "cells", "2 × 10⁵ cells", "power of ten"),
        ("23/43", "people", "of 43 patients, 23 had", "part and whole named apart"),
    ],
)
def test_a_conversion_is_named(value: str, unit: str, words: str, step: str) -> None:
    follows, steps = _derived(value, unit, words)
    assert follows
    assert step in steps


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("55.8 -> 1078", "IU/mL", "from 1078 IU/mL to 55.8 IU/mL"),
        ("1078 -> 55.7", "IU/mL", "from 1078 IU/mL to 55.8 IU/mL"),
        ("55.8", "IU/mL", "55.8 ng/mL"),
        ("55.8", "IU/mL", "155.8 IU/mL"),
        ("78", "IU/mL", "1078 IU/mL"),
        ("2500", "IU/mL", "> 2500 IU/mL"),
        (">2500", "IU/mL", "2500 IU/mL"),
        ("1.7", "1", "r = −1.7"),
        ("10", "mg", "10"),
        ("10", "mg", "10 mL"),
        ("3", "year", "between four and five years ago, 3 days"),
        ("26", "%", "one in four"),
        ("24/43", "people", "23 of 43"),
        ("4", "1", "IL-4"),
    ],
)
def test_another_value_does_not_follow(value: str, unit: str, words: str) -> None:
    assert not _derived(value, unit, words)[0]
