"""One patient's way through time when the system has events: find when a trigger turns, and restart there."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence

import numpy as np

from lekti.engine.course import Course, Method, StuckError, segments
from lekti.engine.event_queue import EventQueue
from lekti.engine.problem import Problem
from lekti.engine.python_events import PythonEvents
from lekti.engine.python_model import PythonModel

STEPS_AT_LEAST = 200
"""Steps a whole course is cut into at least."""
LOOKS = 1600
"""How often the triggers are looked at in a whole course, at least."""

Path = Callable[[float], np.ndarray]


class EventCourse(Course):
    """A course that stops wherever a trigger turns true; a value at the time of an event is the one after it.

    A trigger is found if it holds for longer than the last time over 1600, or if the solver steps shorter.
    """

    def __init__(
        self, method: Method, model: PythonModel, problem: Problem, patient: int, events: PythonEvents
    ) -> None:
        super().__init__(method, model, problem, patient)
        self.queue = EventQueue(events, self.parameters, problem.luck.of_patient(patient))
        self.rows: list[list[float]] = []
        moving = model.moving.copy()
        moving[self.stops.target] = True
        self.moving = np.flatnonzero(moving)
        self.must_be_finite = moving

    @property
    def happened(self) -> Sequence[tuple[int, float]]:
        """Return (guard, time) of what happened by chance so far."""
        return self.queue.happened

    def follow(self) -> np.ndarray:
        """Return the values [times, outputs]."""
        state, now = self.queue.settle(0.0, self.queue.begin(self.start())), 0.0
        for then, jumps in segments(self.stops, self.problem.times[-1]):
            while now < then:
                now, state = self.stretch(now, min(then, self.queue.next_due()), state)
                state = self.queue.settle(now, state)
                self.record_now(now, state)
            self.record_now(then, state)
            for target, jump, flow in jumps:
                state[target] += jump
                self.inflow[target] = flow
            state = self.queue.settle(now, state)
        return np.array(self.rows).reshape(len(self.problem.times), len(self.problem.outputs))

    def stretch(self, now: float, then: float, state: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the first moment after `now` at which events must be settled, `then` at the latest."""
        if then <= now:
            return now, state
        self.limit = self.work + self.method.patience
        longest = self.problem.times[-1] / STEPS_AT_LEAST
        if not len(self.moving):
            return self._stand_still(now, then, state, longest)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return self._integrate(now, then, state, longest)

    def _stand_still(
        self, now: float, then: float, state: np.ndarray, longest: float
    ) -> tuple[float, np.ndarray]:
        while now < then:
            until = min(now + longest, then)
            found = self.turn(now, until, lambda _: state)
            self.record(until if found is None else found, lambda _: state)
            if found is not None:
                return found, state
            now = until
        return then, state

    def _integrate(
        self, now: float, then: float, state: np.ndarray, longest: float
    ) -> tuple[float, np.ndarray]:
        from scipy import integrate

        place = self.moving
        absolute, method = self.problem.tolerance.absolute, getattr(integrate, self.method.name)
        if not np.isfinite(state[place]).all():
            name = self.model.states[int(place[np.argmin(np.isfinite(state[place]))])]
            raise StuckError(f"{name} is not finite on day {now:.6g}")

        def whole(y: np.ndarray) -> np.ndarray:
            full = state.copy()
            full[place] = y
            return full

        def slopes(t: float, y: np.ndarray) -> np.ndarray:
            return self.slopes(t, whole(y))[place]

        def jacobian(t: float, y: np.ndarray) -> np.ndarray:
            return self.jacobian(t, whole(y))[np.ix_(place, place)]

        solver = method(
            slopes,
            now,
            state[place],
            then,
            max_step=longest,
            rtol=self.method.relative,
            atol=absolute,
            jac=jacobian,
        )
        while solver.t < then:
            before = solver.t
            solver.step()
            if solver.status == "failed" or not np.isfinite(solver.y).all():
                raise StuckError(f"the reference solver stopped after day {before:.6g}")
            dense = solver.dense_output()
            path: Path = lambda t, dense=dense: whole(dense(t))  # noqa: E731
            found = self.turn(before, solver.t, path)
            self.record(solver.t if found is None else found, path)
            if found is not None:
                return found, path(found)
        return then, whole(solver.y)

    def turn(self, begin: float, end: float, path: Path) -> float | None:
        """Return the first moment in (begin, end] at which a trigger turns so that events must be settled."""
        low = begin
        looks = max(1, math.ceil((end - begin) * LOOKS / self.problem.times[-1]))
        for look in range(1, looks + 1):
            high = end if look == looks else begin + (end - begin) * look / looks
            truth = self.queue.triggers(high, path(high))
            while truth != self.queue.truth:
                low = self._bisect(low, high, path)
                after = self.queue.triggers(low, path(low))
                if self.queue.matters(after):
                    return low
                self.queue.truth = after
            low = high
        return None

    def _bisect(self, low: float, high: float, path: Path) -> float:
        """Return the first number above `low` at which the triggers differ from the last, to the last bit."""
        while True:
            middle = 0.5 * (low + high)
            if not low < middle < high:
                return high
            if self.queue.triggers(middle, path(middle)) == self.queue.truth:
                low = middle
            else:
                high = middle

    def record_now(self, now: float, state: np.ndarray) -> None:
        """Write the outputs asked for at this moment, from the states as they are."""
        self.record(float(np.nextafter(now, np.inf)), lambda _: state)

    def record(self, until: float, path: Path) -> None:
        """Write the outputs asked for before `until`."""
        times = self.problem.times
        while len(self.rows) < len(times) and times[len(self.rows)] < until:
            t = float(times[len(self.rows)])
            self.rows.append(self.model.observe(t, path(t).tolist(), self.constants, self.parameters))
