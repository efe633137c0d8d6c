"""Expressions: one node per meaning, true derivatives, plain values."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.model.arithmetic import OPERATIONS
from lekti.model.derivative import derivative
from lekti.model.expression import (
    Expr,
    apply,
    evaluate,
    infix,
    number,
    piecewise,
    substitute,
    symbol,
    symbols,
    total,
)

X, Y = symbol("x"), symbol("y")
SMOOTH = ["exp", "ln", "log10", "sqrt", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh"]


def trees() -> st.SearchStrategy[Expr]:
    leaves = st.sampled_from([X, Y]) | st.floats(0.1, 3.0).map(number)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(["add", "sub", "mul", "div"]), inner, inner).map(lambda t: apply(*t)),
            st.tuples(st.sampled_from(["sin", "atan", "tanh"]), inner).map(lambda t: apply(*t)),
            st.tuples(inner, st.floats(0.5, 3.0)).map(lambda t: apply("exp", apply("sin", t[0])) ** t[1]),
        ),
        max_leaves=12,
    )


def test_equal_expressions_are_one_object() -> None:
    assert (X + Y) * 2.0 is (Y + X) * 2.0


def test_numbers_are_folded() -> None:
    assert (number(2.0) * number(3.0) + 1.0).value == 7.0


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (X + 0.0, X),
        (X * 1.0, X),
        (X * 0.0, number(0.0)),
        (X - X, number(0.0)),
        (apply("neg", apply("neg", X)), X),
        (X**1.0, X),
        (X / 1.0, X),
        (X + (-Y), X - Y),
        (apply("select", number(1.0), X, Y), X),
    ],
)
def test_certain_things_are_simplified(made: Expr, expected: Expr) -> None:
    assert made is expected


def test_symbols_lists_every_name() -> None:
    assert symbols(X + Y * symbol("time")) == {"x", "y", "time"}


def test_substitute_replaces_names_only_where_told() -> None:
    assert substitute(X * Y, {"x": number(2.0)}) is 2.0 * Y


def test_piecewise_takes_the_first_condition_that_holds() -> None:
    expr = piecewise(
        [(number(1.0), apply("lt", X, number(0.0))), (number(2.0), apply("lt", X, number(5.0)))], Y
    )
    assert [evaluate(expr, {"x": x, "y": 9.0}) for x in (-1.0, 1.0, 7.0)] == [1.0, 2.0, 9.0]


def test_a_long_sum_needs_no_deep_recursion() -> None:
    expr = total(symbol(f"s{i}") for i in range(5000))
    assert evaluate(expr, {f"s{i}": 1.0 for i in range(5000)}) == 5000.0
    assert derivative(expr, "s17").value == 1.0


@settings(max_examples=60, deadline=None)
@given(trees(), st.floats(0.2, 2.0), st.floats(0.2, 2.0))
def test_derivative_agrees_with_the_complex_free_difference(expr: Expr, x: float, y: float) -> None:
    slope = evaluate(derivative(expr, "x"), {"x": x, "y": y})
    h = 1e-5
    f = [evaluate(expr, {"x": x + k * h, "y": y}) for k in (-2, -1, 1, 2)]
    third = abs(f[3] - 2 * f[2] + 2 * f[1] - f[0])
    difference = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h)
    if not all(map(math.isfinite, [*f, slope])) or third > 1e-6 * (1e-3 + abs(f[2])):
        return
    assert slope == pytest.approx(difference, rel=1e-4, abs=1e-5 * (1.0 + max(map(abs, f))))


@pytest.mark.parametrize("op", SMOOTH)
def test_each_function_has_its_slope(op: str) -> None:
    x, h = 0.7, 1e-6
    difference = (OPERATIONS[op](x + h) - OPERATIONS[op](x - h)) / (2 * h)
    assert evaluate(derivative(apply(op, X), "x"), {"x": x}) == pytest.approx(difference, rel=1e-8)


@pytest.mark.parametrize("op", ["asin", "acos", "atanh"])
def test_inverse_functions_have_their_slope(op: str) -> None:
    x, h = 0.4, 1e-6
    difference = (OPERATIONS[op](x + h) - OPERATIONS[op](x - h)) / (2 * h)
    assert evaluate(derivative(apply(op, X), "x"), {"x": x}) == pytest.approx(difference, rel=1e-8)


@pytest.mark.parametrize(
    ("base", "exponent", "slope"), [(0.0, 0.5, 0.0), (0.0, 2.0, 0.0), (0.0, 1.0, 1.0), (-1e-19, 1.7, 0.0)]
)
def test_the_slope_of_a_power_at_zero_is_finite(base: float, exponent: float, slope: float) -> None:
    expr = derivative(X ** symbol("n"), "x")
    assert evaluate(expr, {"x": base, "n": exponent}) == slope


def test_a_negative_base_with_a_broken_exponent_counts_as_zero() -> None:
    assert evaluate(X ** number(0.5), {"x": -1e-19}) == 0.0
    assert evaluate(X ** number(3.0), {"x": -2.0}) == -8.0


@pytest.mark.parametrize(
    ("op", "args", "value"),
    [
        ("div", (1.0, 0.0), math.inf),
        ("exp", (1e4,), math.inf),
        ("ln", (0.0,), -math.inf),
        ("pow", (0.0, -1.0), math.inf),
        ("pow", (1e300, 2.0), math.inf),
        ("sinh", (-1e4,), -math.inf),
        ("floor", (math.inf,), math.inf),
    ],
)
def test_arithmetic_gives_infinities_and_does_not_raise(
    op: str, args: tuple[float, ...], value: float
) -> None:
    assert OPERATIONS[op](*args) == value


def test_infix_is_readable() -> None:
    assert infix(apply("exp", -X) / (Y + 1.0)) == "(exp(-x) / (y + 1.0))"
