"""What a system can have that the kernel cannot hold."""

from __future__ import annotations

from lekti.model.expression import Expr, walk
from lekti.model.system import System

_FOREIGN = {"factorial": "factorials"}


def foreign_to_kernel(system: System) -> str:
    """Return the name of the first thing in a system that the kernel cannot hold, empty if it holds all."""
    if not system.states:
        return "a system without states"
    if system.events:
        return "events"
    roots: list[Expr] = [*system.initial, *system.derivatives, *(expr for _, expr in system.assignments)]
    return next((_FOREIGN[node.op] for node in walk(roots) if node.op in _FOREIGN), "")
