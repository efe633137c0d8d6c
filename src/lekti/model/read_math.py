"""MathML, as libSBML reads it, to expressions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import libsbml

from lekti.base.errors import ModelError, shown
from lekti.model.expression import Expr, apply, number, piecewise, substitute, symbol
from lekti.model.sbml_document import NotHeldError

AVOGADRO = 6.02214179e23  # SBML Level 3 Version 2, section 3.4.6
RATE_OF = "rateOf"
Functions = Mapping[str, tuple[tuple[str, ...], Expr]]

_PLAIN: Mapping[int, str] = {
    libsbml.AST_DIVIDE: "div",
    libsbml.AST_POWER: "pow",
    libsbml.AST_FUNCTION_POWER: "pow",
    libsbml.AST_FUNCTION_ABS: "abs",
    libsbml.AST_FUNCTION_EXP: "exp",
    libsbml.AST_FUNCTION_LN: "ln",
    libsbml.AST_FUNCTION_FLOOR: "floor",
    libsbml.AST_FUNCTION_CEILING: "ceil",
    libsbml.AST_FUNCTION_FACTORIAL: "factorial",
    libsbml.AST_FUNCTION_SIN: "sin",
    libsbml.AST_FUNCTION_COS: "cos",
    libsbml.AST_FUNCTION_TAN: "tan",
    libsbml.AST_FUNCTION_ARCSIN: "asin",
    libsbml.AST_FUNCTION_ARCCOS: "acos",
    libsbml.AST_FUNCTION_ARCTAN: "atan",
    libsbml.AST_FUNCTION_SINH: "sinh",
    libsbml.AST_FUNCTION_COSH: "cosh",
    libsbml.AST_FUNCTION_TANH: "tanh",
    libsbml.AST_FUNCTION_ARCSINH: "asinh",
    libsbml.AST_FUNCTION_ARCCOSH: "acosh",
    libsbml.AST_FUNCTION_ARCTANH: "atanh",
    libsbml.AST_LOGICAL_NOT: "not",
    libsbml.AST_RELATIONAL_NEQ: "ne",
}
_INVERTED: Mapping[int, str] = {  # 1 / f(x)
    libsbml.AST_FUNCTION_SEC: "cos",
    libsbml.AST_FUNCTION_CSC: "sin",
    libsbml.AST_FUNCTION_COT: "tan",
    libsbml.AST_FUNCTION_SECH: "cosh",
    libsbml.AST_FUNCTION_CSCH: "sinh",
    libsbml.AST_FUNCTION_COTH: "tanh",
}
_OF_INVERSE: Mapping[int, str] = {  # f(1 / x)
    libsbml.AST_FUNCTION_ARCSEC: "acos",
    libsbml.AST_FUNCTION_ARCCSC: "asin",
    libsbml.AST_FUNCTION_ARCSECH: "acosh",
    libsbml.AST_FUNCTION_ARCCSCH: "asinh",
    libsbml.AST_FUNCTION_ARCCOTH: "atanh",
}
_CHAINS: Mapping[int, str] = {  # a < b < c
    libsbml.AST_RELATIONAL_LT: "lt",
    libsbml.AST_RELATIONAL_LEQ: "le",
    libsbml.AST_RELATIONAL_GT: "gt",
    libsbml.AST_RELATIONAL_GEQ: "ge",
    libsbml.AST_RELATIONAL_EQ: "eq",
}
_FOLDS: Mapping[int, tuple[str, float]] = {  # any number of arguments; the value of none
    libsbml.AST_PLUS: ("add", 0.0),
    libsbml.AST_TIMES: ("mul", 1.0),
    libsbml.AST_LOGICAL_AND: ("and", 1.0),
    libsbml.AST_LOGICAL_OR: ("or", 0.0),
    libsbml.AST_LOGICAL_XOR: ("xor", 0.0),
    libsbml.AST_FUNCTION_MIN: ("min", math.nan),
    libsbml.AST_FUNCTION_MAX: ("max", math.nan),
}
_CONSTANTS: Mapping[int, float] = {
    libsbml.AST_CONSTANT_E: math.e,
    libsbml.AST_CONSTANT_PI: math.pi,
    libsbml.AST_CONSTANT_TRUE: 1.0,
    libsbml.AST_CONSTANT_FALSE: 0.0,
    libsbml.AST_NAME_AVOGADRO: AVOGADRO,
}
_NUMBERS = (libsbml.AST_INTEGER, libsbml.AST_REAL, libsbml.AST_REAL_E, libsbml.AST_RATIONAL)


def read_math(root: Any, functions: Functions, *, where: str, names: Mapping[str, Expr]) -> Expr:
    """Return the expression of a libSBML syntax tree.

    `names` gives the meaning of local names; any other name becomes a symbol. A rate of change stays an
    operation `rateOf`, for the reader to fill in. Raises `ModelError` that names delay, a random distribution
    or an unknown function.
    """
    done: list[Expr] = []
    waiting = [(root, False)]
    while waiting:
        node, ready = waiting.pop()
        count: int = node.getNumChildren()
        if count and not ready:
            waiting.append((node, True))
            waiting.extend((node.getChild(i), False) for i in reversed(range(count)))
            continue
        args = done[len(done) - count :]
        del done[len(done) - count :]
        done.append(_node(node, args, functions, where, names))
    return done[0]


def _node(node: Any, args: list[Expr], functions: Functions, where: str, names: Mapping[str, Expr]) -> Expr:
    kind: int = node.getType()
    if kind in _NUMBERS:
        return number(node.getValue())
    if kind in _CONSTANTS:
        return number(_CONSTANTS[kind])
    if kind == libsbml.AST_NAME_TIME:
        return symbol("time")
    if kind == libsbml.AST_NAME:
        name: str = node.getName()
        return names[name] if name in names else symbol(name)
    if kind == libsbml.AST_FUNCTION_DELAY:
        raise NotHeldError("delay", where=where)
    if kind == libsbml.AST_FUNCTION:
        return _call(node.getName(), args, functions, where)
    return _operation(kind, args, node, where)


def _call(name: str, args: list[Expr], functions: Functions, where: str) -> Expr:
    if name not in functions:
        raise ModelError(f"The model calls '{name}', which is not defined before its use", where=where)
    bound, body = functions[name]
    if len(bound) != len(args):
        raise ModelError(f"'{name}' gets {len(args)} arguments", where=where, expected=f"{len(bound)}")
    return substitute(body, dict(zip(bound, args, strict=True)))


def _operation(kind: int, args: list[Expr], node: Any, where: str) -> Expr:
    """Return the operation, or raise `ModelError` for one that is unknown or has too few arguments."""
    try:
        return _known_operation(kind, args, node, where)
    except (IndexError, TypeError, KeyError) as error:
        written: str = libsbml.formulaToL3String(node) or "an operation"
        raise ModelError(f"'{shown(written)}' has the wrong number of arguments", where=where) from error


def _known_operation(kind: int, args: list[Expr], node: Any, where: str) -> Expr:
    if kind in _PLAIN:
        return apply(_PLAIN[kind], *args)
    if kind in _FOLDS:
        return _fold(*_FOLDS[kind], args)
    if kind in _CHAINS:
        return _chain(_CHAINS[kind], args)
    if kind in _SPECIAL:
        return _SPECIAL[kind](args)
    return _rare(kind, args, node, where)


def _rare(kind: int, args: list[Expr], node: Any, where: str) -> Expr:
    if kind in _INVERTED:
        return 1.0 / apply(_INVERTED[kind], *args)
    if kind in _OF_INVERSE:
        return apply(_OF_INVERSE[kind], 1.0 / args[0])
    written: str = libsbml.formulaToL3String(node) or "an unknown operation"
    raise ModelError(f"The model uses '{shown(written)}', which lekti does not hold", where=where)


def _fold(op: str, of_none: float, args: list[Expr]) -> Expr:
    if not args:
        return number(of_none)
    result = args[0]
    for arg in args[1:]:
        result = apply(op, result, arg)
    return result


def _chain(op: str, args: list[Expr]) -> Expr:
    links = [apply(op, a, b) for a, b in pairwise(args)]
    return _fold("and", 1.0, links)


def _minus(args: list[Expr]) -> Expr:
    return -args[0] if len(args) == 1 else args[0] - args[1]


def _root(args: list[Expr]) -> Expr:
    if len(args) == 1 or args[0] is number(2.0):
        return apply("sqrt", args[-1])
    return args[1] ** (1.0 / args[0])


def _log(args: list[Expr]) -> Expr:
    if len(args) == 1 or args[0] is number(10.0):
        return apply("log10", args[-1])
    return apply("ln", args[1]) / apply("ln", args[0])


def _pieces(args: list[Expr]) -> Expr:
    otherwise = args[-1] if len(args) % 2 else number(math.nan)
    return piecewise(zip(args[0::2], args[1::2], strict=False), otherwise)


def _quotient(args: list[Expr]) -> Expr:
    ratio = args[0] / args[1]
    return apply("select", apply("lt", ratio, number(0.0)), apply("ceil", ratio), apply("floor", ratio))


_SPECIAL: Mapping[int, Callable[[list[Expr]], Expr]] = {
    libsbml.AST_MINUS: _minus,
    libsbml.AST_FUNCTION_ROOT: _root,
    libsbml.AST_FUNCTION_LOG: _log,
    libsbml.AST_FUNCTION_PIECEWISE: _pieces,
    libsbml.AST_FUNCTION_QUOTIENT: _quotient,
    libsbml.AST_FUNCTION_RATE_OF: lambda args: apply(RATE_OF, args[0]),
    libsbml.AST_FUNCTION_REM: lambda args: args[0] - args[1] * _quotient(args),
    libsbml.AST_LOGICAL_IMPLIES: lambda args: apply("or", apply("not", args[0]), args[1]),
    libsbml.AST_FUNCTION_ARCCOT: lambda args: apply("atan", 1.0 / args[0]),
}
