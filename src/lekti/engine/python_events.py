"""The events of a system as Python functions of time, states and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.engine.guards import Guard, guards_of
from lekti.engine.python_printer import Function, python_function
from lekti.model.event import Event
from lekti.model.expression import Expr, number, substitute, symbol
from lekti.model.system import System, expanded

NEVER_FIRST = float("-inf")
"""Priority of an event that has none: after all others."""


@dataclass(frozen=True, eq=False)
class PythonEvents:
    """`triggers`, `delays` and `priorities` return one number per event; the lists hold one entry per event.

    `values` computes the new values and `factors` what they are multiplied with; `targets` says which states
    get them.
    """

    guards: tuple[Guard, ...]
    triggers: Function
    delays: Function
    priorities: Function
    values: tuple[Function, ...]
    factors: tuple[Function, ...]
    targets: tuple[np.ndarray, ...]


def python_events(system: System) -> PythonEvents | None:
    """Print and compile the events of a system, random ones included; None when it has none."""
    guards = guards_of(system)
    if not guards:
        return None
    meanings, _ = expanded(system)
    memo = {symbol(name): expr for name, expr in meanings.items()}
    arguments = {"time": (), "states": system.states, "parameters": system.parameters}

    def printed(name: str, roots: Sequence[Expr]) -> Function:
        return python_function(name, arguments, [substitute(root, {}, dict(memo)) for root in roots])

    def factors(event: Event) -> list[Expr]:
        return [symbol(change.factor) if change.factor else number(1.0) for change in event.changes]

    events = [guard.event for guard in guards]
    return PythonEvents(
        guards=guards,
        triggers=printed("triggers", [event.trigger for event in events]),
        delays=printed("delays", [event.delay or number(0.0) for event in events]),
        priorities=printed("priorities", [event.priority or number(NEVER_FIRST) for event in events]),
        values=tuple(printed("values", [change.value for change in event.changes]) for event in events),
        factors=tuple(printed("factors", factors(event)) for event in events),
        targets=tuple(
            np.array([system.states.index(change.state) for change in event.changes], dtype=np.int64)
            for event in events
        ),
    )
