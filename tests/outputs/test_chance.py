"""Chances are written as counsellors write them."""

from __future__ import annotations

import pytest

from lekti.genetics.family_risk import Chance
from lekti.outputs.chance import both_framings, natural, one_in, other_side, range_of, with_range


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.5, "1 in 2"), (2 / 3, "2 in 3"), (0.75, "3 in 4"), (9 / 17, "53 in 100"), (1 / 6923, "1 in 6,923")],
)
def test_a_chance_is_a_natural_frequency(chance: float, words: str):
    assert one_in(chance) == words


def test_both_sides_have_one_denominator():
    assert (one_in(0.25), other_side(0.25)) == ("1 in 4", "3 in 4")


@pytest.mark.parametrize("chance", [0.999999, 0.96, 0.5000001, 0.101, 0.0999, 1e-9])
def test_a_natural_frequency_is_close_to_the_chance_and_never_none_nor_all(chance: float):
    count, base = natural(chance)
    assert count > 0
    assert count / base == pytest.approx(chance, rel=0.06)


def test_certainty_is_a_word():
    assert both_framings(Chance(1.0, 1.0, 1.0)) == "certain"
    assert both_framings(Chance(0.0, 0.0, 0.0)) == "no"
    assert both_framings(Chance(0.9999, 0.99, 1.0)).startswith("nearly certain")


def test_a_range_is_shown_only_where_there_is_one():
    assert with_range(Chance(1 / 896, 1 / 1267, 1 / 449)) == "1 in 896 (449 to 1,267)"
    assert with_range(Chance(0.25, 0.25, 0.25)) == "1 in 4"
    assert range_of(Chance(0.25, 0.25, 0.25)) == ""
