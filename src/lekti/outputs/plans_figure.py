"""Figure 2: what each plan would have given, as point-ranges against what was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lekti.outputs.axes import Linear, Log, Scale, linear_from_zero, log_decades
from lekti.outputs.layout import Layout
from lekti.outputs.marks import point_range
from lekti.outputs.numbers import THIN, duration, interval, measured, predicted
from lekti.outputs.plans import Plan, Plans
from lekti.outputs.svg import Drawing, Group, Node, Text, fit, line

if TYPE_CHECKING:
    from lekti.population.result import Comparison

_TOP = 34.0


def plans_figure(plans: Plans, layout: Layout) -> Drawing:
    """Draw one point-range per plan for one width; the title and description state what it shows."""
    pitch = 54.0 if layout.stacked else 42.0
    right = layout.width - (12 if layout.stacked else 24)
    left = 12.0 if layout.stacked else layout.left
    x = _scale(plans, left, right, layout)
    bottom = _TOP + pitch * len(plans.plans)
    rows = [_row(plan, _TOP + pitch * (i + 0.62), x, layout) for i, plan in enumerate(plans.plans)]
    nodes: list[Node] = [_axis(x, plans, bottom)]
    if plans.observed is not None:
        at = x.place(plans.observed.observed)
        nodes.append(line("observed", at, _TOP - 4, at, bottom + 4))
        nodes.append(_observed_name(plans.observed, at, bottom, layout))
    nodes += [node for row in rows for node in row]
    title = f"{plans.panel.name} {duration(plans.since_days)} after the last treatment began, under each plan"
    return Drawing(f"plans-{layout.name}", layout.width, bottom + 26, title, in_words(plans), tuple(nodes))


def in_words(plans: Plans) -> str:
    """Return the text alternative: median and 90 % interval under each plan, and the observed value."""
    told: list[str] = []
    for plan in plans.plans:
        q = [float(value) for value in plan.quantiles]
        told.append(f"{plan.name} {predicted(q[2])} {plans.panel.unit} (90{THIN}% {interval(q[0], q[4])})")
    seen = plans.observed
    observed = f" Observed: {measured(seen.observed, seen.censoring)} {seen.unit}." if seen else ""
    return f"{'; '.join(told)}.{observed}"


def _scale(plans: Plans, left: float, right: float, layout: Layout) -> Linear | Log:
    values = [float(q) for plan in plans.plans for q in (plan.quantiles[0], plan.quantiles[4])]
    if plans.observed is not None:
        values.append(plans.observed.observed)
    most = 4 if layout.stacked else 5
    if plans.panel.axis != "log":
        return linear_from_zero(max(values), start=left, end=right, most_ticks=most)
    above = [value for value in values if value > 0]
    return log_decades(min(above), max(above), start=left, end=right, most_ticks=most)


def _axis(x: Linear | Log, plans: Plans, bottom: float) -> Group:
    nodes: list[Node] = []
    for index, tick in enumerate(x.ticks):
        at = x.place(tick)
        last = index == len(x.ticks) - 1
        words = measured(float(f"{tick:.6g}")) + (f" {plans.panel.unit}" if last else "")
        anchor = "end" if last else "middle" if index else "start"
        nodes += [line("grid", at, _TOP, at, bottom), Text(at, 22, words, role="ink3", anchor=anchor)]
    return Group("ticks", nodes)


def _row(plan: Plan, y: float, x: Scale, layout: Layout) -> list[Node]:
    q = [float(value) for value in plan.quantiles]
    low, lower, median, upper, high = (x.place(value) for value in q)
    mark = point_range(y, median, (lower, upper), (low, high))
    if layout.stacked:
        words = f"{predicted(q[2])} ({interval(q[0], q[4])})"
        told = Text(layout.width, y - 14, words, role="model", bold=True, anchor="end", halo=True)
        room = layout.width - told.width - 12
        name = Text(0, y - 14, fit(plan.name, 12, room, bold=True), role="ink", bold=True, halo=True)
    else:
        told = Text(median, y - 11, predicted(q[2]), role="model", bold=True, anchor="middle", halo=True)
        name = Text(0, y + 5, fit(plan.name, 14, layout.left - 16, bold=True), "ink", 14, bold=True)
    return [Group("plan", [*mark, name, told])]


def _observed_name(seen: Comparison, at: float, bottom: float, layout: Layout) -> Text:
    words = f"observed {measured(seen.observed, seen.censoring)}"
    half = Text(at, 0, words, bold=True, anchor="middle").width / 2
    anchor, spot = ("middle", at) if half < at < layout.width - half else ("start", 0.0)
    if at >= layout.width - half:
        anchor, spot = "end", layout.width
    return Text(spot, bottom + 18, words, role="ink", bold=True, anchor=anchor)
