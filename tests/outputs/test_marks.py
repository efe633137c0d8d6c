"""Each mark says what it means: a point is a point, a limit is an arrow, no date is a bar."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.outputs import marks
from lekti.outputs.axes import Linear
from lekti.outputs.svg import Node, Shape

X = Linear(0, 1000, 0, 500)


def classes(nodes: list[Node]) -> list[str]:
    return [str(node.attributes["class"]) for node in nodes if isinstance(node, Shape)]


def numbers(node: Node, *names: str) -> tuple[float, ...]:
    assert isinstance(node, Shape)
    return tuple(float(node.attributes[name]) for name in names)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=80))
def test_a_simplified_curve_stays_close_to_every_point(values: list[float]) -> None:
    x = np.arange(len(values), dtype=float)
    kept = np.array(marks.simplified(x, np.array(values)))
    assert np.abs(np.interp(x, kept[:, 0], kept[:, 1]) - values).max() <= 0.12 + 1e-9


def test_a_straight_line_needs_two_points() -> None:
    x = np.linspace(0, 10, 500)
    assert len(marks.simplified(x, 3 * x)) == 2


def test_a_measured_value_is_an_ink_dot_with_a_ring() -> None:
    nodes, box = marks.dot(10, 20)
    assert classes(nodes) == ["dot"]
    assert numbers(nodes[0], "cx", "cy", "r") == (10, 20, 4.5)
    assert box.width == 12


@pytest.mark.parametrize(("above", "tip"), [(True, 5), (False, 35)])
def test_a_value_off_the_scale_points_into_the_possible_side_and_is_no_dot(above: bool, tip: float) -> None:
    nodes, _ = marks.censored(50, 20, above=above)
    assert "dot" not in classes(nodes)
    assert str(nodes[-1].attributes["d"]).endswith(f"50.0,{tip:.1f}Z")  # type: ignore[union-attr]


def test_a_range_of_dates_has_two_ends_and_a_dot_inside() -> None:
    nodes, _ = marks.date_range(10, 90, 20, censoring="none")
    assert classes(nodes).count("dot") == 1
    assert numbers(nodes[-1], "cx") == (50,)


def test_a_censored_range_of_dates_has_no_dot() -> None:
    nodes, _ = marks.date_range(10, 90, 20, censoring="above")
    assert "dot" not in classes(nodes)


def bar(credibility: list[float], *, opens: bool = True, censoring: str = "none") -> list[Node]:
    ages = np.linspace(0, 1000, len(credibility)).tolist()
    return marks.credibility_bar(ages, credibility, 20, x=X, opens=opens, censoring=censoring)[0]


def test_the_bar_of_a_value_without_a_date_is_strongest_where_it_is_most_credible() -> None:
    shades = [n for n in bar([0, 0, 0.5, 1, 1]) if isinstance(n, Shape) and n.attributes["class"] == "shade"]
    opacity = [numbers(n, "fill-opacity")[0] for n in shades]
    assert opacity == sorted(opacity)
    assert opacity[0] == pytest.approx(0.08)
    assert opacity[-1] == pytest.approx(0.92)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=60))
def test_the_bar_covers_every_possible_date_without_a_gap(credibility: list[float]) -> None:
    shades = [n for n in bar(credibility) if isinstance(n, Shape) and n.attributes["class"] == "shade"]
    spans = [numbers(n, "x", "width") for n in shades]
    assert spans[0][0] == 0
    assert sum(width for _, width in spans) == 500
    assert all(a + width == b for (a, width), (b, _) in pairwise(spans))


def test_an_open_bar_ends_in_an_arrow_head_and_a_closed_one_in_a_foot() -> None:
    assert classes(bar([0.5, 0.5])).count("open-head") == 1
    assert classes(bar([0.5, 0.5], opens=False)).count("ink-line foot") == 2


def test_words_are_an_arrow_and_never_a_point() -> None:
    up, _ = marks.words_arrow(10, 50, raises=True)
    down, _ = marks.words_arrow(10, 50, raises=False)
    assert "dot" not in classes(up)
    assert numbers(up[0], "y2") == (40,)
    assert numbers(down[0], "y2") == (60,)


def test_every_dose_has_a_stroke_where_there_is_room() -> None:
    doses = np.arange(0, 280, 28.0)
    nodes = marks.dose_strokes(doses, 20, x=X, until=280)
    assert str(nodes[1].attributes["d"]).count("M") == 10  # type: ignore[union-attr]


def test_strokes_lie_at_least_four_px_apart() -> None:
    doses = np.arange(0, 900, 2.0)
    assert marks.shown_every(doses, X) == 4
    assert marks.shown_every(doses[:1], X) == 1
