"""The lines of a pedigree: between partners, double where they are related, and down to their children."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.genetics.family_risk import CoupleRisk
from lekti.genetics.pedigree import Family
from lekti.outputs.pedigree_layout import Placed, Sibship
from lekti.outputs.pedigree_symbols import HALF
from lekti.outputs.svg import Node, line, path, shape

NEXT_CHILD = "next child"  # the id of the child asked about, who is no person of the family
_BAR = 22.0
_LANE = 12.0
_OVER = 11.0
_DOUBLE = 2.5


@dataclass(frozen=True)
class Sketch:
    """Places in px: x and y of each person, y of each generation, px from one person to the next."""

    x: dict[str, float]
    y: dict[str, float]
    row_y: tuple[float, ...]
    pitch: float


def couple_lines(couple: CoupleRisk, placed: Placed, sketch: Sketch) -> list[Node]:
    """Return the line between two partners: straight, or round whoever stands between them."""
    points = _between(couple.father, couple.mother, placed, sketch)
    if couple.inbreeding <= 0.0:
        return [shape("path", "ped-line", d=path(points))]
    return [
        shape("path", "ped-line", d=path([(x, y + shift) for x, y in points]))
        for shift in (-_DOUBLE, _DOUBLE)
    ]


def descent_lines(sibship: Sibship, family: Family, placed: Placed, sketch: Sketch) -> list[Node]:
    """Return the lines from a couple down to each of their children; twins meet in one point."""
    start_x, start_y = _start(sibship, placed, sketch)
    top = sketch.y[sibship.children[0]] - HALF
    bar = top - _BAR - _LANE * sibship.lane
    hangs = {child: sketch.x[child] for child in sibship.children}
    people = family.by_id
    nodes: list[Node] = []
    for child in sibship.children:
        for twin, identical in ((people[child].identical_twin, True), (people[child].fraternal_twin, False)):
            if twin in hangs:
                middle = (sketch.x[child] + sketch.x[twin]) / 2
                hangs[child] = hangs[twin] = middle
                nodes += _identical(sketch.x[child], sketch.x[twin], middle, bar, top) if identical else []
    ends = [start_x, *hangs.values()]
    nodes += [line("ped-line", start_x, start_y, start_x, bar)]
    if max(ends) > min(ends):
        nodes.append(line("ped-line", min(ends), bar, max(ends), bar))
    for child, hang in hangs.items():
        css = "ped-dashed" if child == NEXT_CHILD else "ped-line"
        nodes.append(line(css, hang, bar, sketch.x[child], top - (4 if people[child].unborn else 0)))
    return nodes


def _identical(one: float, other: float, middle: float, bar: float, top: float) -> list[Node]:
    """Return the short bar between the two lines of identical twins."""
    y = (bar + top) / 2
    return [line("ped-line", (one + middle) / 2, y, (other + middle) / 2, y)]


def _between(father: str, mother: str, placed: Placed, sketch: Sketch) -> list[tuple[float, float]]:
    left, right = sorted((father, mother), key=lambda one: sketch.x[one])
    (x1, y1), (x2, y2) = ((sketch.x[one], sketch.y[one]) for one in (left, right))
    if y1 == y2 and placed.side_by_side(left, right):
        return [(x1 + HALF, y1), (x2 - HALF, y2)]
    if y1 == y2:
        over = y1 - HALF - _OVER
        return [(x1 + 6, y1 - HALF), (x1 + 6, over), (x2 - 6, over), (x2 - 6, y2 - HALF)]
    return _across(father, mother, placed, sketch)


def _across(father: str, mother: str, placed: Placed, sketch: Sketch) -> list[tuple[float, float]]:
    """Return the line between partners of two generations: along the upper one, down, and in."""
    upper, lower = sorted((father, mother), key=lambda one: sketch.y[one])
    (x1, y1), (x2, y2) = ((sketch.x[one], sketch.y[one]) for one in (upper, lower))
    side = 1.0 if x1 > x2 else -1.0
    turn = x2 + side * sketch.pitch / 2
    low, high = sorted((x1, turn))
    row = placed.rows[placed.generation[upper]]
    if any(low < sketch.x[one] < high for one in row):
        over = y1 - HALF - _OVER
        return [
            (x1 - 6 * side, y1 - HALF),
            (x1 - 6 * side, over),
            (turn, over),
            (turn, y2),
            (x2 + side * HALF, y2),
        ]
    edge = HALF if turn > x1 else -HALF
    return [(x1 + edge, y1), (turn, y1), (turn, y2), (x2 + side * HALF, y2)]


def _start(sibship: Sibship, placed: Placed, sketch: Sketch) -> tuple[float, float]:
    """Return the point of the partners' line from which the line to the children leaves."""
    points = _between(sibship.father, sibship.mother, placed, sketch)
    if len(points) == 2:
        return (points[0][0] + points[1][0]) / 2, points[0][1]
    if points[0][1] == points[-1][1]:
        return points[0][0] - 6 + sketch.pitch / 2, points[1][1]
    return points[-2]
