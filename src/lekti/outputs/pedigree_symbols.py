"""The symbols of a pedigree: square, circle, diamond; filled, dotted, struck through, pointed at.

Standard nomenclature of Bennett and others (1995, 2008, 2022), as restated by pages that follow it.
"""

from __future__ import annotations

from lekti.genetics.pedigree import Person
from lekti.outputs.svg import Node, Text, line, path, shape

SIZE = 32.0
HALF = SIZE / 2


def symbol(person: Person, x: float, y: float, *, affected: bool, carrier: bool) -> list[Node]:
    """Return the symbol of a person centred at (x, y)."""
    css = "ped-full" if affected else "ped-open"
    nodes: list[Node] = [_outline(person, css, x, y)]
    if carrier and not affected:
        nodes.append(shape("circle", "ink-fill", cx=x, cy=y, r=4.5))
    if person.unborn:
        nodes.append(Text(x, y + 4.5, "P", "ink", 13, bold=True, anchor="middle"))
    if person.died:
        reach = HALF + 7
        nodes.append(line("ped-line", x - reach, y + reach, x + reach, y - reach))
    if person.proband:
        nodes += _arrow(x - HALF - 4, y + 3)
    return nodes


def asked_symbol(x: float, y: float) -> list[Node]:
    """Return the diamond of a child not yet there, that the answer is about."""
    corners = [(x, y - HALF - 4), (x + HALF + 4, y), (x, y + HALF + 4), (x - HALF - 4, y)]
    mark = Text(x, y + 5, "?", "model", 15, bold=True, anchor="middle")
    return [shape("path", "ped-asked", d=path(corners, closed=True)), mark]


def _outline(person: Person, css: str, x: float, y: float) -> Node:
    if person.unborn or person.sex == "unknown":
        reach = HALF + 4
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
        return shape("path", css, d=path(corners, closed=True))
    if person.sex == "female":
        return shape("circle", css, cx=x, cy=y, r=HALF + 0.5)
    return shape("rect", css, x=x - HALF, y=y - HALF, width=SIZE, height=SIZE)


def _arrow(x: float, y: float) -> list[Node]:
    """Return the arrow of the proband, its head at (x, y), and its letter."""
    tail_x, tail_y = x - 17, y + 10
    head = [(x - 8.5, y - 0.5), (x, y), (x - 4.0, y + 8.0)]
    return [
        line("ped-line", tail_x, tail_y, x, y),
        shape("path", "ped-head", d=path(head)),
        Text(tail_x - 3, tail_y + 5, "P", "ink", 12, bold=True, anchor="end"),
    ]
