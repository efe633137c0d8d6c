"""The formulas of a system as Python functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.engine.python_printer import Function, python_function
from lekti.engine.statements import Statements
from lekti.model.derivative import ZERO
from lekti.model.expression import BOOLEAN, Expr, symbol, walk

JUMPING = BOOLEAN | {"select", "floor", "ceil", "factorial"}


@dataclass(frozen=True, eq=False)
class PythonModel:
    """The formulas of a system as Python functions of time, states, constants and parameters.

    `moving` marks the states whose derivative is not 0 for good; `broken` says that derivatives can jump.
    """

    states: tuple[str, ...]
    moving: np.ndarray
    broken: bool
    constants: Function
    initial: Function
    slopes: Function
    observe: Function
    entries: Function
    rows: np.ndarray
    columns: np.ndarray


def python_model(formulas: Statements, outputs: Sequence[str]) -> PythonModel:
    """Print and compile the formulas; `outputs` names what `observe` returns."""
    constants = tuple(name for name, _ in formulas.constants)
    arguments = {"time": (), "states": formulas.states, "constants": constants}
    labels = {expr: name for name, expr in formulas.assignments}
    meanings = {name: symbol(name) for name in ("time", *formulas.states, *formulas.parameters)}
    meanings |= dict(formulas.assignments)
    rest = tuple(f"parameter {name}" if name in constants else name for name in formulas.parameters)

    def printed(name: str, roots: Sequence[Expr], more: dict[str, tuple[str, ...]]) -> Function:
        return python_function(name, arguments | more, roots, labels)

    over_parameters = {"parameters": formulas.parameters}
    return PythonModel(
        states=formulas.states,
        moving=np.array([expr is not ZERO for expr in formulas.derivatives], dtype=np.bool_),
        broken=any(node.op in JUMPING for node in walk(formulas.derivatives)),
        constants=python_function("constants", over_parameters, [expr for _, expr in formulas.constants]),
        initial=python_function("initial", over_parameters, formulas.initial),
        slopes=printed("slopes", formulas.derivatives, {}),
        observe=printed("observe", [meanings[name] for name in outputs], {"parameters": rest}),
        entries=printed("entries", [slope for _, _, slope in formulas.jacobian], {}),
        rows=np.array([row for row, _, _ in formulas.jacobian], dtype=np.int64),
        columns=np.array([column for _, column, _ in formulas.jacobian], dtype=np.int64),
    )
