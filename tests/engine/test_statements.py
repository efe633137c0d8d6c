"""The one list of formulas, and the readable text printed from it."""

from __future__ import annotations

import math

import pytest

from lekti.engine.python_printer import python_function, python_source
from lekti.engine.statements import statements
from lekti.model.expression import apply, evaluate, number, piecewise, symbol

from .models import driven, michaelis_menten, model, robertson


def test_the_jacobian_lists_only_what_can_differ_from_zero() -> None:
    found = {(row, column) for row, column, _ in statements(robertson()).jacobian}
    assert found == {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 1)}


def test_what_parameters_alone_decide_is_computed_once() -> None:
    k, x = symbol("k"), symbol("x")
    formulas = statements(model({"x": apply("exp", 2.0 * k) * x}, parameters={"k": 1.0}))
    ((name, formula),) = formulas.constants
    assert evaluate(formula, {"k": 1.0}) == math.exp(2.0)
    assert formulas.derivatives[0] is symbol(name) * x


def test_division_by_a_constant_becomes_multiplication() -> None:
    x, k = symbol("x"), symbol("k")
    formulas = statements(model({"x": x / k}, parameters={"k": 4.0}))
    ((_, formula),) = formulas.constants
    assert evaluate(formula, {"k": 4.0}) == 0.25
    assert formulas.derivatives[0].op == "mul"


def test_assignments_are_put_into_the_derivatives() -> None:
    x, rate = symbol("x"), symbol("rate")
    formulas = statements(model({"x": -rate}, assignments={"rate": 3.0 * x}))
    assert formulas.jacobian[0][2] is number(-3.0)


def test_derivatives_that_change_with_time_are_listed() -> None:
    assert [row for row, _ in statements(driven()).time_slopes] == [0]
    assert not statements(michaelis_menten()).time_slopes


def test_the_printed_text_reads_like_the_formula() -> None:
    x, half = symbol("x"), symbol("half")
    source = python_source("uptake", {"states": ["x"], "constants": ["half"]}, [x / (half + x)], {})
    assert "return [_div(x, (half + x))]" in source


def test_shared_parts_are_written_once_and_keep_their_label() -> None:
    x = symbol("x")
    shared = apply("exp", x)
    source = python_source("both", {"states": ["x"]}, [shared + 1.0, shared * 2.0], {shared: "growth"})
    assert source.count("_exp(x)") == 1
    assert "growth = _exp(x)" in source


@pytest.mark.parametrize("value", [-2.0, 0.5, 7.0])
def test_the_printed_function_computes_what_the_formula_says(value: float) -> None:
    x = symbol("lambda")  # a name that Python keeps for itself
    formula = piecewise(
        [(x * x, apply("lt", x, number(0.0))), (number(math.inf), apply("gt", x, number(5.0)))], 1.0 / x
    )
    function = python_function("f", {"states": ["lambda"], "time": ()}, [formula, symbol("time")])
    assert function([value], 3.0) == [evaluate(formula, {"lambda": value}), 3.0]


def test_deep_formulas_are_printed_in_steps() -> None:
    expr = symbol("x")
    for i in range(300):
        expr = apply("sin", expr) + float(i)
    assert python_function("deep", {"states": ["x"]}, [expr])([0.3])[0] == evaluate(expr, {"x": 0.3})
