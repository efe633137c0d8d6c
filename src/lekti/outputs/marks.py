"""The marks of a chart: predicted is blue, measured is ink, given is green, and missing is drawn too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from lekti.outputs.axes import Scale
from lekti.outputs.svg import Box, Node, line, path, shape

DOT = 4.5
BAR = 9.0
FAINTEST, STRONGEST = 0.08, 0.92
_SHADES = 21


def band(css: str, x: np.ndarray, low: np.ndarray, high: np.ndarray) -> Node:
    """Return a filled band between two edges, in px; css is `b90` or `b50`."""
    upper = simplified(x, high)
    lower = simplified(x, low)
    return shape("path", css, d=path([*upper, *reversed(lower)], closed=True))


def median(x: np.ndarray, y: np.ndarray, *, thin: bool = False) -> Node:
    """Return the median as a line; `thin` for sawtooth concentrations."""
    return shape("path", "med thin" if thin else "med", d=path(simplified(x, y)))


def simplified(x: np.ndarray, y: np.ndarray, *, error: float = 0.12) -> list[tuple[float, float]]:
    """Return the points a curve needs so that no dropped point lies more than `error` px from it."""
    keep = np.zeros(len(x), dtype=bool)
    if not len(x):
        return []
    keep[[0, -1]] = True
    spans = [(0, len(x) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        between = slice(first + 1, last)
        chord = np.interp(x[between], [x[first], x[last]], [y[first], y[last]])
        distance = np.abs(y[between] - chord)
        worst = int(np.argmax(distance))
        if distance[worst] > error:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return [(float(a), float(b)) for a, b in zip(x[keep], y[keep], strict=True)]


def dot(x: float, y: float) -> tuple[list[Node], Box]:
    """Return a measured value: an ink dot with a paper ring, and the box it takes."""
    return [shape("circle", "dot", cx=x, cy=y, r=DOT)], Box(x - 6, y - 6, 12, 12)


def censored(x: float, y: float, *, above: bool) -> tuple[list[Node], Box]:
    """Return a value off the scale: a flat foot at the limit and an arrow into the possible side."""
    tip, side = (y - 15, 6) if above else (y + 15, -6)
    head = path([(x - 4.5, tip + side), (x + 4.5, tip + side), (x, tip)], closed=True)
    nodes: list[Node] = [
        line("ring", x - 8, y, x + 8, y),
        line("ink-line", x - 7, y, x + 7, y),
        line("ink-line", x, y, x, tip + side),
        shape("path", "ink-fill", d=head),
    ]
    return nodes, Box(x - 8, min(y, tip) - 1, 16, 17)


def date_range(
    x1: float, x2: float, y: float, *, censoring: str, opens: bool = False
) -> tuple[list[Node], Box]:
    """Return a date known as a range: a whisker with end ticks and the value at its middle."""
    middle = (x1 + x2) / 2
    value, _ = dot(middle, y) if censoring == "none" else censored(middle, y, above=censoring == "above")
    end = [arrow_head(x2, y)] if opens else [line("ink-line", x2, y - 5, x2, y + 5)]
    nodes: list[Node] = [
        line("ring", x1, y, x2, y),
        line("ink-line", x1, y, x2, y),
        line("ink-line", x1, y - 5, x1, y + 5),
        *end,
        *value,
    ]
    return nodes, Box(x1 - 1, y - 7, x2 - x1 + (10 if opens else 2), 14)


def credibility_bar(
    ages: Sequence[float], credibility: Sequence[float], y: float, *, x: Scale, opens: bool, censoring: str
) -> tuple[list[Node], Box]:
    """Return a value without a date: ink over every possible date, the stronger the more credible.

    `ages` are the possible dates in days and `credibility` the model's word on each, 0 to 1.
    """
    places = x.places(np.asarray(ages, dtype=float))
    first, last = float(places[0]), float(places[-1])
    nodes: list[Node] = [shape("rect", "paper", x=first, y=y - BAR / 2, width=last - first, height=BAR)]
    nodes += _shades(places, np.asarray(credibility, dtype=float), y)
    nodes.append(line("ink-line foot", first, y - 9, first, y + 9))
    nodes.append(arrow_head(last, y) if opens else line("ink-line foot", last, y - 9, last, y + 9))
    if censoring != "none":
        nodes += censored((first + last) / 2, y, above=censoring == "above")[0]
    return nodes, Box(first - 1, y - 9, last - first + (10 if opens else 2), 18)


def arrow_head(x: float, y: float) -> Node:
    """Return an open arrow head: the possible dates go on."""
    return shape("path", "open-head", d=path([(x, y - 6.5), (x, y + 6.5), (x + 8, y)], closed=True))


def words_arrow(x: float, y: float, *, raises: bool) -> tuple[list[Node], Box]:
    """Return the arrow of something seen in words only: a direction, never a number."""
    foot, tip, side = (y + 10, y - 10, 5) if raises else (y - 10, y + 10, -5)
    head = path([(x - 4.5, tip + side), (x, tip), (x + 4.5, tip + side)])
    nodes: list[Node] = [line("ink-line", x, foot, x, tip), shape("path", "ink-line", d=head)]
    return nodes, Box(x - 5, y - 11, 10, 22)


def dose_strokes(doses: np.ndarray, y: float, *, x: Scale, until: float, height: float = 13) -> list[Node]:
    """Return one stroke per dose on a base line; where two lie within 4 px, every nth (see `shown_every`)."""
    shown = np.asarray(doses)[:: shown_every(doses, x)]
    first, last = x.place(float(doses[0])), x.place(until)
    strokes = "".join(f"M{place:.1f},{y:.1f}v{-height:.1f}" for place in x.places(shown))
    return [line("dose", first, y, max(last, first + 1), y), shape("path", "dose", d=strokes)]


def course_bars(
    spans: Sequence[tuple[float, float]], y: float, *, x: Scale, height: float = 13
) -> list[Node]:
    """Return one open bar per course, from its start to its end, on a base line."""
    bars = ""
    for start, end in spans:
        left, right = x.place(start), x.place(end)
        bars += f"M{left:.1f},{y:.1f}v{-height:.1f}H{max(right, left + 1):.1f}v{height:.1f}z"
    return [shape("path", "dose", d=bars)]


def shown_every(doses: np.ndarray, x: Scale) -> int:
    """Return n, where every nth dose is drawn so that strokes lie at least 4 px apart."""
    if len(doses) < 2:
        return 1
    nearest = float(np.min(np.diff(x.places(np.asarray(doses)))))
    return max(1, int(np.ceil(4.0 / max(nearest, 1e-3))))


def start_line(x: float, top: float, bottom: float) -> Node:
    """Return the dotted line of a treatment that begins; it lies behind the data."""
    return line("begins", x, top, x, bottom)


def healthy_band(left: float, right: float, top: float, bottom: float) -> Node:
    """Return the grey band of a healthy range."""
    return shape("rect", "healthy", x=left, y=top, width=right - left, height=bottom - top)


def point_range(
    y: float, median_x: float, half: tuple[float, float], ninety: tuple[float, float]
) -> list[Node]:
    """Return a predicted value with its interval: dot median, thick 50 %, thin 90 %."""
    return [
        line("range90", ninety[0], y, ninety[1], y),
        line("range50", half[0], y, half[1], y),
        shape("circle", "model-dot", cx=median_x, cy=y, r=5.5),
    ]


def _shades(places: np.ndarray, credibility: np.ndarray, y: float) -> list[Node]:
    """Return the bar in pieces of equal strength, at most one per shade and change."""
    middle = (credibility[:-1] + credibility[1:]) / 2
    level = np.round(np.clip(middle, 0, 1) * (_SHADES - 1)).astype(int)
    edges = [0, *(np.flatnonzero(np.diff(level)) + 1).tolist(), len(level)]
    nodes: list[Node] = []
    for first, last in pairwise(edges):
        if first == last:
            continue
        opacity = FAINTEST + (STRONGEST - FAINTEST) * level[first] / (_SHADES - 1)
        left, right = round(float(places[first])), round(float(places[last]))
        size = {"x": left, "y": y - BAR / 2, "width": right - left, "height": BAR}
        nodes.append(shape("rect", "shade", **size, fill_opacity=opacity))
    return nodes
