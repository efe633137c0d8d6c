"""The one list of formulas that every engine prints: derivatives, Jacobian and outputs of a `System`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lekti.engine.sparse_lu import Pattern, markowitz
from lekti.model.derivative import ZERO, derivative, gradient
from lekti.model.expression import Expr, apply, substitute, symbol, walk
from lekti.model.system import TIME, System, expanded

Linearised = Callable[[Sequence[Expr], Sequence[str]], Iterable[tuple[int, int, Expr]]]


@dataclass(frozen=True, eq=False)
class Statements:
    """Formulas over `states`, `time` and `constants`; common parts are shared, so a printer writes each once.

    `constants` are names with formulas over parameters alone, computed once per patient; `initial` is over
    parameters. `jacobian` lists (row, column, slope) of the slopes that can be other than 0, row by row;
    rows and columns from the number of states on are intermediates (see `bordered`). `time_slopes` lists
    (row, slope) of the derivatives that change with time itself.
    """

    states: tuple[str, ...]
    parameters: tuple[str, ...]
    initial: tuple[Expr, ...]
    constants: tuple[tuple[str, Expr], ...]
    derivatives: tuple[Expr, ...]
    jacobian: tuple[tuple[int, int, Expr], ...]
    time_slopes: tuple[tuple[int, Expr], ...]
    assignments: tuple[tuple[str, Expr], ...]

    @property
    def unknowns(self) -> int:
        """Return the size of the linear system: the states and the intermediates."""
        return max([len(self.states), *(row + 1 for row, _, _ in self.jacobian)])

    def pattern(self) -> Pattern:
        """Return in which order the linear system is eliminated, and where it has entries."""
        return markowitz(self.unknowns, [(row, column) for row, column, _ in self.jacobian])


def statements(system: System, linearised: Linearised | None = None) -> Statements:
    """Return the formulas of a system, its Jacobian taken symbolically.

    `linearised` says how: by default as a table of states by states, else for example as in `bordered`.
    """
    assignments, derivatives = expanded(system)
    jacobian = list((linearised or jacobian_of)(derivatives, system.states))
    slopes_by_time: dict[Expr, Expr] = {}
    slopes = [(row, derivative(expr, TIME, slopes_by_time)) for row, expr in enumerate(derivatives)]
    time_slopes = [(row, slope) for row, slope in slopes if slope is not ZERO]
    roots = [*derivatives, *(slope for _, _, slope in jacobian), *(slope for _, slope in time_slopes)]
    shorter = _without_fixed_divisions([*roots, *assignments.values()], system.parameters)
    constants = _named(hoisted(shorter.values(), system.parameters))
    memo = {formula: symbol(name) for name, formula in constants}

    def over_constants(formula: Expr) -> Expr:
        return substitute(shorter[formula], {}, memo)

    return Statements(
        states=system.states,
        parameters=system.parameters,
        initial=system.initial,
        constants=constants,
        derivatives=tuple(over_constants(expr) for expr in derivatives),
        jacobian=tuple((row, column, over_constants(slope)) for row, column, slope in jacobian),
        time_slopes=tuple((row, over_constants(slope)) for row, slope in time_slopes),
        assignments=tuple((name, over_constants(expr)) for name, expr in assignments.items()),
    )


def _named(formulas: Sequence[Expr]) -> tuple[tuple[str, Expr], ...]:
    """Return names for constants: a parameter keeps its own, a formula gets a number that no id can be."""
    return tuple((node.name or f"constant {i}", node) for i, node in enumerate(formulas))


def jacobian_of(derivatives: Sequence[Expr], states: Sequence[str]) -> Iterable[tuple[int, int, Expr]]:
    """Yield (row, column, slope) of the slopes that can be other than 0."""
    memos: dict[str, dict[Expr, Expr]] = {name: {} for name in states}
    places = {name: i for i, name in enumerate(states)}
    for row, expr in enumerate(derivatives):
        found = gradient(expr, memos)
        yield from sorted(((row, places[name], slope) for name, slope in found.items()), key=lambda e: e[:2])


def hoisted(roots: Iterable[Expr], parameters: Sequence[str]) -> tuple[Expr, ...]:
    """Return the largest formulas over parameters alone below the roots, parameters themselves included."""
    fixed: set[Expr] = set()
    found: dict[Expr, None] = {}
    names = frozenset(parameters)
    wanted = list(roots)
    for node in walk(wanted):
        if _is_fixed(node, fixed, names):
            fixed.add(node)
        else:
            found.update(dict.fromkeys(arg for arg in node.args if arg in fixed and arg.op != "number"))
    found.update(dict.fromkeys(root for root in wanted if root in fixed and root.op != "number"))
    return tuple(found)


def _without_fixed_divisions(roots: Iterable[Expr], parameters: Sequence[str]) -> dict[Expr, Expr]:
    """Return each formula with a / b as a * (1 / b) where b is over parameters alone: 1 / b is a constant."""
    wanted, names = list(roots), frozenset(parameters)
    fixed: set[Expr] = set()
    known: dict[Expr, Expr] = {}
    for node in walk(wanted):
        if _is_fixed(node, fixed, names):
            fixed.add(node)
            known[node] = node
            continue
        args = [known[arg] for arg in node.args]
        if node.op == "div" and node.args[1] in fixed:
            known[node] = args[0] * (1.0 / args[1])
        else:
            known[node] = apply(node.op, *args) if args else node
    return {root: known[root] for root in wanted}


def _is_fixed(node: Expr, fixed: set[Expr], names: frozenset[str]) -> bool:
    if node.op == "symbol":
        return node.name in names
    return all(arg in fixed for arg in node.args)
