"""Small charts of the documentation: panels of lines over one axis, drawn like the figures of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.outputs.axes import Linear, Log, linear_from_zero, log_decades
from lekti.outputs.figure_style import standalone_style
from lekti.outputs.marks import simplified
from lekti.outputs.numbers import measured
from lekti.outputs.svg import Drawing, Group, Node, Text, line, path, shape

WIDTH, LEFT, RIGHT = 700.0, 190.0, 690.0
PANEL, GAP, KEY = 110.0, 26.0, 20.0
STROKES = ("1 4", "7 4", "none", "12 3 2 3")
"""Dashes of the lines, from healthy to treated."""

DECADES = 1e4
"""What lies this far below the largest value of a logarithmic panel is drawn at its foot."""

Lines = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Panel:
    """One panel: its name and unit, values by line over `Chart.x`, and whether its axis is logarithmic."""

    name: str
    unit: str
    lines: Lines
    logarithmic: bool = False


@dataclass(frozen=True, eq=False)
class Chart:
    """Panels over one axis with its ticks and words."""

    name: str
    title: str
    x: np.ndarray
    ticks: Sequence[float]
    x_words: str
    panels: Sequence[Panel]


def chart_svg(chart: Chart) -> str:
    """Return the chart as an SVG that stands on its own, light or dark as the reader prefers."""
    names = list(dict.fromkeys(name for panel in chart.panels for name in panel.lines))
    dashes = dict(zip(names, STROKES[: len(names)], strict=True))
    x = Linear(float(chart.x[0]), float(chart.x[-1]), LEFT, RIGHT, tuple(chart.ticks))
    top = 10.0 + KEY * len(names)
    nodes: list[Node] = [node for place, name in enumerate(names) for node in _key(name, dashes[name], place)]
    for panel in chart.panels:
        nodes += _panel(panel, chart.x, x, top, dashes)
        top += PANEL + GAP
    bottom = top - GAP
    nodes += [
        Text(x.place(tick), bottom + 18, measured(tick), "ink3", anchor="middle") for tick in chart.ticks
    ]
    nodes.append(Text(RIGHT, bottom + 35, chart.x_words, "ink3", anchor="end"))
    words = f"{chart.title}. {_in_words(chart)}"
    drawing = Drawing(chart.name, WIDTH, bottom + 44, chart.title, words, tuple(nodes))
    return drawing.svg(style=standalone_style()) + "\n"


def _key(name: str, dash: str, place: int) -> list[Node]:
    y = 14 + KEY * place
    stroke = shape("path", "med", d=path([(LEFT, y - 4), (LEFT + 40, y - 4)]), stroke_dasharray=dash)
    return [stroke, Text(LEFT + 50, y, name, "model")]


def _panel(panel: Panel, at: np.ndarray, x: Linear, top: float, dashes: Mapping[str, str]) -> list[Node]:
    y = _scale(panel, top)
    nodes: list[Node] = [
        Text(0, top + 12, panel.name, "ink", bold=True),
        Text(0, top + 28, panel.unit, "ink3"),
    ]
    for tick in y.ticks:
        height = y.place(tick)
        nodes.append(line("grid", LEFT, height, RIGHT, height))
        nodes.append(Text(LEFT - 8, height + 4, measured(float(f"{tick:.6g}")), "ink3", anchor="end"))
    for name, values in panel.lines.items():
        points = simplified(x.places(at), y.places(values))
        nodes.append(shape("path", "med", d=path(points), stroke_dasharray=dashes[name]))
    return [Group("panel", nodes)]


def _scale(panel: Panel, top: float) -> Linear | Log:
    values = np.concatenate(list(panel.lines.values()))
    if panel.logarithmic:
        above = values[values > 0]
        least = max(float(above.min()), float(above.max()) / DECADES)
        return log_decades(least, float(above.max()), start=top + PANEL, end=top, most_ticks=4)
    return linear_from_zero(float(values.max()), start=top + PANEL, end=top, most_ticks=4)


def _in_words(chart: Chart) -> str:
    told = [
        f"{panel.name}, {name}: {values[0]:.3g} at first, {values[-1]:.3g} at last"
        for panel in chart.panels
        for name, values in panel.lines.items()
    ]
    return "; ".join(told) + "."
