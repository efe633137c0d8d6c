"""Units of every equation, magnitudes included: mg/L is not g/L, which libSBML's own check lets pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lekti.base.units import dimensions
from lekti.model.expression import BOOLEAN, Expr, infix, walk
from lekti.model.parameters import Unit
from lekti.model.system import TIME, System

SAME = frozenset({"add", "sub", "min", "max"})
KEEP = frozenset({"neg", "abs"})
COMPARED = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})


@dataclass(frozen=True)
class Measure:
    """What a quantity is measured in: powers of base dimensions and the size of the unit in them."""

    powers: tuple[tuple[str, float], ...]
    size: float

    def agrees(self, other: Measure) -> bool:
        """Whether two quantities may be added."""
        return self.powers == other.powers and math.isclose(self.size, other.size, rel_tol=1e-9)

    def to(self, exponent: float) -> Measure:
        """Return this measure raised to a power."""
        return Measure(tuple((name, power * exponent) for name, power in self.powers), self.size**exponent)

    def times(self, other: Measure) -> Measure:
        """Return the measure of a product."""
        found = dict(self.powers)
        for name, power in other.powers:
            found[name] = found.get(name, 0.0) + power
        return Measure(
            tuple(sorted((name, power) for name, power in found.items() if power)), self.size * other.size
        )


ONE = Measure((), 1.0)


def unit_problems(system: System, units: Mapping[str, Unit]) -> list[str]:
    """Return one sentence per equation whose units do not hold, an empty list when all do.

    A number without a name is dimensionless; a power needs a dimensionless base or a number as exponent.
    """
    known = {name: _measure(units[unit]) for name, unit in system.units.items()}
    known[TIME] = _measure(units["day"])
    per_day = _measure(units["per_day"])
    slopes = zip(system.states, system.derivatives, strict=True)
    equations = [(name, expr, known[name]) for name, expr in system.assignments]
    equations += [(f"{name}'", expr, known[name].times(per_day)) for name, expr in slopes]
    found: dict[Expr, Measure] = {}
    return [
        problem for name, expr, wanted in equations for problem in _equation(name, expr, wanted, known, found)
    ]


def _equation(
    name: str, expr: Expr, wanted: Measure, /, known: Mapping[str, Measure], found: dict[Expr, Measure]
) -> list[str]:
    problems: list[str] = []
    for node in walk([expr], known=found):
        try:
            found[node] = _of(node, known, found)
        except ValueError as error:
            problems.append(f"{name}: {error} in {infix(node)[:120]}")
            found[node] = wanted if node is expr else ONE
    if not (_is_zero(expr) or found[expr].agrees(wanted)):
        problems.append(f"{name}: the equation gives {_text(found[expr])}, declared {_text(wanted)}")
    return problems


def _of(node: Expr, known: Mapping[str, Measure], found: Mapping[Expr, Measure]) -> Measure:
    if node.op == "number":
        return ONE
    if node.op == "symbol":
        return known[node.name]
    measures = [found[arg] for arg in node.args]
    rule = _RULES.get(node.op)
    if rule is not None:
        return rule(node, measures)
    _need(all(measure.agrees(ONE) for measure in measures), f"{node.op} of a quantity with a unit")
    return ONE


def _same(node: Expr, measures: list[Measure]) -> Measure:
    first = next((one for arg, one in zip(node.args, measures, strict=True) if not _is_zero(arg)), ONE)
    pairs = zip(node.args, measures, strict=True)
    _need(all(one.agrees(first) or _is_zero(arg) for arg, one in pairs), f"{node.op} of different units")
    return first


def _compared(node: Expr, measures: list[Measure]) -> Measure:
    _same(node, measures)
    return ONE


def _power(node: Expr, measures: list[Measure]) -> Measure:
    base, exponent = node.args
    _need(measures[1].agrees(ONE), "an exponent with a unit")
    if exponent.op == "number":
        return measures[0].to(exponent.value)
    _need(measures[0].agrees(ONE), f"a power of {infix(base)[:60]}, which has a unit")
    return ONE


def _select(node: Expr, measures: list[Measure]) -> Measure:
    _need(measures[1].agrees(measures[2]) or any(map(_is_zero, node.args[1:])), "branches of different units")
    return measures[2] if _is_zero(node.args[1]) else measures[1]


Rule = Callable[[Expr, list[Measure]], Measure]
_RULES: Mapping[str, Rule] = {
    **dict.fromkeys(SAME, _same),
    **dict.fromkeys(COMPARED, _compared),
    **dict.fromkeys(BOOLEAN - COMPARED, lambda node, measures: ONE),
    **dict.fromkeys(KEEP, lambda node, measures: measures[0]),
    "mul": lambda node, measures: measures[0].times(measures[1]),
    "div": lambda node, measures: measures[0].times(measures[1].to(-1.0)),
    "pow": _power,
    "sqrt": lambda node, measures: measures[0].to(0.5),
    "select": _select,
}


def _measure(unit: Unit) -> Measure:
    size, powers = dimensions(unit.pint)
    return Measure(tuple(sorted(powers.items())), size)


def _is_zero(expr: Expr) -> bool:
    return expr.op == "number" and expr.value == 0.0


def _need(holds: bool, complaint: str) -> None:
    if not holds:
        raise ValueError(complaint)


def _text(measure: Measure) -> str:
    powers = " ".join(f"{name}^{power:g}" for name, power in measure.powers)
    return f"{measure.size:g} {powers}".strip()
