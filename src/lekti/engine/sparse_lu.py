"""Which entries an LU factorisation without pivoting touches, in an order that keeps them few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """The elimination order and, in that order, where each row of L and U has entries.

    `order[i]` is the row and column that is eliminated i-th. `lower[i]` and `upper[i]` list positions in that
    order, below and above i; the diagonal is in neither.
    """

    order: tuple[int, ...]
    lower: tuple[tuple[int, ...], ...]
    upper: tuple[tuple[int, ...], ...]

    @property
    def entries(self) -> int:
        """Return the number of entries of L and U together, the diagonal counted once."""
        return len(self.order) + sum(map(len, self.lower)) + sum(map(len, self.upper))

    @property
    def products(self) -> int:
        """Return the number of multiplications that one factorisation takes."""
        return sum(1 + len(self.upper[k]) for row in self.lower for k in row)


def markowitz(size: int, entries: Iterable[tuple[int, int]]) -> Pattern:
    """Return the pattern that eliminates first what fills least: the product of row and column counts.

    Ties go to the smaller index, so the order is the same everywhere (Markowitz 1957,
    DOI:10.1287/mnsc.3.3.255).
    """
    rows: list[set[int]] = [{i} for i in range(size)]
    columns: list[set[int]] = [{i} for i in range(size)]
    for row, column in entries:
        rows[row].add(column)
        columns[column].add(row)
    order: list[int] = []
    lower: list[set[int]] = [set() for _ in range(size)]
    upper: list[set[int]] = [set() for _ in range(size)]
    left = set(range(size))
    while left:
        pivot = min(left, key=lambda i: ((len(rows[i]) - 1) * (len(columns[i]) - 1), i))
        left.remove(pivot)
        order.append(pivot)
        upper[pivot] = rows[pivot] - {pivot}
        below = columns[pivot] - {pivot}
        for row in below:
            lower[row].add(pivot)
            rows[row].discard(pivot)
            rows[row] |= upper[pivot]
        for column in upper[pivot]:
            columns[column].discard(pivot)
            columns[column] |= below
    place = {row: i for i, row in enumerate(order)}
    return Pattern(
        order=tuple(order),
        lower=tuple(tuple(sorted(place[k] for k in lower[i])) for i in order),
        upper=tuple(tuple(sorted(place[k] for k in upper[i])) for i in order),
    )
