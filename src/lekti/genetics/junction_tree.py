"""Exact sums over all genotypes of a pedigree with any loops: peeling, with a table where a loop closes.

The people are summed out one after another (Elston and Stewart 1971; with loops, Cannings, Thompson and
Skolnick 1978), cheapest first; what each sum leaves goes to the table of the next, up to a root and back
down again, so that two passes give everybody's probabilities (Lauritzen and Spiegelhalter 1988).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from lekti.base.errors import InputError

MOST_CELLS = 4_000_000


@dataclass(frozen=True)
class Factor:
    """A table over some variables, ascending; axis 0 counts scenarios (1 if all share it)."""

    variables: tuple[int, ...]
    table: np.ndarray


@dataclass(frozen=True)
class Posterior:
    """P(state | data) of each variable, shape (variables, scenarios, states), and log P(data).

    Where the data are impossible, log P(data) is minus infinity and the probabilities are 0.
    """

    marginals: np.ndarray
    log_likelihood: np.ndarray


@dataclass(frozen=True)
class JunctionTree:
    """The order in which variables are summed out; `bucket[v]` holds v and what it touches then."""

    states: int
    order: tuple[int, ...]
    bucket: tuple[tuple[int, ...], ...]
    parent: tuple[int, ...]
    rank: tuple[int, ...] = field(repr=False)

    @property
    def widest(self) -> int:
        """Return how many people the largest table holds at once."""
        return max(len(bucket) for bucket in self.bucket)


def factor(variables: Sequence[int], table: np.ndarray) -> Factor:
    """Return a factor with its variables in ascending order; axis 0 of the table counts scenarios."""
    order = np.argsort(variables)
    axes = (0, *(int(at) + 1 for at in order))
    return Factor(tuple(variables[at] for at in order), np.transpose(table, axes))


def build_tree(count: int, scopes: Sequence[Sequence[int]], *, states: int, scenarios: int) -> JunctionTree:
    """Choose the order of summing for `count` variables that meet in `scopes`.

    Takes the variable next that ties the fewest new pairs together (minimum fill). Raises `InputError`
    when even so a table would hold more than `MOST_CELLS` numbers.
    """
    near: list[set[int]] = [set() for _ in range(count)]
    for scope in scopes:
        for one in scope:
            near[one].update(scope)
    for one in range(count):
        near[one].discard(one)
    left = {one: _cost(one, near) for one in range(count)}
    order: list[int] = []
    bucket: list[tuple[int, ...]] = [()] * count
    while left:
        one = min(left, key=lambda at: (left[at], at))
        del left[one]
        order.append(one)
        bucket[one] = tuple(sorted((one, *near[one])))
        _refuse_wide(len(bucket[one]), states, scenarios)
        for other in _sum_out(one, near):
            left[other] = _cost(other, near)
    rank = [0] * count
    for at, one in enumerate(order):
        rank[one] = at
    parent = [min((x for x in bucket[v] if x != v), key=lambda x: rank[x], default=-1) for v in range(count)]
    return JunctionTree(states, tuple(order), tuple(bucket), tuple(parent), tuple(rank))


def propagate(tree: JunctionTree, factors: Sequence[Factor], *, scenarios: int) -> Posterior:
    """Return everybody's probabilities and the probability of the data, one of each per scenario."""
    tables = _filled(tree, factors)
    scale = np.zeros(scenarios)
    sent: list[np.ndarray | None] = [None] * len(tree.bucket)
    for one in tree.order:
        message = tables[one].sum(axis=1 + tree.bucket[one].index(one))
        top = message.reshape(message.shape[0], -1).max(axis=1)
        with np.errstate(divide="ignore"):
            scale = scale + np.log(top)
        message = message / _rows(np.where(top > 0.0, top, 1.0), message.ndim)
        sent[one] = message
        up = tree.parent[one]
        if up >= 0:
            tables[up] = tables[up] * _spread(message, _rest(tree, one), tree.bucket[up])
    marginals = np.zeros((len(tree.bucket), scenarios, tree.states))
    for one in reversed(tree.order):
        up, mine = tree.parent[one], sent[one]
        if up >= 0 and mine is not None:
            rest = _rest(tree, one)
            down = _summed_to(tables[up], tree.bucket[up], rest)
            back = np.divide(
                down, mine, out=np.zeros(np.broadcast_shapes(down.shape, mine.shape)), where=mine > 0.0
            )
            tables[one] = tables[one] * _spread(back, rest, tree.bucket[one])
        tables[one] = _normalised(tables[one])
        marginals[one] = _summed_to(tables[one], tree.bucket[one], (one,))
    return Posterior(marginals, scale)


def _cost(one: int, near: Sequence[set[int]]) -> tuple[int, int]:
    """Return how many pairs of neighbours are not yet tied, and how many neighbours there are."""
    mine = near[one]
    tied = sum(len(near[other] & mine) for other in mine)
    return (len(mine) * (len(mine) - 1) - tied) // 2, len(mine)


def _sum_out(one: int, near: list[set[int]]) -> set[int]:
    """Tie the neighbours of a variable to each other and take it away; return whose cost may change."""
    mine = near[one]
    changed = set(mine)
    for other in mine:
        near[other] |= mine
        near[other] -= {one, other}
        changed |= near[other]
    return changed


def _refuse_wide(width: int, states: int, scenarios: int) -> None:
    if states**width * scenarios > MOST_CELLS:
        raise InputError(
            f"The loops of this family tie {width} people together at once",
            expected="a family whose exact sums fit into memory",
            fix="Leave out relatives who tell nothing about the question.",
        )


def _filled(tree: JunctionTree, factors: Sequence[Factor]) -> list[np.ndarray]:
    tables = [np.ones((1,) + (tree.states,) * len(bucket)) for bucket in tree.bucket]
    for each in factors:
        home = min(each.variables, key=lambda one: tree.rank[one])
        tables[home] = tables[home] * _spread(each.table, each.variables, tree.bucket[home])
    return tables


def _rest(tree: JunctionTree, one: int) -> tuple[int, ...]:
    return tuple(other for other in tree.bucket[one] if other != one)


def _spread(table: np.ndarray, variables: tuple[int, ...], bucket: tuple[int, ...]) -> np.ndarray:
    """Return a view of a table with an axis of length 1 for each variable it does not hold."""
    sizes = iter(table.shape[1:])
    shape = (table.shape[0], *(next(sizes) if one in variables else 1 for one in bucket))
    return table.reshape(shape)


def _summed_to(table: np.ndarray, bucket: tuple[int, ...], kept: tuple[int, ...]) -> np.ndarray:
    return table.sum(axis=tuple(at + 1 for at, one in enumerate(bucket) if one not in kept))


def _normalised(table: np.ndarray) -> np.ndarray:
    whole = table.reshape(table.shape[0], -1).sum(axis=1)
    return table / _rows(np.where(whole > 0.0, whole, 1.0), table.ndim)


def _rows(values: np.ndarray, dimensions: int) -> np.ndarray:
    return values.reshape(-1, *(1,) * (dimensions - 1))
