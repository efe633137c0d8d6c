"""`Event`: a moment at which states jump, as SBML Level 3 Version 2 (section 4.11) defines it.

`RandomEvent`, which SBML does not know, is one that comes by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lekti.model.expression import Expr


@dataclass(frozen=True, eq=False)
class Change:
    """A state gets a new value, times `factor` as it is just before the event.

    The factor is the name of a volume when the event sets a concentration and the state is an amount.
    """

    state: str
    value: Expr
    factor: str = ""


@dataclass(frozen=True, eq=False)
class Event:
    """When `trigger` turns from false to true, the changes happen `delay` days later.

    Of events due together the one with the highest `priority` goes first. `initial` is what the trigger is
    taken to be before time 0. An event that is not `persistent` is called off when its trigger turns false
    again in the meantime. `at_trigger` takes the new values from the moment of the trigger.
    """

    name: str
    trigger: Expr
    changes: tuple[Change, ...]
    delay: Expr | None = None
    priority: Expr | None = None
    initial: bool = True
    persistent: bool = True
    at_trigger: bool = True

    def expressions(self) -> Iterator[Expr]:
        """Yield every expression of the event."""
        yield self.trigger
        yield from (change.value for change in self.changes)
        yield from (expr for expr in (self.delay, self.priority) if expr is not None)

    def shape(self) -> str:
        """Return in one line what the event is beside its expressions, to tell two events apart."""
        flags = (self.delay is None, self.priority is None, self.initial, self.persistent, self.at_trigger)
        changes = ",".join(f"{change.state}*{change.factor}" for change in self.changes)
        return f"{self.name} {changes} {' '.join(str(flag) for flag in flags)}"


@dataclass(frozen=True, eq=False)
class RandomEvent:
    """Something that happens again and again by chance, `hazard` times a day, such as an infection.

    `hazard` is an expression from 0 on over states, parameters, assignments and `time`; at each happening the
    states get their new values.
    """

    name: str
    hazard: Expr
    changes: tuple[Change, ...] = ()

    def expressions(self) -> Iterator[Expr]:
        """Yield every expression of the event."""
        yield self.hazard
        yield from (change.value for change in self.changes)

    def shape(self) -> str:
        """Return in one line what the event is beside its expressions, to tell two events apart."""
        changes = ",".join(f"{change.state}*{change.factor}" for change in self.changes)
        return f"random {self.name} {changes}"
