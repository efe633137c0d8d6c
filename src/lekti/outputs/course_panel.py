"""One panel of the course figure: axis, bands, median, healthy range, measured values and their labels."""

from __future__ import annotations

import math

import numpy as np

from lekti.outputs import marks
from lekti.outputs.axes import Linear, Log, Scale, fixed, linear_from_zero, log_decades
from lekti.outputs.given import Given
from lekti.outputs.labels import Ground, block
from lekti.outputs.numbers import THIN, every, interval, measured, predicted, short_age
from lekti.outputs.panel_marks import draw_area_names, draw_seen
from lekti.outputs.panel_parts import Curves, Frame, Shown
from lekti.outputs.panels import Panel
from lekti.outputs.series import Envelope, envelope, last_trough
from lekti.outputs.svg import Box, Group, Node, Text, line, text_width, wrap

TOOTH_PX = 6.0
MOST_DECADES = 4


def draw_panel(shown: Shown, frame: Frame) -> Group:
    """Return one panel with its labels; no label lies on another."""
    curves = _curves(shown, frame)
    y = _scale(shown, curves, frame)
    ground = _ground(shown, curves, frame, y)
    nodes: list[Node] = [*_grid(y, frame), *_healthy(shown.panel, y, frame)]
    names = [*_names(shown, curves, frame, y), *_end_value(shown, frame, y)]
    if shown.series.empty:
        names.append(_nothing_solved(frame))
    else:
        nodes += _bands(curves, frame, y)
    ground = ground.with_taken(text.box for text in names)
    marked, ground = draw_seen(shown, frame, y, ground)
    areas = draw_area_names(shown, curves, frame, y, ground)
    return Group(f"panel {shown.panel.output}", [*nodes, *names, *marked, *areas])


def _curves(shown: Shown, frame: Frame) -> Curves:
    s = shown.series
    plain = Envelope(s.ages, s.median, (s.quantiles[1], s.quantiles[3]), (s.quantiles[0], s.quantiles[4]))
    if shown.drug is None or shown.drug.interval_days is None or s.empty:
        return Curves(plain, toothed=False)
    tooth = frame.x.place(frame.x.low + shown.drug.interval_days) - frame.x.start
    if tooth >= TOOTH_PX:
        return Curves(plain, toothed=True)
    return Curves(envelope(s, shown.drug.doses), toothed=False)


def _scale(shown: Shown, curves: Curves, frame: Frame) -> Linear | Log:
    ends = {"start": frame.bottom, "end": frame.top}
    if shown.panel.axis == "score":
        return fixed(0, 10, (0, 5, 10), **ends)
    healthy = shown.panel.healthy
    values = np.concatenate([*curves.shape.outer, [each.value for each in shown.sights]])
    values = values[np.isfinite(values)]
    if shown.panel.axis == "log":
        low, high = _log_ends(shown, values)
        return log_decades(low, high, **ends, most_ticks=shown_ticks(frame))
    largest = max([float(values.max(initial=0.0)), healthy.high if healthy else 0.0])
    return linear_from_zero(largest, **ends, most_ticks=frame.layout.most_ticks)


def _log_ends(shown: Shown, values: np.ndarray) -> tuple[float, float]:
    """Return the ends of a log axis; what is predicted far below the top counts only if it was measured."""
    above = values[values > 0]
    if not above.size:
        return 1.0, 1000.0
    low, high = float(above.min()), float(above.max())
    foot = 10.0 ** (math.ceil(math.log10(high) - 1e-9) - MOST_DECADES)
    measured_low = min((sight.value for sight in shown.sights if sight.value > 0), default=foot)
    return max(low, min(foot, measured_low)), high


def cut_below(curves: Curves, y: Linear | Log) -> float | None:
    """Return the foot of a log axis that the drawn curves go below, or None; a cut is always said."""
    drawn = curves.shape.outer[0]
    return y.low if isinstance(y, Log) and bool((drawn < y.low * (1 - 1e-9)).any()) else None


