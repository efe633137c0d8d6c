"""The treatment timeline: one row per drug, one stroke per dose, dose and interval in words."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.outputs.axes import Scale
from lekti.outputs.given import Given
from lekti.outputs.layout import Layout
from lekti.outputs.marks import course_bars, dose_strokes, shown_every
from lekti.outputs.numbers import short_age
from lekti.outputs.svg import Group, Node, Text, fit, text_width, wrap

ROW = 36.0
STACKED_ROW = 40.0


def timeline(drugs: Sequence[Given], *, x: Scale, layout: Layout) -> tuple[Group, float]:
    """Return the timeline and the y below it; without a treatment it says so."""
    nodes: list[Node] = [Text(0, 13, "What was given", role="ink", size=13, bold=True)]
    if not drugs:
        nodes.append(Text(layout.left, 13 if not layout.stacked else 32, "no treatment in this course"))
        return Group("timeline", nodes), 44.0
    top = 22.0 if layout.stacked else 4.0
    for drug in drugs:
        row = _stacked_row if layout.stacked else _row
        nodes += row(drug, top, x, layout)
        noted = layout.stacked and strokes_in_words(drug, x) != ""
        top += STACKED_ROW + (15 if noted else 0) if layout.stacked else ROW
    return Group("timeline", nodes), top


def row_in_words(drug: Given) -> str:
    """Return dose, interval and start of one drug."""
    return f"{drug.plan}, from {short_age(drug.start)}"


def strokes_in_words(drug: Given, x: Scale) -> str:
    """Return which strokes are drawn, where there is no room for every one."""
    n = 1 if drug.spans else shown_every(drug.doses, x)
    return f"every {_ordinal(n)} dose drawn" if n > 1 else ""


def _row(drug: Given, top: float, x: Scale, layout: Layout) -> list[Node]:
    base, left = top + 20, layout.left - 12
    note = strokes_in_words(drug, x)
    high = base - (9 if note else 2)
    name = fit(drug.label, 13, left - 110, bold=True)
    nodes: list[Node] = [Text(left, high, name, role="given", size=13, bold=True, anchor="end")]
    if note:
        nodes.append(Text(left, base + 6, note, role="ink3", anchor="end"))
    nodes += _marks(drug, base, x)
    return nodes + _words_beside(drug, base, x, layout)


def _marks(drug: Given, base: float, x: Scale, *, height: float = 13) -> list[Node]:
    if drug.spans:
        return course_bars(drug.spans, base, x=x, height=height)
    return dose_strokes(drug.doses, base, x=x, until=drug.until, height=height)


def _words_beside(drug: Given, base: float, x: Scale, layout: Layout) -> list[Node]:
    """Put the words at the free end: left of the strokes, right of them, or in the right column."""
    start, end = x.place(drug.start), x.place(drug.until)
    for words in (row_in_words(drug), drug.plan):
        wide = text_width(words, 12) + 10
        if start - layout.left >= wide:
            return [Text(start - 8, base - 2, words, role="given", anchor="end")]
        if layout.right - end >= wide:
            return [Text(end + 8, base - 2, words, role="given")]
    return _words_in_column(drug, base, layout)


def _words_in_column(drug: Given, base: float, layout: Layout) -> list[Node]:
    room = layout.width - layout.right - 12
    choices = [wrap(words, 12, room) for words in (row_in_words(drug), drug.plan)]
    lines = next((each for each in choices if len(each) <= 2), choices[-1])
    if len(lines) > 2:
        lines = [lines[0], fit(" ".join(lines[1:]), 12, room)]
    high = base - 4 - (5 if len(lines) > 1 else 0)
    return [
        Text(layout.right + 12, high + 14 * index, fit(each, 12, room), role="given")
        for index, each in enumerate(lines)
    ]


def _stacked_row(drug: Given, top: float, x: Scale, layout: Layout) -> list[Node]:
    base = top + 15
    note = strokes_in_words(drug, x)
    room = layout.width - text_width(drug.label, 12, bold=True) - 8
    plan = row_in_words(drug) if text_width(row_in_words(drug), 12) <= room else drug.plan
    nodes: list[Node] = [*_marks(drug, base, x, height=11)]
    nodes.append(Text(0, base + 17, drug.label, role="given", bold=True, tail=" " + fit(plan, 12, room)))
    return [*nodes, Text(0, base + 32, note, role="ink3")] if note else nodes


def _ordinal(n: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10 if n % 100 not in {11, 12, 13} else 0, "th")
    return f"{n}{ending}"
