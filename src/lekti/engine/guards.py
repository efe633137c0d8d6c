"""Guards: everything that can make states jump within a step, state events and random events alike.

A random event becomes a state that counts down: it starts at an Exp(1) draw, falls by the hazard, and the
event happens when it reaches 0 and gets the next draw on top. So both kinds are one: a trigger to watch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lekti.engine.luck import digest_of
from lekti.model.event import Event, RandomEvent
from lekti.model.expression import apply, number, symbol
from lekti.model.system import System

STATE_EVENT = -1


@dataclass(frozen=True, eq=False)
class Guard:
    """An event to watch; a random one has a countdown at place `left`, and its name in bits, `digest`."""

    event: Event
    left: int = STATE_EVENT
    digest: int = 0

    @property
    def is_random(self) -> bool:
        """Whether the event happens by chance."""
        return self.left != STATE_EVENT


def left_of(event: RandomEvent) -> str:
    """Return the name of the state that counts down to the next happening of a random event."""
    return f"left to {event.name}"


def with_countdowns(system: System) -> System:
    """Return the system with one more state per random event, at the end; the same if it has them already.

    A hazard below 0 counts as 0; one that is not a number stays so, and the patient fails.
    """
    missing = [event for event in system.random_events if left_of(event) not in system.states]
    if not missing:
        return system
    return replace(
        system,
        states=(*system.states, *(left_of(event) for event in missing)),
        initial=(*system.initial, *(number(0.0) for _ in missing)),
        derivatives=(*system.derivatives, *(-apply("max", number(0.0), event.hazard) for event in missing)),
    )


def guards_of(system: System) -> tuple[Guard, ...]:
    """Return the events of a system that has its countdowns; random ones come last."""
    return (*(Guard(event) for event in system.events), *(_chance(system, e) for e in system.random_events))


def _chance(system: System, event: RandomEvent) -> Guard:
    left = left_of(event)
    trigger = apply("le", symbol(left), number(0.0))
    happening = Event(event.name, trigger, event.changes, initial=False, at_trigger=False)
    return Guard(happening, system.states.index(left), digest_of(event.name))
