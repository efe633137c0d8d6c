"""Expressions as a shared graph: each distinct expression exists once, so equal means identical.

An expression is a number, a symbol, or an operation of `lekti.model.arithmetic.OPERATIONS` on expressions.
Making one simplifies what is certain (numbers, 0, 1, double signs); it never reorders sums.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakValueDictionary

from lekti.model.arithmetic import OPERATIONS

BOOLEAN = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "xor", "not"})
SYMMETRIC = frozenset({"add", "mul", "min", "max", "eq", "ne", "and", "or", "xor"})


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True, repr=False)
class Expr:
    """One node of the graph; make it with `number`, `symbol`, `apply` or Python's operators."""

    op: str
    args: tuple[Expr, ...]
    value: float
    name: str
    digest: bytes

    def __add__(self, other: Expr | float) -> Expr:
        return apply("add", self, as_expr(other))

    def __radd__(self, other: float) -> Expr:
        return apply("add", as_expr(other), self)

    def __sub__(self, other: Expr | float) -> Expr:
        return apply("sub", self, as_expr(other))

    def __rsub__(self, other: float) -> Expr:
        return apply("sub", as_expr(other), self)

    def __mul__(self, other: Expr | float) -> Expr:
        return apply("mul", self, as_expr(other))

    def __rmul__(self, other: float) -> Expr:
        return apply("mul", as_expr(other), self)

    def __truediv__(self, other: Expr | float) -> Expr:
        return apply("div", self, as_expr(other))

    def __rtruediv__(self, other: float) -> Expr:
        return apply("div", as_expr(other), self)

    def __pow__(self, other: Expr | float) -> Expr:
        return apply("pow", self, as_expr(other))

    def __neg__(self) -> Expr:
        return apply("neg", self)

    def __repr__(self) -> str:
        return infix(self)


_known: WeakValueDictionary[tuple[object, ...], Expr] = WeakValueDictionary()


def number(value: float) -> Expr:
    """Return the expression of a number."""
    value = float(value) + 0.0  # -0.0 becomes 0.0
    return _the_one("number", (), value, "", repr(value))


def symbol(name: str) -> Expr:
    """Return the expression of a name: a state, a parameter, an assignment, or `time` in days."""
    return _the_one("symbol", (), 0.0, name, name)


def as_expr(value: Expr | float) -> Expr:
    """Return an expression unchanged and a number as an expression."""
    return value if isinstance(value, Expr) else number(value)


def apply(op: str, *args: Expr) -> Expr:
    """Return the simplified operation on its arguments.

    >>> apply("add", symbol("x"), number(0.0)) is symbol("x")
    True
    """
    if all(arg.op == "number" for arg in args):
        return number(OPERATIONS[op](*(arg.value for arg in args)))
    simplify = _SIMPLER.get(op)
    found = simplify(*args) if simplify else None
    if found is not None:
        return found
    return _the_one(op, args, 0.0, "", "")


def piecewise(pieces: Iterable[tuple[Expr, Expr]], otherwise: Expr) -> Expr:
    """Return the first value whose condition holds, from (value, condition) pairs."""
    result = otherwise
    for value, condition in reversed(list(pieces)):
        result = apply("select", condition, value, result)
    return result


def total(terms: Iterable[Expr]) -> Expr:
    """Return the sum of the terms, 0 when there is none."""
    result = number(0.0)
    for term in terms:
        result = result + term
    return result


def walk(roots: Iterable[Expr], *, known: Mapping[Expr, object] | None = None) -> Iterator[Expr]:
    """Yield every node below the roots once, arguments before what uses them; skip the known ones."""
    seen: set[Expr] = set()
    skip: Mapping[Expr, object] = known if known is not None else {}
    for root in roots:
        stack = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif node not in seen and node not in skip:
                seen.add(node)
                stack.append((node, True))
                stack.extend((arg, False) for arg in reversed(node.args) if arg not in seen)


def symbols(*roots: Expr) -> frozenset[str]:
    """Return the names an expression depends on."""
    return frozenset(node.name for node in walk(roots) if node.op == "symbol")


def evaluate(expr: Expr, values: Mapping[str, float]) -> float:
    """Return the value of an expression; a name that has no value raises KeyError."""
    known: dict[Expr, float] = {}
    for node in walk([expr]):
        if node.op == "number":
            known[node] = node.value
        elif node.op == "symbol":
            known[node] = float(values[node.name])
        else:
            known[node] = OPERATIONS[node.op](*(known[arg] for arg in node.args))
    return known[expr]


