"""Symbolic derivatives of expressions, with a memo that one name's derivatives share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lekti.model.expression import BOOLEAN, Expr, apply, number, symbols, walk

ZERO = number(0.0)
ONE = number(1.0)

Rule = Callable[[Expr, Sequence[Expr]], Expr]


def derivative(expr: Expr, name: str, memo: dict[Expr, Expr] | None = None) -> Expr:
    """Return d expr / d name; pass one memo per name to share work between calls.

    A kink (abs, min, max, piecewise) takes the slope of the side it stands on; floor, ceil and
    conditions are flat.

    >>> from lekti.model.expression import symbol
    >>> derivative(symbol("k") * symbol("x"), "x")
    k
    """
    known: dict[Expr, Expr] = memo if memo is not None else {}
    for node in walk([expr], known=known):
        known[node] = _one(node, name, known)
    return known[expr]


def partials(node: Expr) -> tuple[Expr, ...]:
    """Return the derivatives of an operation by each of its arguments, the others held fixed.

    >>> from lekti.model.expression import symbol
    >>> partials(symbol("k") * symbol("x"))
    (x, k)
    """
    places = range(len(node.args))
    if node.op in BOOLEAN:
        return tuple(ZERO for _ in places)
    return tuple(_RULES[node.op](node, [ONE if j == i else ZERO for j in places]) for i in places)


def gradient(expr: Expr, memos: Mapping[str, dict[Expr, Expr]]) -> dict[str, Expr]:
    """Return the derivatives that are not 0, by name, for the names that have a memo."""
    found = {name: derivative(expr, name, memos[name]) for name in sorted(symbols(expr) & frozenset(memos))}
    return {name: slope for name, slope in found.items() if slope is not ZERO}


def _one(node: Expr, name: str, known: Mapping[Expr, Expr]) -> Expr:
    if node.op == "symbol":
        return ONE if node.name == name else ZERO
    slopes = [known[arg] for arg in node.args]
    if node.op in BOOLEAN or all(slope is ZERO for slope in slopes):
        return ZERO
    return _RULES[node.op](node, slopes)


def _product(node: Expr, slopes: Sequence[Expr]) -> Expr:
    a, b = node.args
    return slopes[0] * b + a * slopes[1]


def _quotient(node: Expr, slopes: Sequence[Expr]) -> Expr:
    b = node.args[1]
    return (slopes[0] - node * slopes[1]) * (1.0 / b)  # 1 / b is shared by all slopes of the quotient


def _power(node: Expr, slopes: Sequence[Expr]) -> Expr:
    """Return the slope of a ** b; where a is 0 the slope is 1 for b = 1 and else 0, never infinite."""
    a, b = node.args
    if b.op == "number":
        whole = b.value == int(b.value) if abs(b.value) < 2**31 else False
        by_base = b * a ** (b - 1.0) if whole else _safe(a, b * node / a, ZERO)
    else:
        by_base = _safe(a, b * node / a, apply("eq", b, ONE))
    by_exponent = ZERO if slopes[1] is ZERO else node * apply("ln", a)
    return by_base * slopes[0] + _safe(a, by_exponent, ZERO) * slopes[1]


def _safe(a: Expr, slope: Expr, at_zero: Expr) -> Expr:
    return apply("select", apply("ne", a, ZERO), slope, at_zero)


def _select(node: Expr, slopes: Sequence[Expr]) -> Expr:
    return apply("select", node.args[0], slopes[1], slopes[2])


def _extreme(comparison: str) -> Rule:
    return lambda node, slopes: apply("select", apply(comparison, *node.args), slopes[0], slopes[1])


def _chain(outer: Callable[[Expr, Expr], Expr]) -> Rule:
    return lambda node, slopes: outer(node, node.args[0]) * slopes[0]


_RULES: Mapping[str, Rule] = {
    "add": lambda node, slopes: slopes[0] + slopes[1],
    "sub": lambda node, slopes: slopes[0] - slopes[1],
    "neg": lambda node, slopes: -slopes[0],
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "select": _select,
    "min": _extreme("le"),
    "max": _extreme("ge"),
    "exp": _chain(lambda y, x: y),
    "ln": _chain(lambda y, x: 1.0 / x),
    "log10": _chain(lambda y, x: 0.4342944819032518 / x),  # 1 / ln 10
    "sqrt": _chain(lambda y, x: _safe(y, 0.5 / y, ZERO)),
    "abs": _chain(lambda y, x: apply("select", apply("lt", x, ZERO), number(-1.0), ONE)),
    "floor": _chain(lambda y, x: ZERO),
    "ceil": _chain(lambda y, x: ZERO),
    "factorial": _chain(lambda y, x: ZERO),  # whole numbers only
    "sin": _chain(lambda y, x: apply("cos", x)),
    "cos": _chain(lambda y, x: -apply("sin", x)),
    "tan": _chain(lambda y, x: 1.0 + y * y),
    "asin": _chain(lambda y, x: 1.0 / apply("sqrt", 1.0 - x * x)),
    "acos": _chain(lambda y, x: -1.0 / apply("sqrt", 1.0 - x * x)),
    "atan": _chain(lambda y, x: 1.0 / (1.0 + x * x)),
    "sinh": _chain(lambda y, x: apply("cosh", x)),
    "cosh": _chain(lambda y, x: apply("sinh", x)),
    "tanh": _chain(lambda y, x: 1.0 - y * y),
    "asinh": _chain(lambda y, x: 1.0 / apply("sqrt", 1.0 + x * x)),
    "acosh": _chain(lambda y, x: 1.0 / apply("sqrt", x * x - 1.0)),
    "atanh": _chain(lambda y, x: 1.0 / (1.0 - x * x)),
}
