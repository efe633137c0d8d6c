"""The Jacobian as a larger, emptier system: what carries many states to many rows stays an unknown.

A quantity z (say, the blockade that a drug makes) on which q rows depend, and which depends on p states,
fills p q entries when it is put in. As an unknown of its own it takes p + q + 1, and the linear system of a
step has the same solution. Everything else is put in, what adds least first: vertex elimination on the
graph of the formulas (Griewank and Walther 2008, Evaluating Derivatives, DOI:10.1137/1.9780898717761).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lekti.model.derivative import ZERO, partials
from lekti.model.expression import BOOLEAN, Expr, number, symbol, walk

ONE = number(1.0)
MOST_ADDED = (
    8  # entries that putting a quantity in may add; tried on our own model: 0 to 16, 6 to 10 are best
)

Slope = tuple[int, int, Expr]


def bordered(derivatives: Sequence[Expr], states: Sequence[str]) -> list[Slope]:
    """Return (row, column, slope): rows and columns from the number of states on are intermediates.

    Row i of a state holds the slopes of its derivative, a row of an intermediate those of the intermediate
    itself, with everything else put in.
    """
    graph = _graph(derivatives, states)
    _put_in(graph)
    places = {symbol(name): i for i, name in enumerate(states)}
    kept = [node for node in graph.order if node not in places and node in graph.slopes]
    places |= {node: len(states) + i for i, node in enumerate(kept)}
    rows = [*graph.rows, *(graph.slopes[node] for node in kept)]
    return [
        (row, places[node], slope)
        for row, slopes in enumerate(rows)
        for node, slope in sorted(slopes.items(), key=lambda entry: places[entry[0]])
        if slope is not ZERO
    ]


@dataclass(eq=False)
class _Graph:
    """Per node its slopes by what it depends on, per row of the states the same, and who uses a node."""

    order: list[Expr] = field(default_factory=list[Expr])
    slopes: dict[Expr, dict[Expr, Expr]] = field(default_factory=dict[Expr, dict[Expr, Expr]])
    rows: list[dict[Expr, Expr]] = field(default_factory=list[dict[Expr, Expr]])
    users: dict[Expr, dict[Expr | int, None]] = field(default_factory=dict[Expr, dict["Expr | int", None]])

    def of(self, user: Expr | int) -> dict[Expr, Expr]:
        return self.rows[user] if isinstance(user, int) else self.slopes[user]

    def added(self, node: Expr) -> int:
        """Return how many entries more there are at most when the node is put in."""
        before, after = len(self.slopes[node]), len(self.users[node])
        return before * after - before - after


def _graph(derivatives: Sequence[Expr], states: Sequence[str]) -> _Graph:
    graph, names = _Graph(), frozenset(states)
    for node in walk(list(derivatives)):
        if node.op == "symbol" and node.name in names:
            slopes = dict[Expr, Expr]()
        else:
            slopes = dict(_slopes_of(node, graph))
            if not slopes:
                continue
        graph.order.append(node)
        graph.slopes[node] = slopes
        graph.users[node] = {}
        for arg in slopes:
            graph.users[arg][node] = None
    for row, expr in enumerate(derivatives):
        graph.rows.append({expr: ONE} if expr in graph.slopes else {})
        if expr in graph.slopes:
            graph.users[expr][row] = None
    return graph


def _slopes_of(node: Expr, graph: _Graph) -> Iterator[tuple[Expr, Expr]]:
    """Yield the arguments that a node moves with, each once, and its slope by them."""
    if node.op in BOOLEAN or not any(arg in graph.slopes for arg in node.args):
        return
    found: dict[Expr, Expr] = {}
    for arg, slope in zip(node.args, partials(node), strict=True):
        if arg in graph.slopes and slope is not ZERO:
            found[arg] = found[arg] + slope if arg in found else slope
    yield from found.items()


def _put_in(graph: _Graph) -> None:
    """Put nodes into their users, always the one that adds fewest entries, the later one among equals."""
    places = {node: i for i, node in enumerate(graph.order)}
    queue = [(graph.added(node), -place) for node, place in places.items() if graph.slopes[node]]
    heapq.heapify(queue)
    while queue:
        added, place = heapq.heappop(queue)
        node = graph.order[-place]
        if node not in graph.slopes:
            continue
        now = graph.added(node)
        if now != added:
            heapq.heappush(queue, (now, place))
        elif added > MOST_ADDED:
            return
        else:
            _put_in_one(graph, node)


def _put_in_one(graph: _Graph, node: Expr) -> None:
    users, inner = graph.users.pop(node), graph.slopes.pop(node)
    for user in users:
        slopes = graph.of(user)
        outer = slopes.pop(node)
        for arg, slope in inner.items():
            through = outer * slope
            slopes[arg] = slopes[arg] + through if arg in slopes else through
            graph.users[arg][user] = None
    for arg in inner:
        del graph.users[arg][node]
