"""The larger, emptier linear system has the solution of the plain one."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.bordered import Slope, bordered
from lekti.engine.statements import jacobian_of, statements
from lekti.model.derivative import partials
from lekti.model.expression import Expr, apply, evaluate, number, piecewise, symbol
from lekti.model.netherton import netherton_system
from lekti.model.system import System, expanded

from .models import driven, layered_chain, michaelis_menten, model, robertson


def shared(size: int) -> System:
    """Return states that all slow each other through one sum."""
    names = [f"x{i}" for i in range(size)]
    load = 1.0 / (1.0 + sum((symbol(name) for name in names), start=number(0.0)) ** number(2.0))
    return model({name: load * symbol("k") - symbol(name) for name in names}, parameters={"k": 2.0})


def table(entries: list[Slope], size: int, values: dict[str, float]) -> np.ndarray:
    matrix = np.zeros((size, size))
    for row, column, slope in entries:
        matrix[row, column] = evaluate(slope, values)
    return matrix


@pytest.mark.parametrize(
    "system",
    [
        shared(8),
        layered_chain(layers=2, species=3),
        michaelis_menten(),
        driven(),
        robertson(),
        netherton_system(),
    ],
    ids=["shared", "chain", "Michaelis-Menten", "driven", "Robertson", "Netherton"],
)
def test_a_step_solves_to_the_same_numbers(system: System) -> None:
    n, generator = len(system.states), np.random.default_rng(3)
    values = dict(zip(system.parameters, system.defaults, strict=True)) | {"time": 400.0}
    values |= dict(zip(system.states, generator.uniform(0.1, 1.0, n), strict=True))
    derivatives = expanded(system)[1]
    plain = table(list(jacobian_of(derivatives, system.states)), n, values)
    entries = bordered(derivatives, system.states)
    size = max([n, *(row + 1 for row, _, _ in entries)])
    whole = np.diag([3.0] * n + [1.0] * (size - n)) - table(entries, size, values)
    right = generator.normal(size=n)
    found = np.linalg.solve(whole, np.concatenate([right, np.zeros(size - n)]))[:n]
    np.testing.assert_allclose(found, np.linalg.solve(3.0 * np.eye(n) - plain, right), rtol=1e-8, atol=1e-10)


def test_a_quantity_between_many_states_and_many_rows_stays_an_unknown() -> None:
    formulas = statements(shared(12), bordered)
    assert formulas.unknowns == 13
    assert len(formulas.jacobian) == 12 + 12 + 12
    assert statements(shared(12)).unknowns == 12
    assert formulas.pattern().entries < statements(shared(12)).pattern().entries / 2


def test_our_own_model_needs_a_quarter_less() -> None:
    plain, small = statements(netherton_system()), statements(netherton_system(), bordered)
    assert small.pattern().entries < 0.8 * plain.pattern().entries
    assert small.pattern().products < 0.7 * plain.pattern().products


@pytest.mark.parametrize(
    "node, expected",
    [
        (symbol("a") / symbol("b"), [0.5, -0.75]),
        (symbol("a") - symbol("b"), [1.0, -1.0]),
        (apply("lt", symbol("a"), symbol("b")), [0.0, 0.0]),
        (piecewise([(symbol("a"), apply("lt", symbol("b"), number(0.0)))], symbol("b")), [0.0, 0.0, 1.0]),
    ],
)
def test_partial_slopes_are_those_of_each_argument(node: Expr, expected: list[float]) -> None:
    assert [evaluate(one, {"a": 3.0, "b": 2.0}) for one in partials(node)] == expected
