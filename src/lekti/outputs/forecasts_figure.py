"""Where an observed value lies in three forecasts, date by date: the share of virtual patients below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lekti.outputs.axes import Linear, age_axis, fixed
from lekti.outputs.forecasts import last_forecasts, share_below, start_before, told_in_words, value_of
from lekti.outputs.layout import Layout
from lekti.outputs.marks import simplified
from lekti.outputs.numbers import duration, percent
from lekti.outputs.svg import Drawing, Group, Node, Text, fit, line, path, shape

if TYPE_CHECKING:
    from lekti.population.conditions import Forecasts
    from lekti.population.result import Result

_TOP, _HEIGHT, _FOOT = 30.0, 190.0, 44.0
_KEY = 20.0
_TICKS = (0.05, 0.25, 0.5, 0.75, 0.95)
_DASHES = ("2 3", "7 4", "none")
"""From the forecast told least to the one told most."""

_SHORTEST_DAYS = 62.0
"""The axis shows at least this, so that a whole month is on it where a value has one date only."""

_MARK = 10.0
"""Half the length of the mark of a value with one date."""


def forecasts_figure(result: Result, layout: Layout) -> Drawing:
    """Draw one line for each forecast of the last value, for one width, under the default reading."""
    forecasts = last_forecasts(result)[0]
    start = start_before(result, forecasts)
    first, last = forecasts.forecasts[0].steps[0][0], forecasts.forecasts[0].steps[-1][0]
    left, right = (44.0, layout.right) if layout.stacked else (layout.left, layout.right)
    top = _TOP + _KEY * len(forecasts.forecasts)
    bottom = top + _HEIGHT
    shown = _shown_span(first - start, last - start)
    axis = age_axis(*shown, start=left, end=right, room=layout.tick_room)
    y = fixed(0.0, 1.0, _TICKS, start=bottom, end=top)
    nodes: list[Node] = [
        _grid(y, left, right, layout),
        _ages(axis.scale.ticks, axis.labels, axis.scale, bottom),
    ]
    nodes.append(
        Text(right, bottom + 35, f"{axis.unit} since the last treatment began", "ink3", anchor="end")
    )
    for place, one in enumerate(forecasts.forecasts):
        ages = np.array([step[0] - start for step in one.steps])
        shares = np.array([share_below(step, forecasts.observed) for step in one.steps])
        points = simplified(axis.scale.places(ages), y.places(shares)) if len(ages) > 1 else []
        if not points:
            at, height = axis.scale.place(float(ages[0])), y.place(float(shares[0]))
            points = [(at - _MARK, height), (at + _MARK, height)]
        dash = _DASHES[place + len(_DASHES) - len(forecasts.forecasts)]
        nodes.append(shape("path", "med", d=path(points), stroke_dasharray=dash))
        nodes += _key(told_in_words(result, forecasts, one), dash, place, left, right)
    title = f"Share of virtual patients below {value_of(result)}, by time since the treatment began"
    words = in_words(result, forecasts)
    return Drawing(f"forecasts-{layout.name}", layout.width, bottom + _FOOT, title, words, tuple(nodes))


def _shown_span(first: float, last: float) -> tuple[float, float]:
    """Return the days that the axis shows: those of the dates, or at least two months around them."""
    middle = (first + last) / 2
    low = max(min(first, middle - _SHORTEST_DAYS / 2), 0.0)
    return low, max(last, low + _SHORTEST_DAYS)


def in_words(result: Result, forecasts: Forecasts) -> str:
    """Return the text alternative: each forecast's share below the value at the first and the last date."""
    start = start_before(result, forecasts)
    told: list[str] = []
    for one in forecasts.forecasts:
        ends = [
            (step[0] - start, share_below(step, forecasts.observed)) for step in (one.steps[0], one.steps[-1])
        ]
        words = ", ".join(f"{percent(100 * share)} after {duration(days)}" for days, share in ends)
        told.append(f"{told_in_words(result, forecasts, one)}: {words}")
    return f"Below {value_of(result)}: {'; '.join(told)}."


def _key(words: str, dash: str, place: int, left: float, right: float) -> list[Node]:
    y = 14 + _KEY * place
    stroke = shape("path", "med", d=path([(left, y - 4), (left + 34, y - 4)]), stroke_dasharray=dash)
    return [stroke, Text(left + 42, y, fit(words, 12, right - left - 42), "model")]


def _grid(y: Linear, left: float, right: float, layout: Layout) -> Group:
    nodes: list[Node] = []
    for tick in y.ticks:
        at = y.place(tick)
        nodes += [
            line("grid", left, at, right, at),
            Text(left - 8, at + 4, percent(100 * tick), "ink3", anchor="end"),
        ]
    if not layout.stacked:
        nodes.append(Text(0, y.place(0.5) + 4, "share below the value", "ink", bold=True))
    return Group("ticks", nodes)


def _ages(ticks: Sequence[float], labels: Sequence[str], x: Linear, bottom: float) -> Group:
    nodes: list[Node] = [line("axis", x.start, bottom, x.end, bottom)]
    for tick, label in zip(ticks, labels, strict=True):
        at, words = x.place(tick), "0" if label == "birth" else label
        nodes += [
            line("axis", at, bottom, at, bottom + 5),
            Text(at, bottom + 18, words, "ink3", anchor="middle"),
        ]
    return Group("ages", nodes)
