"""The signs of a cohort as shares with their intervals; seen is ink, and every row has its denominator."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.outputs.cohort_words import interval, of, percent
from lekti.outputs.layout import Layout
from lekti.outputs.marks import DOT
from lekti.outputs.numbers import THIN
from lekti.outputs.svg import Drawing, Group, Node, Text, fit, line, shape, text_width
from lekti.population.cohort import FeatureCount
from lekti.population.share import Share

_TOP = 46.0
_PITCH, _STACKED = 25.0, 40.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_NAME, _COUNT = 300.0, 108.0


def cohort_figure(signs: Sequence[FeatureCount], layout: Layout) -> Drawing:
    """Draw one row per sign for one width: dot, 95 % interval, observed of assessed, and not told."""
    left = 8.0 if layout.stacked else min(_NAME, 0.4 * layout.width)
    right = layout.width - (_COUNT if not layout.stacked else 16.0)
    pitch = _STACKED if layout.stacked else _PITCH
    bottom = _TOP + pitch * len(signs)
    nodes: list[Node] = [_axis(left, right, bottom, layout)]
    for at, sign in enumerate(signs):
        nodes.append(_row(sign, _TOP + pitch * (at + 0.5), left, right, layout))
    title = "Signs, as a share of the people in whom they were looked for"
    words = "; ".join(f"{each.label} {of(each.share)} ({interval(each.share)})" for each in signs)
    return Drawing(f"signs-{layout.name}", layout.width, bottom + 8, title, f"{words}.", tuple(nodes))


def _axis(left: float, right: float, bottom: float, layout: Layout) -> Group:
    nodes: list[Node] = []
    words = "share of those assessed, 95 % interval".replace(" %", f"{THIN}%")
    nodes.append(Text(left if layout.stacked else 0, 14, words, "ink2"))
    if not layout.stacked:
        nodes.append(Text(layout.width, 14, "observed of assessed · not told", "ink3", anchor="end"))
    for tick in _TICKS:
        at = left + tick * (right - left)
        anchor = (
            "start" if tick == 0 and layout.stacked else "end" if tick == 1 and layout.stacked else "middle"
        )
        nodes += [line("grid", at, _TOP - 6, at, bottom), Text(at, 34, percent(tick), "ink3", anchor=anchor)]
    return Group("ticks", nodes)


def _row(sign: FeatureCount, y: float, left: float, right: float, layout: Layout) -> Group:
    told = f"{of(sign.share)} · {sign.not_mentioned}"
    if layout.stacked:
        mark_y, text_y = y + 10, y - 6
        count = Text(layout.width, text_y, told, "ink2", anchor="end", halo=True)
        room = layout.width - text_width(told, 12) - 14
        name = Text(0, text_y, fit(sign.label, 12, room, bold=True), "ink", bold=True, halo=True)
    else:
        mark_y = y
        count = Text(layout.width, y + 4, told, "ink2", anchor="end")
        name = Text(left - 14, y + 4, fit(sign.label, 13, left - 18), "ink", 13, anchor="end")
    return Group("sign", [*_mark(sign.share, mark_y, left, right), name, count])


def _mark(share: Share, y: float, left: float, right: float) -> list[Node]:
    low, high = (left + end * (right - left) for end in share.interval)
    middle = left + share.value * (right - left)
    ends = [line("ink-line", at, y - 4, at, y + 4) for at in (low, high)]
    return [line("ink-line", low, y, high, y), *ends, shape("circle", "dot", cx=middle, cy=y, r=DOT)]
