"""Figure 1: the course. The treatment timeline above one panel per quantity, on one shared age axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lekti.outputs.axes import AgeAxis, age_axis
from lekti.outputs.course_panel import draw_panel, end_quantiles
from lekti.outputs.given import Given, given_drugs, listed
from lekti.outputs.layout import Layout
from lekti.outputs.marks import start_line
from lekti.outputs.numbers import THIN, age, interval, predicted
from lekti.outputs.observed import sights, told
from lekti.outputs.panel_parts import Frame, Shown
from lekti.outputs.panels import read_panels
from lekti.outputs.series import series
from lekti.outputs.svg import Drawing, Group, Node, Text, line
from lekti.outputs.timeline import timeline

if TYPE_CHECKING:
    from lekti.population.result import Result


def course_figure(result: Result, layout: Layout, panels: tuple[Shown, ...] | None = None) -> Drawing:
    """Draw the course of one result for one width; the title and description state what it shows.

    `panels` are those of `shown_panels` where they are at hand already.
    """
    first, last = course_ends(result)
    panels = shown_panels(result) if panels is None else panels
    axis = age_axis(first, last, start=layout.left, end=layout.right, room=layout.tick_room)
    drugs = given_drugs(result.case, last)
    rows, top = timeline(drugs, x=axis.scale, layout=layout)
    frames = _frames(panels, top + (layout.gap + 6 if layout.stacked else layout.gap - 6), axis, layout)
    bottom = frames[-1].bottom
    begins = [start_line(axis.scale.place(drug.start), top + 2, bottom) for drug in drugs]
    nodes: list[Node] = [rows, Group("starts", begins)]
    nodes += [draw_panel(shown, frame) for shown, frame in zip(panels, frames, strict=True)]
    nodes.append(_age_axis(axis, bottom, layout))
    if not layout.stacked:
        nodes.append(Text(layout.right + 14, frames[0].top - 8, f"at {age(last)}", role="ink3"))
    title = f"The course, from {age(first)} to {age(last)}"
    height = bottom + 44
    return Drawing(f"course-{layout.name}", layout.width, height, title, in_words(panels, last), tuple(nodes))


def course_ends(result: Result) -> tuple[float, float]:
    """Return the first and last age in days that the figure shows; life before birth is left out."""
    ages = result.dataset["times"].values
    first, last = float(ages[0]), float(ages[-1])
    return (max(first, 0.0) if last > 0 else first), last


def shown_panels(result: Result) -> tuple[Shown, ...]:
    """Return what each panel shows, in the order of the panel table; outputs the run lacks are left out."""
    first, last = course_ends(result)
    drugs = given_drugs(result.case, last)
    seen = sights(result, first=first, last=last)
    words = told(result, first=first, last=last)
    held = [panel for panel in read_panels() if panel.output in result.dataset]
    return tuple(
        Shown(
            panel,
            series(result.dataset, panel.output),
            _drug(drugs, panel.dosed),
            drugs,
            tuple(each for each in seen if each.quantity == panel.output),
            tuple(each for each in words if each.quantity == panel.output),
            names_bands=index == 0,
        )
        for index, panel in enumerate(held)
    )


def in_words(panels: tuple[Shown, ...], last: float) -> str:
    """Return the text alternative: what was given, the end value of each panel, and what was measured."""
    drugs = panels[0].drugs if panels else ()
    given = listed([f"{drug.label} {drug.plan} from {age(drug.start)}" for drug in drugs])
    ends: list[str] = []
    for shown in panels:
        if shown.series.empty:
            continue
        q, trough = end_quantiles(shown, last)
        kind = " (trough)" if trough else ""
        ends.append(
            f"{shown.panel.name}{kind} {predicted(float(q[2]))} {shown.panel.unit}, "
            f"90{THIN}% interval {interval(float(q[0]), float(q[4]))}"
        )
    seen = [f"{each.panel.name} {one.label}" for each in panels for one in (*each.sights, *each.told)]
    return (
        f"Given: {given or 'no treatment'}. "
        f"At {age(last)} the model predicts: {'; '.join(ends) or 'nothing'}. "
        f"Seen: {'; '.join(seen) or 'nothing'}."
    )


def _frames(panels: tuple[Shown, ...], top: float, axis: AgeAxis, layout: Layout) -> list[Frame]:
    frames: list[Frame] = []
    for shown in panels:
        height = layout.tall if shown.panel.axis == "log" and not frames else layout.panel
        frames.append(Frame(top, height, axis.scale, layout))
        top += height + layout.gap
    return frames


def _age_axis(axis: AgeAxis, y: float, layout: Layout) -> Group:
    nodes: list[Node] = [line("axis", layout.left, y, layout.right, y)]
    for tick, label in zip(axis.scale.ticks, axis.labels, strict=True):
        x = axis.scale.place(tick)
        nodes += [line("axis", x, y, x, y + 5), Text(x, y + 18, label, role="ink3", anchor="middle")]
    nodes.append(Text(layout.right, y + 35, f"age, {axis.unit}", role="ink3", anchor="end"))
    return Group("ages", nodes)


def _drug(drugs: tuple[Given, ...], name: str | None) -> Given | None:
    return next((drug for drug in drugs if drug.drug == name), None)