def shown_ticks(frame: Frame) -> int:
    """Return how many decades an axis of this height can name, 2 to 6."""
    return max(2, min(6, int(frame.height // 18)))


def _grid(y: Linear | Log, frame: Frame) -> list[Node]:
    nodes: list[Node] = []
    for tick in y.ticks:
        at = y.place(tick)
        nodes.append(line("grid", frame.layout.left, at, frame.layout.right, at))
        label = measured(float(f"{tick:.6g}"))
        nodes.append(Text(frame.layout.left - 8, at + 4, label, role="ink3", anchor="end"))
    return nodes


def _healthy(panel: Panel, y: Scale, frame: Frame) -> list[Node]:
    if panel.healthy is None:
        return []
    top, bottom = y.place(panel.healthy.high), y.place(panel.healthy.low)
    return [marks.healthy_band(frame.layout.left, frame.layout.right, top, bottom)]


def _bands(curves: Curves, frame: Frame, y: Scale) -> list[Node]:
    shape = curves.shape
    x = frame.x.places(shape.ages)
    return [
        marks.band("b90", x, y.places(shape.outer[0]), y.places(shape.outer[1])),
        marks.band("b50", x, y.places(shape.inner[0]), y.places(shape.inner[1])),
        marks.median(x, y.places(shape.line), thin=curves.toothed),
    ]


def _nothing_solved(frame: Frame) -> Text:
    return Text(frame.layout.left + 8, frame.top + 16, "no virtual patient was solved", halo=True)


def _ground(shown: Shown, curves: Curves, frame: Frame, y: Scale) -> Ground:
    """Return what labels must keep off: other drugs' start lines and the median where there is a choice."""
    plot = frame.plot
    bounds = Box(plot.left + 5, plot.top - 8, plot.width - 7, plot.height + 12)
    drugs = [*shown.drugs, *([shown.drug] if shown.drug else [])]
    busy = [Box(frame.x.place(drug.start) - 2, plot.top, 4, plot.height) for drug in drugs]
    if not shown.series.empty:
        ages = np.linspace(curves.shape.ages[0], curves.shape.ages[-1], 60)
        height = y.places(np.interp(ages, curves.shape.ages, curves.shape.line))
        places = frame.x.places(ages)
        busy += [Box(float(a) - 3, float(b) - 3, 6, 6) for a, b in zip(places, height, strict=True)]
    return Ground(bounds, (), tuple(busy))


def _names(shown: Shown, curves: Curves, frame: Frame, y: Linear | Log) -> list[Text]:
    panel, layout = shown.panel, frame.layout
    unit = f"{panel.unit}, log scale" if panel.axis == "log" else panel.unit
    foot = cut_below(curves, y)
    if foot is not None:
        unit += f" from {measured(float(f'{foot:.6g}'))}"
    if layout.stacked:
        quiet = "" if shown.sights or shown.told else " · not measured"
        return [
            Text(0, frame.top - 28, panel.name, role="ink", size=14, bold=True, halo=True),
            Text(0, frame.top - 13, unit + quiet, role="ink3", halo=True),
        ]
    room = layout.left - 8 - text_width("10,000", 12) - 6
    lines = [Text(0, 0, unit, role="ink3")]
    hint = dose_to_see(shown.drug, curves) if shown.drug is not None else to_see(shown)
    lines += [Text(0, 0, each, role="ink2") for each in wrap(hint, 12, room) if each]
    if not (shown.sights or shown.told):
        lines.append(Text(0, 0, "not measured", role="ink3"))
    name = Text(0, frame.top + 10, panel.name, role="ink", size=14, bold=True)
    return [name, *block(lines, 0, frame.top + 27, "start")]


def to_see(shown: Shown) -> str:
    """Return what to see in a panel: how far the median has moved since the last treatment began."""
    if shown.series.empty or not shown.drugs:
        return ""
    start = max(drug.start for drug in shown.drugs)
    before, after = float(shown.series.at(start)[2]), float(shown.series.median[-1])
    if not before > 0:
        return ""
    change = (after - before) / before
    if abs(change) < 0.05:
        return f"much as at {short_age(start)}"
    if change > 1:
        return f"{predicted(after / before)} times that at {short_age(start)}"
    return f"{abs(change) * 100:.0f}{THIN}% {'lower' if change < 0 else 'higher'} than at {short_age(start)}"


def dose_to_see(drug: Given, curves: Curves) -> str:
    """Return what to see where doses make teeth: each dose, or the trough and how far the peaks rise."""
    if curves.toothed and drug.interval_days is not None:
        return f"a dose {every(drug.interval_days)}"
    return "trough; band to peak"


def end_quantiles(shown: Shown, end_days: float) -> tuple[np.ndarray, bool]:
    """Return the quantiles shown at the end, and whether they are those of the last trough."""
    drug = shown.drug
    trough = last_trough(drug.doses, end_days, drug.interval_days) if drug is not None else None
    return shown.series.at(end_days if trough is None else trough), trough is not None


def _end_value(shown: Shown, frame: Frame, y: Scale) -> list[Text]:
    if shown.series.empty:
        return []
    q, trough = end_quantiles(shown, frame.x.high)
    value, ninety, layout = predicted(float(q[2])), interval(float(q[0]), float(q[4])), frame.layout
    if layout.stacked:
        lead = "trough: " if trough else f"at {short_age(frame.x.high)}: "
        return [
            Text(
                layout.width,
                frame.top - 28,
                lead + value,
                role="model",
                size=13,
                bold=True,
                anchor="end",
                halo=True,
            ),
            Text(layout.width, frame.top - 13, f"90{THIN}%: {ninety}", role="ink3", anchor="end", halo=True),
        ]
    at = min(max(y.place(float(q[2])) + 5, frame.top + 12), frame.bottom - (20 if trough else 8))
    left = layout.right + 14
    lines = [
        Text(left, at, value, role="model", size=15, bold=True),
        Text(left, at + 16, ninety, role="ink3"),
    ]
    return [*lines, Text(left, at + 31, "trough", role="ink3")] if trough else lines
