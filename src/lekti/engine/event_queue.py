"""Which events are waiting, which are due, and in which order they happen (SBML Level 3, section 4.11.6)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lekti.engine.course import StuckError
from lekti.engine.luck import ORDER, PatientLuck, share, waiting_time
from lekti.engine.python_events import PythonEvents

MOST_AT_ONCE = 10_000
SAME_MOMENT = 1e-12
"""Relative difference of two times that count as one moment."""


@dataclass(frozen=True)
class Waiting:
    """An event that was triggered: when it is due, and its new values if they are from that moment."""

    event: int
    due: float
    values: tuple[float, ...] | None


class EventQueue:
    """The events of one patient: what their triggers were last, and what waits to happen.

    Events of equal priority that are due together happen in an order drawn from the luck of the patient.
    """

    def __init__(self, events: PythonEvents, parameters: np.ndarray, luck: PatientLuck) -> None:
        self.events, self.parameters, self.luck = events, parameters, luck
        self.truth = [guard.event.initial for guard in events.guards]
        self.waiting: list[Waiting] = []
        self.happened: list[tuple[int, float]] = []
        self.drawn = [0] * len(events.guards)
        self.ties = 0

    def begin(self, state: np.ndarray) -> np.ndarray:
        """Return the states with every countdown at its first draw."""
        for place, guard in enumerate(self.events.guards):
            if guard.is_random:
                state[guard.left] = self._next_draw(place)
        return state

    def next_due(self) -> float:
        """Return when the next waiting event is due, infinity when none waits."""
        return min((one.due for one in self.waiting), default=math.inf)

    def triggers(self, now: float, state: np.ndarray) -> list[bool]:
        """Return which triggers hold; one that is not a number does not."""
        found = self.events.triggers(now, state.tolist(), self.parameters)
        return [bool(value) and not math.isnan(value) for value in found]

    def matters(self, truth: list[bool]) -> bool:
        """Tell whether the step from the last triggers to these starts an event or calls one off."""
        if any(new and not old for new, old in zip(truth, self.truth, strict=True)):
            return True
        return any(not truth[one.event] and self._fickle(one.event) for one in self.waiting)

    def settle(self, now: float, state: np.ndarray) -> np.ndarray:
        """Let all happen that is due at this moment, with what it sets off; return the states after."""
        state = state.copy()
        for _ in range(MOST_AT_ONCE):
            self._update(now, state)
            due = [one for one in self.waiting if one.due <= now + SAME_MOMENT * abs(now)]
            if not due:
                return state
            chosen = self._first(due, now, state)
            self.waiting.remove(chosen)
            self._happen(chosen, now, state)
        raise StuckError(f"events set each other off without end on day {now:.6g}")

    def _update(self, now: float, state: np.ndarray) -> None:
        """Compare the triggers with what they were: queue what turned true, call off what turned false."""
        truth = self.triggers(now, state)
        self.waiting = [one for one in self.waiting if truth[one.event] or not self._fickle(one.event)]
        risen = [i for i, (new, old) in enumerate(zip(truth, self.truth, strict=True)) if new and not old]
        self.truth = truth
        if not risen:
            return
        delays = self.events.delays(now, state.tolist(), self.parameters)
        for i in risen:
            name = self.events.guards[i].event.name
            if not delays[i] >= 0.0:
                raise StuckError(f"event {name} has the delay {delays[i]:.6g} on day {now:.6g}")
            values = None
            if self.events.guards[i].event.at_trigger:
                values = tuple(self.events.values[i](now, state.tolist(), self.parameters))
            self.waiting.append(Waiting(i, now + delays[i], values))

    def _first(self, due: list[Waiting], now: float, state: np.ndarray) -> Waiting:
        if len(due) == 1:
            return due[0]
        ranks = self.events.priorities(now, state.tolist(), self.parameters)
        ranks = [-math.inf if math.isnan(rank) else rank for rank in ranks]
        highest = max(ranks[one.event] for one in due)
        first = [one for one in due if ranks[one.event] == highest]
        if len(first) == 1 or highest == -math.inf:
            return first[0]
        self.ties += 1
        return first[int(self.luck(share, ORDER, self.ties - 1) * len(first))]

    def _happen(self, one: Waiting, now: float, state: np.ndarray) -> None:
        """Change the states; what is set as a concentration takes the volume as it is before the event."""
        events, before = self.events, state.tolist()
        values = one.values
        if values is None:
            values = events.values[one.event](now, before, self.parameters)
        factors = events.factors[one.event](now, before, self.parameters)
        state[events.targets[one.event]] = np.array(values) * np.array(factors)
        guard = events.guards[one.event]
        if guard.is_random:
            state[guard.left] += self._next_draw(one.event)
            self.truth[one.event] = False
            self.happened.append((one.event, now))

    def _next_draw(self, place: int) -> float:
        self.drawn[place] += 1
        return self.luck(waiting_time, self.events.guards[place].digest, self.drawn[place] - 1)

    def _fickle(self, event: int) -> bool:
        return not self.events.guards[event].event.persistent
