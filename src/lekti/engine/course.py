"""One patient's way through time on the reference solver, from dose to dose."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.engine.doses import Stops
from lekti.engine.problem import Problem
from lekti.engine.python_model import PythonModel


class StuckError(Exception):
    """The solver could not go on; the text says why."""


@dataclass(frozen=True)
class Method:
    """A solver of SciPy by name, its relative tolerance, and how much work it may spend between two stops."""

    name: str
    relative: float
    patience: int


class Course:
    """One patient on the way from time 0 to the last output."""

    def __init__(self, method: Method, model: PythonModel, problem: Problem, patient: int) -> None:
        self.method, self.model, self.problem = method, model, problem
        self.parameters = problem.parameters[patient]
        self.stops = problem.stops[patient]
        self.constants = model.constants(self.parameters)
        self.inflow = np.zeros(len(model.states))
        self.must_be_finite = np.ones(len(model.states), dtype=np.bool_)
        self.work = 0
        self.limit = 0

    @property
    def happened(self) -> Sequence[tuple[int, float]]:
        """Return (guard, time) of what happened by chance so far."""
        return ()

    def follow(self) -> np.ndarray:
        """Return the values [times, outputs]."""
        state = self.start()
        times, rows, now = self.problem.times, list[list[float]](), 0.0
        for then, jumps in segments(self.stops, times[-1]):
            wanted = times[len(rows) : np.searchsorted(times, then, side="right")]
            found, state = self.advance((now, then), state, wanted)
            rows += [
                self.model.observe(t, y, self.constants, self.parameters)
                for t, y in zip(wanted, found, strict=True)
            ]
            for target, jump, flow in jumps:
                state[target] += jump
                self.inflow[target] = flow
            now = then
        return np.array(rows).reshape(len(times), len(self.problem.outputs))

    def start(self) -> np.ndarray:
        """Return the states at time 0; those that must be finite are."""
        state = np.array(self.model.initial(self.parameters), dtype=np.float64)
        bad = ~np.isfinite(state) & self.must_be_finite
        if bad.any():
            raise StuckError(f"{self.model.states[int(np.argmax(bad))]} does not start at a finite value")
        return state

    def advance(
        self, span: tuple[float, float], state: np.ndarray, wanted: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the states at the wanted times and the state at the end of the span."""
        if span[1] <= span[0] or not len(state):
            return np.repeat(state[np.newaxis], len(wanted), axis=0), state.copy()
        from scipy.integrate import solve_ivp

        times = wanted if len(wanted) and wanted[-1] == span[1] else np.append(wanted, span[1])
        self.limit = self.work + self.method.patience
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            answer = solve_ivp(
                self.slopes,
                span,
                state,
                method=self.method.name,
                t_eval=times,
                jac=self.jacobian,
                rtol=self.method.relative,
                atol=self.problem.tolerance.absolute,
            )
        if not answer.success or answer.y.shape[1] != len(times) or not np.isfinite(answer.y).all():
            day = float(answer.t[-1]) if len(answer.t) else span[0]
            raise StuckError(f"the reference solver stopped after day {day:.6g}")
        return answer.y.T[: len(wanted)], answer.y[:, -1].copy()

    def slopes(self, t: float, y: np.ndarray) -> np.ndarray:
        """Return the derivatives with what flows in from doses."""
        self.work += 1
        if self.work > self.limit:
            raise StuckError(f"the reference solver makes no progress at day {t:.6g}")
        return np.array(self.model.slopes(t, y.tolist(), self.constants), dtype=np.float64) + self.inflow

    def jacobian(self, t: float, y: np.ndarray) -> np.ndarray:
        """Return the Jacobian [states, states]."""
        dense = np.zeros((len(y), len(y)))
        dense[self.model.rows, self.model.columns] = self.model.entries(t, y.tolist(), self.constants)
        return dense


def segments(stops: Stops, end: float) -> Iterator[tuple[float, list[tuple[int, float, float]]]]:
    """Yield each time to step onto with what changes there (target, jump, inflow); the end comes last."""
    for time in np.unique(stops.time[stops.time < end]):
        here = np.flatnonzero(stops.time == time)
        yield float(time), [(int(stops.target[i]), stops.jump[i], stops.inflow[i]) for i in here]
    yield float(end), []
