"""What time and parameters alone decide, taken out of the formulas: once per distinct time, in doubles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lekti.engine.statements import Statements, hoisted
from lekti.model.expression import Expr, substitute, symbol, symbols
from lekti.model.system import TIME


@dataclass(frozen=True, eq=False)
class Clocked:
    """Formulas whose derivatives and slopes name parts of `clock` where they would need the time.

    The first `running` parts are what derivatives need; the others only stand in slopes.
    """

    formulas: Statements
    clock: tuple[tuple[str, Expr], ...]
    running: int


def clocked(formulas: Statements) -> Clocked:
    """Return the formulas with the clock taken out; assignments stay as they are.

    Ageing and growth move slowly, but a float32 cannot tell 3,650 days from 3,650 days and 20 seconds, and
    stages 6 to 8 of a step stand at one time.
    """
    fixed = (TIME, *(name for name, _ in formulas.constants))
    slopes = [slope for _, _, slope in formulas.jacobian] + [slope for _, slope in formulas.time_slopes]
    first = _timed(formulas.derivatives, fixed)
    rest = [expr for expr in _timed(slopes, fixed) if expr not in set(first)]
    clock = tuple((f"clock {i}", expr) for i, expr in enumerate([*first, *rest]))
    memo = {expr: symbol(name) for name, expr in clock}

    def over_clock(formula: Expr) -> Expr:
        return substitute(formula, {}, memo)

    return Clocked(
        formulas=replace(
            formulas,
            derivatives=tuple(over_clock(expr) for expr in formulas.derivatives),
            jacobian=tuple((row, column, over_clock(slope)) for row, column, slope in formulas.jacobian),
            time_slopes=tuple((row, over_clock(slope)) for row, slope in formulas.time_slopes),
        ),
        clock=clock,
        running=len(first),
    )


def _timed(roots: Iterable[Expr], fixed: tuple[str, ...]) -> list[Expr]:
    return [expr for expr in hoisted(roots, fixed) if TIME in symbols(expr)]
