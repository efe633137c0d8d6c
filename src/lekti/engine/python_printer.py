"""Formulas as one readable Python function on floats: the slow twin that judges every kernel."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from lekti.model.arithmetic import OPERATIONS
from lekti.model.expression import Expr, symbol, walk

MAX_NESTING = 12
_INFIX: Mapping[str, str] = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "==",
    "ne": "!=",
}
_WORDED: Mapping[str, str] = {
    "neg": "(-{0})",
    "and": "bool({0} and {1})",
    "or": "bool({0} or {1})",
    "xor": "(bool({0}) != bool({1}))",
    "not": "(not {0})",
    "select": "({1} if {0} else {2})",
}

Function = Callable[..., list[float]]


def python_source(
    name: str, arguments: Mapping[str, Sequence[str]], roots: Sequence[Expr], labels: Mapping[Expr, str]
) -> str:
    """Return the text of a function that gets one sequence per argument and returns the list of roots.

    `arguments` maps each argument to the names that its entries have; an argument without names is a number.
    Formulas in `labels` keep their label as a variable name.
    """
    spelled = _Spelling(arguments, labels)
    lines = [f"def {name}({', '.join(arguments)}):"]
    for argument, names in arguments.items():
        if names:
            lines.append(f"    [{', '.join(spelled.names[symbol(one)] for one in names)}] = {argument}")
    uses = Counter(arg for node in walk(roots) for arg in node.args)
    uses.update(roots)
    for node in walk(roots):
        if node.op == "symbol" or node in spelled.names:
            continue
        text, depth = spelled.formula(node)
        if node.op != "number" and (uses[node] > 1 or depth > MAX_NESTING or node in labels):
            lines.append(f"    {spelled.give(node)} = {text}")
        else:
            spelled.inline(node, text, depth)
    lines.append("    return [" + ", ".join(spelled.names[root] for root in roots) + "]")
    return "\n".join(lines) + "\n"


def python_function(
    name: str,
    arguments: Mapping[str, Sequence[str]],
    roots: Sequence[Expr],
    labels: Mapping[Expr, str] | None = None,
) -> Function:
    """Return the compiled function of `python_source`."""
    space: dict[str, object] = {f"_{op}": function for op, function in OPERATIONS.items()}
    space |= {"inf": float("inf"), "nan": float("nan")}
    source = python_source(name, arguments, roots, labels or {})
    exec(compile(source, f"<{name}>", "exec"), space)
    return cast(Function, space[name])


class _Spelling:
    """The text by which each formula is known so far."""

    def __init__(self, arguments: Mapping[str, Sequence[str]], labels: Mapping[Expr, str]) -> None:
        self.labels = labels
        self.taken = {"inf", "nan", "bool", *arguments, *keyword.kwlist}
        self.names: dict[Expr, str] = {}
        self.depth: dict[Expr, int] = {}
        for argument, names in arguments.items():
            for one in names:
                self.names[symbol(one)] = self._free(one)
            if not names:
                self.names[symbol(argument)] = argument

    def give(self, node: Expr) -> str:
        self.names[node] = self._free(self.labels.get(node, f"v{len(self.taken)}"))
        return self.names[node]

    def inline(self, node: Expr, text: str, depth: int) -> None:
        self.names[node], self.depth[node] = text, depth

    def formula(self, node: Expr) -> tuple[str, int]:
        if node.op == "number":
            return repr(node.value) if node.value >= 0.0 else f"({node.value!r})", 0
        args = [self.names[arg] for arg in node.args]
        depth = 1 + max(self.depth.get(arg, 0) for arg in node.args)
        if node.op in _INFIX:
            return f"({args[0]} {_INFIX[node.op]} {args[1]})", depth
        if node.op in _WORDED:
            return _WORDED[node.op].format(*args), depth
        if node.op == "div" and node.args[1].op == "number" and node.args[1].value != 0.0:
            return f"({args[0]} / {args[1]})", depth
        return f"_{node.op}({', '.join(args)})", depth

    def _free(self, name: str) -> str:
        plain = "".join(c if c.isalnum() and c.isascii() else "_" for c in name)
        plain = plain if plain[:1].isalpha() else f"x{plain}"
        while plain in self.taken:
            plain += "_"
        self.taken.add(plain)
        return plain
