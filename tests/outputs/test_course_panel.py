"""A panel shows the whole of what it says it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.outputs.axes import Linear
from lekti.outputs.course_figure import shown_panels
from lekti.outputs.course_panel import draw_panel, end_quantiles, to_see
from lekti.outputs.layout import WIDE
from lekti.outputs.panel_parts import Frame, Shown
from lekti.outputs.series import Series
from lekti.outputs.svg import Drawing
from lekti.population.result import Result

END = 8.5 * 365.25
FRAME = Frame(60, 122, Linear(0, END, WIDE.left, WIDE.right), WIDE)


def panel(result: Result, output: str) -> Shown:
    return next(each for each in shown_panels(result) if each.panel.output == output)


def words(shown: Shown) -> list[str]:
    return [text.text for text in Drawing("", 0, 0, "", "", (draw_panel(shown, FRAME),)).texts()]


def with_median(shown: Shown, values: np.ndarray) -> Shown:
    ages = np.linspace(0, END, len(values))
    quantiles = np.stack([values * factor for factor in (0.5, 0.8, 1.0, 1.2, 2.0)])
    return replace(shown, series=Series(shown.panel.output, ages, quantiles, 10))


def test_a_log_axis_that_is_cut_says_where(result: Result) -> None:
    shown = replace(panel(result, "ige"), sights=())
    assert "IU/mL, log scale" in words(with_median(shown, np.linspace(100, 1000, 50)))
    cut = words(with_median(shown, np.geomspace(1e-6, 1000, 50)))
    assert "IU/mL, log scale from 1" in cut
    assert "1e−06" not in cut


def test_a_measured_value_is_never_cut_off(result: Result) -> None:
    sight = replace(panel(result, "ige").sights[0], value=0.05)
    shown = with_median(replace(panel(result, "ige"), sights=(sight,)), np.geomspace(1e-6, 1000, 50))
    assert "IU/mL, log scale from 0.01" in words(shown)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (40.0, "60\u202f% lower than at 6.0 y"),
        (101.0, "much as at 6.0 y"),
        (150.0, "50\u202f% higher than at 6.0 y"),
    ],
)
def test_what_to_see_is_the_change_since_the_last_start(result: Result, last: float, told: str) -> None:
    ages = np.array([0, 2191.5, END])
    values = np.array([100.0, 100.0, last])
    shown = replace(panel(result, "tewl"), series=Series("tewl", ages, np.stack([values] * 5), 10))
    assert to_see(shown) == told


def test_the_end_value_of_a_dosed_quantity_is_its_trough(result: Result) -> None:
    shown = panel(result, "igg")
    q, trough = end_quantiles(shown, END)
    assert trough
    assert q[2] < shown.series.median[-200:].max()
    assert "trough" in words(shown)


def test_the_end_value_of_any_other_quantity_is_that_of_the_last_age(result: Result) -> None:
    q, trough = end_quantiles(panel(result, "ige"), END)
    assert not trough
    assert q[2] == panel(result, "ige").series.median[-1]