def substitute(expr: Expr, meanings: Mapping[str, Expr], memo: dict[Expr, Expr] | None = None) -> Expr:
    """Return the expression with names replaced; a memo shared between calls must keep the same meanings."""
    known: dict[Expr, Expr] = memo if memo is not None else {}
    for node in walk([expr], known=known):
        if node.op == "symbol":
            known[node] = meanings.get(node.name, node)
        elif node.args:
            known[node] = apply(node.op, *(known[arg] for arg in node.args))
        else:
            known[node] = node
    return known[expr]


def infix(expr: Expr) -> str:
    """Return the expression as text a person can read.

    >>> infix((symbol("a") + 1.0) * symbol("b"))
    '((a + 1.0) * b)'
    """
    known: dict[Expr, str] = {}
    for node in walk([expr]):
        if node.op == "number":
            known[node] = repr(node.value)
        elif node.op == "symbol":
            known[node] = node.name
        else:
            known[node] = _written(node.op, [known[arg] for arg in node.args])
    return known[expr]


_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^"}


def _written(op: str, args: list[str]) -> str:
    if op in _SIGNS:
        return f"({args[0]} {_SIGNS[op]} {args[1]})"
    return f"-{args[0]}" if op == "neg" else f"{op}({', '.join(args)})"


def _the_one(op: str, args: tuple[Expr, ...], value: float, name: str, written: str) -> Expr:
    kin = args[::-1] if op in SYMMETRIC and args[1].digest < args[0].digest else args
    key = (op, kin, written)
    found = _known.get(key)
    if found is not None:
        return found
    text = b"\0".join([op.encode(), written.encode(), *(arg.digest for arg in kin)])
    made = Expr(op, args, value, name, hashlib.blake2b(text, digest_size=16).digest())
    return _known.setdefault(key, made)


def _is(expr: Expr, value: float) -> bool:
    return expr.op == "number" and expr.value == value


def _simpler_add(a: Expr, b: Expr) -> Expr | None:
    if _is(a, 0.0):
        return b
    if _is(b, 0.0):
        return a
    if b.op == "neg":
        return apply("sub", a, b.args[0])
    return apply("sub", b, a.args[0]) if a.op == "neg" else None


def _simpler_sub(a: Expr, b: Expr) -> Expr | None:
    if a is b:
        return number(0.0)
    if _is(b, 0.0):
        return a
    if _is(a, 0.0):
        return apply("neg", b)
    return apply("add", a, b.args[0]) if b.op == "neg" else None


def _simpler_mul(a: Expr, b: Expr) -> Expr | None:
    for one, other in ((a, b), (b, a)):
        if _is(one, 0.0):
            return number(0.0)
        if _is(one, 1.0):
            return other
        if _is(one, -1.0):
            return apply("neg", other)
        if one.op == "neg":
            return apply("neg", apply("mul", one.args[0], other))
    return None


def _simpler_div(a: Expr, b: Expr) -> Expr | None:
    if _is(b, 1.0) or _is(a, 0.0):
        return a
    if a.op == "neg":
        return apply("neg", apply("div", a.args[0], b))
    return apply("neg", apply("div", a, b.args[0])) if b.op == "neg" else None


def _simpler_neg(a: Expr) -> Expr | None:
    if a.op == "neg":
        return a.args[0]
    return apply("sub", a.args[1], a.args[0]) if a.op == "sub" else None


def _simpler_pow(a: Expr, b: Expr) -> Expr | None:
    if _is(b, 0.0):
        return number(1.0)
    return a if _is(b, 1.0) else None


def _simpler_select(condition: Expr, yes: Expr, no: Expr) -> Expr | None:
    if condition.op == "number":
        return no if condition.value == 0.0 else yes
    return yes if yes is no else None


def _simpler_same(a: Expr, b: Expr) -> Expr | None:
    return a if a is b else None


_SIMPLER: Mapping[str, Callable[..., Expr | None]] = {
    "add": _simpler_add,
    "sub": _simpler_sub,
    "mul": _simpler_mul,
    "div": _simpler_div,
    "neg": _simpler_neg,
    "pow": _simpler_pow,
    "select": _simpler_select,
    "min": _simpler_same,
    "max": _simpler_same,
}
