"""What a system can have that the kernel cannot hold, and what it must have."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lekti.model.expression import Expr, number, walk
from lekti.model.system import System

QUIET = "no state"
_FOREIGN = {"factorial": "factorials"}


@lru_cache(maxsize=64)
def foreign_to_kernel(system: System) -> str:
    """Return the name of the first thing in a system that the kernel cannot hold, empty if it holds all."""
    roots: list[Expr] = [*system.initial, *system.derivatives, *(expr for _, expr in system.assignments)]
    roots += [expr for event in (*system.events, *system.random_events) for expr in event.expressions()]
    return next((_FOREIGN[node.op] for node in walk(roots) if node.op in _FOREIGN), "")


def with_a_state(system: System) -> System:
    """Return the system; one that has no states gets a state that stays 0, because the kernel needs one."""
    if system.states:
        return system
    zero = (number(0.0),)
    return replace(system, states=(QUIET,), initial=zero, derivatives=zero)
