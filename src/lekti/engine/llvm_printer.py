"""Formulas as LLVM instructions: each is written once, just before its first use."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from lekti.engine import llvm_math
from lekti.engine.llvm_text import Writer
from lekti.model.expression import BOOLEAN, Expr, walk

MOST_MULTIPLICATIONS = 64
_ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
_COMPARED = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_JOINED = {"and": "and", "or": "or", "xor": "xor"}
_INTRINSIC = {"abs": "fabs", "sqrt": "sqrt", "floor": "floor", "ceil": "ceil"}

Loader = Callable[[], str]


class Formulas:
    """The values that one function has computed so far; `symbols` says how to load each name."""

    def __init__(self, writer: Writer, symbols: Mapping[str, Loader]) -> None:
        self.w = writer
        self.symbols = symbols
        self.values: dict[Expr, str] = {}
        self.truths: dict[Expr, str] = {}

    def value(self, expr: Expr) -> str:
        """Return the name of the value of a formula, writing what is missing."""
        for node in walk([expr], known=self.values):
            self.values[node] = self._number(node)
        return self.values[expr]

    def _number(self, node: Expr) -> str:
        if node.op == "number":
            return self.w.number(node.value)
        if node.op == "symbol":
            return self.symbols[node.name]()
        if node.op in BOOLEAN:
            return self.w.choose(self._truth(node), self.w.number(1.0), self.w.number(0.0))
        return self._operation(node)

    def _operation(self, node: Expr) -> str:
        w, args = self.w, [self.values[arg] for arg in node.args]
        if node.op in _ARITHMETIC:
            return w.op(_ARITHMETIC[node.op], *args)
        if node.op in _INTRINSIC:
            return w.intrinsic(_INTRINSIC[node.op], *args)
        if node.op in llvm_math.BY_LANE:
            return llvm_math.by_lane(w, llvm_math.BY_LANE[node.op], *args)
        return self._special(node, args)

    def _special(self, node: Expr, args: list[str]) -> str:
        w = self.w
        if node.op == "select":
            return w.choose(self._truth(node.args[0]), args[1], args[2])
        if node.op == "pow":
            return self._power(node, args)
        if node.op == "log10":
            return w.mul(llvm_math.logarithm(w, args[0]), w.number(1.0 / math.log(10.0)))
        simple = {"neg": w.neg, "min": w.smaller, "max": w.larger}
        if node.op in simple:
            return simple[node.op](*args)
        functions = {
            "exp": llvm_math.exponential,
            "ln": llvm_math.logarithm,
            "tanh": llvm_math.hyperbolic_tangent,
        }
        return functions[node.op](w, *args)

    def _power(self, node: Expr, args: list[str]) -> str:
        exponent = node.args[1]
        if exponent.op != "number" or not math.isfinite(exponent.value):
            return llvm_math.power(self.w, *args)
        if exponent.value != math.floor(exponent.value):
            return llvm_math.positive_power(self.w, args[0], exponent.value)
        if abs(exponent.value) <= MOST_MULTIPLICATIONS:
            return llvm_math.whole_power(self.w, args[0], int(exponent.value))
        return llvm_math.power(self.w, *args)

    def _truth(self, node: Expr) -> str:
        """Return the value of a condition as a mask."""
        if node not in self.truths:
            self.truths[node] = self._condition(node)
        return self.truths[node]

    def _condition(self, node: Expr) -> str:
        w = self.w
        if node.op in _COMPARED:
            return w.compare(_COMPARED[node.op], *(self.values[arg] for arg in node.args))
        if node.op == "not":
            true = "true" if w.mask == "i1" else "<" + ", ".join(["i1 true"] * w.lanes) + ">"
            return w.let(f"xor {w.mask} {self._truth(node.args[0])}, {true}")
        if node.op in _JOINED:
            left, right = (self._truth(arg) for arg in node.args)
            return w.let(f"{_JOINED[node.op]} {w.mask} {left}, {right}")
        return w.compare("une", self.values[node], w.number(0.0))
