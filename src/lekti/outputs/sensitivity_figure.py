"""Shares of variance as bars: one panel for each readout, one column for each plan."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.outputs.figure_style import standalone_style
from lekti.outputs.numbers import THIN, age
from lekti.outputs.sensitivity import NAMES, SHOWN, percent
from lekti.outputs.svg import Drawing, Group, Node, Text, fit, line, shape
from lekti.population.sensitivity import Answer, Index, Sensitivity

_COLUMN, _GAP, _NAME, _TOLD = 420.0, 40.0, 170.0, 44.0
_TOP, _HEAD, _PITCH, _BAR = 64.0, 30.0, 20.0, 12.0
_PANEL = _HEAD + _PITCH * SHOWN + 22
_TICKS = (0.0, 0.5, 1.0)


def sensitivity_figure(found: Sensitivity) -> Drawing:
    """Draw the factors that matter most: light up to the total share, dark up to the share alone."""
    plans = tuple(dict.fromkeys(one.plan for one in found.answers))
    width = _COLUMN * len(plans) + _GAP * (len(plans) - 1)
    readouts = tuple(dict.fromkeys(one.readout for one in found.answers))
    height = _TOP + _PANEL * len(readouts)
    nodes: list[Node] = []
    for column, plan in enumerate(plans):
        left = column * (_COLUMN + _GAP)
        nodes.append(Text(left, 40, f"{plan[:1].upper()}{plan[1:]}", "ink", 14, bold=True))
        own = [one for one in found.answers if one.plan == plan]
        for place, one in enumerate(own):
            nodes.append(_panel(one, left, _TOP + place * _PANEL))
    nodes.append(
        Text(
            0,
            14,
            "share of the variance: dark alone, light with all it works with; line 95 % interval".replace(
                " %", f"{THIN}%"
            ),
            "ink2",
        )
    )
    title = f"What decides predictions at {age(found.age_days)}"
    return Drawing("sensitivity", width, height, title, in_words(found.answers), tuple(nodes))


def standalone_svg(found: Sensitivity) -> str:
    """Return the figure as a file that stands on its own."""
    return sensitivity_figure(found).svg(style=standalone_style())


def in_words(answers: Sequence[Answer]) -> str:
    """Return the text alternative: the first three factors of each readout."""
    told = [
        f"{NAMES[one.readout]}, {one.plan}: "
        + ", ".join(f"{index.name} {percent(index.total)}" for index in one.indices[:3])
        for one in answers
    ]
    return "; ".join(told) + "."


def _panel(one: Answer, left: float, top: float) -> Group:
    start, end = left + _NAME, left + _COLUMN - _TOLD
    bottom = top + _HEAD + _PITCH * SHOWN
    nodes: list[Node] = [Text(left, top + 12, NAMES[one.readout], "ink", 13, bold=True)]
    for tick in _TICKS:
        at = start + tick * (end - start)
        nodes += [
            line("grid", at, top + _HEAD - 6, at, bottom),
            Text(at, top + _HEAD - 10, percent(tick), "ink3", anchor="middle"),
        ]
    for place, index in enumerate(one.indices[:SHOWN]):
        nodes += _row(index, top + _HEAD + _PITCH * (place + 0.5), left, (start, end))
    return Group("panel", nodes)


def _row(index: Index, y: float, left: float, ends: tuple[float, float]) -> list[Node]:
    start, end = ends

    def at(share: float) -> float:
        return start + min(max(share, 0.0), 1.0) * (end - start)

    total, alone = at(index.total), at(index.alone)
    low, high = at(index.total - index.total_half), at(index.total + index.total_half)
    return [
        Text(start - 10, y + 4, fit(index.name, 12, start - left - 12), "ink", anchor="end"),
        shape("rect", "b90", x=start, y=y - _BAR / 2, width=total - start, height=_BAR),
        shape("rect", "b50", x=start, y=y - _BAR / 2, width=min(alone, total) - start, height=_BAR),
        line("ink-line", low, y, high, y),
        Text(end + 8, y + 4, percent(index.total), "ink2"),
    ]
