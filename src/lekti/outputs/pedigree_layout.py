"""Where every person of a pedigree stands: generation, order, and places that keep families together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lekti.genetics.pedigree import Family
from lekti.outputs.pedigree_levels import generations
from lekti.outputs.pedigree_order import ordered

_STRANGERS = 1.2
_COUPLE, _CENTRED, _COMPACT, _STILL = 3.0, 2.0, 0.35, 0.002


@dataclass(frozen=True)
class Sibship:
    """The children of one couple; `lane` counts from the one nearest to the children."""

    father: str
    mother: str
    children: tuple[str, ...]
    lane: int = 0


@dataclass(frozen=True)
class Placed:
    """A pedigree laid out: x in units of one person's width from 0, the generation of each, its sibships."""

    x: dict[str, float]
    generation: dict[str, int]
    rows: tuple[tuple[str, ...], ...]
    sibships: tuple[Sibship, ...]

    @property
    def width(self) -> float:
        """Return how many people's widths the widest generation takes."""
        return max(self.x.values(), default=0.0) + 1.0

    def lanes(self, row: int) -> int:
        """Return how many lanes the lines down to a generation need."""
        used = [each.lane for each in self.sibships if self.generation[each.children[0]] == row]
        return max(used, default=-1) + 1

    def side_by_side(self, one: str, other: str) -> bool:
        """Say whether two people stand next to each other in one generation."""
        row = self.rows[self.generation[one]]
        return other in row and abs(row.index(one) - row.index(other)) == 1


def layout(family: Family) -> Placed:
    """Return the layout of a checked family; the same family gives the same layout."""
    level = generations(family)
    rows = ordered(family, level)
    x = _places(family, level, rows)
    return Placed(x, level, tuple(map(tuple, rows)), _with_lanes(family, level, x))


def _places(family: Family, level: dict[str, int], rows: Sequence[Sequence[str]]) -> dict[str, float]:
    """Solve for x: least squares of what should be close or centred, with room between neighbours.

    The unknowns are the left end of each generation and what each gap is wider than it must be.
    """
    from scipy.optimize import lsq_linear
    from scipy.sparse import csr_matrix

    people = [one for row in rows for one in row]
    index = {one: at for at, one in enumerate(people)}
    steps = np.zeros((len(people), len(people)))
    fixed = np.zeros(len(people))
    free = np.zeros(len(people), dtype=bool)
    start = 0
    for row in rows:
        gaps = [0.0, *(_gap(family, a, b) for a, b in pairwise(row))]
        for at in range(len(row)):
            steps[start + at, start : start + at + 1] = 1.0
        fixed[start : start + len(row)] = np.cumsum(gaps)
        free[start] = True
        start += len(row)
    wanted, aims = _wishes(family, level, index)
    matrix = csr_matrix(wanted @ steps)
    bounds = (np.where(free, -np.inf, 0.0), np.full(len(people), np.inf))
    solved = lsq_linear(matrix, aims - wanted @ fixed, bounds=bounds, lsmr_tol="auto", tol=1e-8)
    x = steps @ np.maximum(solved.x, np.where(free, -np.inf, 0.0)) + fixed
    return {one: float(value) for one, value in zip(people, np.round(x - x.min(), 4), strict=True)}


def _wishes(family: Family, level: dict[str, int], index: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of a linear system: each asks a weighted sum of places to be near a number."""
    rows: list[dict[int, float]] = []
    for father, mother in family.all_couples:
        a, b = index[father], index[mother]
        children = [index[child.id] for child in family.children_of((father, mother))]
        if level[father] == level[mother]:
            rows.append({a: _COUPLE, b: -_COUPLE})
        if not children:
            continue
        middle = {a: 0.5, b: 0.5} if level[father] == level[mother] else {max(a, b): 1.0}
        share = _CENTRED / len(children)
        centred = {at: -_CENTRED * weight for at, weight in middle.items()}
        rows.append(centred | dict.fromkeys(children, share))
        rows += [{at: -_COMPACT * w for at, w in middle.items()} | {child: _COMPACT} for child in children]
    rows += [{at: _STILL} for at in index.values()]
    wanted = np.zeros((len(rows), len(index)))
    for at, row in enumerate(rows):
        for column, weight in row.items():
            wanted[at, column] += weight
    aims = np.zeros(len(rows))
    return wanted, aims


def _gap(family: Family, left: str, right: str) -> float:
    one, other = family.by_id[left], family.by_id[right]
    close = (left, right) in family.all_couples or (right, left) in family.all_couples
    siblings = bool(one.father) and (one.father, one.mother) == (other.father, other.mother)
    return 1.0 if close or siblings else _STRANGERS


def _with_lanes(family: Family, level: dict[str, int], x: dict[str, float]) -> tuple[Sibship, ...]:
    """Give sibships whose lines would run over each other a lane of their own."""
    found: list[Sibship] = []
    taken: dict[int, list[list[tuple[float, float]]]] = {}
    for father, mother in family.all_couples:
        children = [child.id for child in family.children_of((father, mother))]
        if not children:
            continue
        ends = [x[each] for each in children] + [(x[father] + x[mother]) / 2]
        low, high = min(ends) - 0.1, max(ends) + 0.1
        lanes = taken.setdefault(level[children[0]], [])
        free = (at for at, used in enumerate(lanes) if all(high < a or b < low for a, b in used))
        lane = next(free, len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        found.append(Sibship(father, mother, tuple(children), lane))
    return tuple(found)
