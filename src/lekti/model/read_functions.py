"""The function definitions of an SBML model, as formulas over their arguments."""

from __future__ import annotations

from typing import Any

import libsbml

from lekti.base.errors import ModelError
from lekti.model.expression import Expr, symbol
from lekti.model.read_math import Functions, read_math


def read_functions(model: Any, name: str) -> Functions:
    """Return the bodies of the function definitions; one may call another in either order."""
    waiting = {item.getId(): item for item in model.getListOfFunctionDefinitions()}
    known: dict[str, tuple[tuple[str, ...], Expr]] = {}
    while waiting:
        ready = [key for key, item in waiting.items() if not _calls(item.getBody()) & waiting.keys()]
        if not ready:
            raise ModelError(f"Function '{next(iter(waiting))}' calls itself", where=name)
        for key in ready:
            item = waiting.pop(key)
            where = f"{name}:{item.getLine()}"
            if item.getBody() is None:
                continue  # who calls it is told that it is not defined
            bound = tuple(item.getArgument(i).getName() for i in range(item.getNumArguments()))
            names = {argument: symbol(argument) for argument in bound}
            known[key] = (bound, read_math(item.getBody(), known, where=where, names=names))
    return known


def _calls(root: Any) -> set[str]:
    """Return the names of the functions that a formula calls."""
    found: set[str] = set()
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if node.getType() == libsbml.AST_FUNCTION:
            found.add(node.getName())
        waiting.extend(node.getChild(i) for i in range(node.getNumChildren()))
    return found
