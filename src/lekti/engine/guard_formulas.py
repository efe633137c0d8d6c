"""The guards of a system as formulas over states, time and parameters alone."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.engine.guards import Guard, guards_of
from lekti.model.expression import Expr, number, substitute, symbol, symbols
from lekti.model.system import System, expanded


@dataclass(frozen=True, eq=False)
class GuardFormulas:
    """The guards of a system with their formulas over states, time and parameters alone.

    `changes` lists (guard, state, new value, factor) of every change, guard by guard.
    """

    states: tuple[str, ...]
    parameters: tuple[str, ...]
    guards: tuple[Guard, ...]
    triggers: tuple[Expr, ...]
    delays: tuple[Expr, ...]
    priorities: tuple[Expr, ...]
    changes: tuple[tuple[int, int, Expr, Expr], ...]

    @property
    def watched(self) -> tuple[int, ...]:
        """Return the places of the states that triggers look at."""
        names = symbols(*self.triggers)
        return tuple(i for i, name in enumerate(self.states) if name in names)

    @property
    def chances(self) -> tuple[int, ...]:
        """Return the places of the random guards."""
        return tuple(i for i, guard in enumerate(self.guards) if guard.is_random)


def guard_formulas(system: System) -> GuardFormulas:
    """Return the formulas of the guards of a system that has its countdowns."""
    meanings, _ = expanded(system)
    memo = {symbol(name): expr for name, expr in meanings.items()}

    def plain(expr: Expr) -> Expr:
        return substitute(expr, {}, memo)

    guards = guards_of(system)
    places = {name: i for i, name in enumerate(system.states)}
    return GuardFormulas(
        states=system.states,
        parameters=system.parameters,
        guards=guards,
        triggers=tuple(plain(guard.event.trigger) for guard in guards),
        delays=tuple(plain(guard.event.delay or number(0.0)) for guard in guards),
        priorities=tuple(plain(guard.event.priority or number(float("-inf"))) for guard in guards),
        changes=tuple(
            (g, places[change.state], plain(change.value), plain(_factor(change.factor)))
            for g, guard in enumerate(guards)
            for change in guard.event.changes
        ),
    )


def _factor(name: str) -> Expr:
    return symbol(name) if name else number(1.0)
