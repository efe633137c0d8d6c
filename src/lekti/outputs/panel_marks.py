"""What stands inside a panel: measured values, the names of the bands and of the healthy range."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lekti.outputs import marks
from lekti.outputs.axes import Scale
from lekti.outputs.labels import Block, Ground, around, boxes, place
from lekti.outputs.numbers import THIN, measured
from lekti.outputs.observed import Sight, Told
from lekti.outputs.panel_parts import Curves, Frame, Shown
from lekti.outputs.svg import Box, Node, Text

_SHARES = (0.4, 0.46, 0.34, 0.52, 0.28, 0.58, 0.64, 0.22, 0.7, 0.16, 0.78, 0.86)


def draw_seen(shown: Shown, frame: Frame, y: Scale, ground: Ground) -> tuple[list[Node], Ground]:
    """Draw everything seen and name each where there is room; return the nodes and what is now taken.

    A value whose label finds no free place keeps its mark; its number stands in the table of the report.
    """
    drawn = [(_wordings(sight, frame), sight.kind, *_mark(sight, frame, y)) for sight in shown.sights]
    for words in shown.told:
        label = [Text(0, 0, words.label, role="ink", bold=True, halo=True)]
        drawn.append(([label], "exact", *_words_mark(words, frame)))
    ground = ground.with_taken(box for *_, box in drawn)
    nodes: list[Node] = [node for _, _, mark, _ in drawn for node in mark]
    for wordings, kind, _, box in drawn:
        found = _first_placed([_around(kind, words, box) for words in wordings], ground)
        nodes += found
        ground = ground.with_taken(boxes(found))
    return nodes, ground


def draw_area_names(shown: Shown, curves: Curves, frame: Frame, y: Scale, ground: Ground) -> list[Node]:
    """Name the two bands, on the first panel only, and the healthy range where there is one."""
    candidates: list[list[Block]] = []
    if shown.names_bands and not shown.series.empty:
        candidates += _band_names(curves, frame, y)
    if shown.panel.healthy is not None:
        candidates.append(_healthy_name(shown, frame, y))
    nodes: list[Node] = []
    for places in candidates:
        found = _first_placed([places], ground)
        if not found and shown.names_bands:  # both bands are named or none
            return []
        nodes += found
        ground = ground.with_taken(boxes(found))
    return nodes


def _first_placed(wordings: Sequence[Sequence[Block]], ground: Ground) -> Block:
    for places in wordings:
        found = place(places, ground)
        if found is not None:
            return found
    return ()


def _mark(sight: Sight, frame: Frame, y: Scale) -> tuple[list[Node], Box]:
    at = y.place(sight.value)
    if sight.kind == "undated":
        return marks.credibility_bar(
            sight.ages, sight.credibility, at, x=frame.x, opens=sight.opens, censoring=sight.censoring
        )
    first, last = frame.x.place(sight.first), frame.x.place(sight.last)
    if sight.kind == "range":
        return marks.date_range(first, last, at, censoring=sight.censoring, opens=sight.opens)
    if sight.censoring != "none":
        return marks.censored(first, at, above=sight.censoring == "above")
    return marks.dot(first, at)


def _words_mark(words: Told, frame: Frame) -> tuple[list[Node], Box]:
    """Return the arrow of something told in words, a little after the first possible date."""
    first, last = frame.x.place(words.first), frame.x.place(words.last)
    x = min(first + 0.25 * (last - first), first + 32.0)
    if words.direction is None or words.direction == "same":
        return [], Box(x - 2, frame.top + 2, 4, 12)
    return marks.words_arrow(x, frame.top + 11, raises=words.direction == "up")


def _wordings(sight: Sight, frame: Frame) -> list[list[Text]]:
    """Return the wordings of a label, the fullest first."""
    label = Text(0, 0, sight.label, role="ink", bold=True, halo=True)
    wordings = [[label]]
    value = measured(sight.value, sight.censoring)
    if sight.kind == "undated":
        long = "the stronger the bar, the more credible that date"
        hint = "stronger: more credible" if frame.layout.stacked else long
        wordings.insert(0, [label, Text(0, 0, hint, halo=True)])
        short = Text(0, 0, f"{value}, date not stated", role="ink", bold=True, halo=True)
        wordings += [[short, Text(0, 0, "stronger: more credible", halo=True)], [short]]
    if value != sight.label:
        wordings.append([Text(0, 0, value, role="ink", bold=True, halo=True)])
    return wordings


def _around(kind: str, words: Sequence[Text], box: Box) -> list[Block]:
    places = around(words, box)
    if kind == "exact":
        return places
    right, left, *rest = places
    return [left, *rest, right] if kind == "undated" else [*rest, left, right]


def _band_names(curves: Curves, frame: Frame, y: Scale) -> list[list[Block]]:
    """Return the places of the two names: the 90 % band from above, the 50 % band from below."""
    outer: list[Block] = []
    inner: list[Block] = []
    for share in _SHARES:
        age = frame.x.low + share * (frame.x.high - frame.x.low)
        x = frame.x.place(age)
        low, high = (y.place(float(np.interp(age, curves.shape.ages, edge))) for edge in curves.shape.outer)
        outer.append((_band_name(f"light: 90{THIN}% of patients", x, high - 6),))
        inner.append((_band_name(f"dark: 50{THIN}%", x, low + 14),))
        inner.append((_band_name(f"dark: 50{THIN}%", x, high - 6),))
    return [outer, inner]


def _band_name(words: str, x: float, y: float) -> Text:
    return Text(x, y, words, role="model", anchor="middle", halo=True)


def _healthy_name(shown: Shown, frame: Frame, y: Scale) -> list[Block]:
    healthy = shown.panel.healthy
    if healthy is None:
        return []
    words = f"{healthy.words}, {measured(healthy.low)} to {measured(healthy.high)}"
    top, bottom = y.place(healthy.high), y.place(healthy.low)
    return [
        (Text(frame.layout.left + share * (frame.plot.width), at, words, anchor="middle", halo=True),)
        for at in ((top + bottom) / 2 + 4, top - 5)
        for share in _SHARES
    ]
