"""The reference solver, judge of the kernel: SciPy, the readable Python formulas, a tight tolerance."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.engine.doses import Stops
from lekti.engine.problem import Problem, Solution
from lekti.engine.python_printer import Function, python_function
from lekti.engine.run import OK, Outcome
from lekti.engine.statements import Statements, statements
from lekti.model.expression import Expr, symbol


class _StuckError(Exception):
    """SciPy could not go on; the text says why."""


@dataclass(frozen=True)
class Reference:
    """Solve with SciPy, at `tighter` times the tolerance asked for, restarting at every dose.

    `method` is a stiff solver of `scipy.integrate.solve_ivp`: LSODA, BDF or Radau. A patient fails who needs
    the derivatives more than `patience` times between two doses.
    """

    method: str = "LSODA"
    tighter: float = 1e-3
    patience: int = 200_000

    def solve(self, problem: Problem) -> Solution:
        """Solve the patients one after the other; `steps` counts evaluations of the derivatives."""
        model = python_model(statements(problem.system), problem.outputs)
        shape = (problem.patients, len(problem.times), len(problem.outputs))
        solution = Solution(
            values=np.full(shape, np.nan),
            outcomes=[OK] * problem.patients,
            steps=np.zeros(problem.patients, dtype=np.int64),
            rejections=np.zeros(problem.patients, dtype=np.int64),
        )
        for patient in range(problem.patients):
            course = _Course(self, model, problem, patient)
            try:
                solution.values[patient] = course.follow()
            except _StuckError as stuck:
                solution.outcomes[patient] = Outcome("failed", str(stuck))
            solution.steps[patient] = course.work
        return solution

    def versions(self) -> dict[str, str]:
        """Return the solver and SciPy's version."""
        import scipy

        return {"solver": f"reference {self.method}", "scipy": scipy.__version__}


class _Course:
    """One patient on the way from time 0 to the last output."""

    def __init__(self, solver: Reference, model: PythonModel, problem: Problem, patient: int) -> None:
        self.solver, self.model, self.problem = solver, model, problem
        self.parameters = problem.parameters[patient]
        self.stops = problem.stops[patient]
        self.constants = model.constants(self.parameters)
        self.inflow = np.zeros(len(model.states))
        self.work = 0
        self.limit = 0

    def follow(self) -> np.ndarray:
        """Return the values [times, outputs]."""
        state = np.array(self.model.initial(self.parameters), dtype=np.float64)
        if not np.isfinite(state).all():
            name = self.model.states[int(np.argmin(np.isfinite(state)))]
            raise _StuckError(f"{name} does not start at a finite value")
        times, rows, now = self.problem.times, list[list[float]](), 0.0
        for then, jumps in _segments(self.stops, times[-1]):
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

    def advance(
        self, span: tuple[float, float], state: np.ndarray, wanted: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the states at the wanted times and the state at the end of the span."""
        if span[1] <= span[0] or not len(state):
            return np.repeat(state[np.newaxis], len(wanted), axis=0), state.copy()
        from scipy.integrate import solve_ivp

        times = wanted if len(wanted) and wanted[-1] == span[1] else np.append(wanted, span[1])
        self.limit = self.work + self.solver.patience
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            answer = solve_ivp(
                self.slopes,
                span,
                state,
                method=self.solver.method,
                t_eval=times,
                jac=self.jacobian,
                rtol=max(self.problem.tolerance.relative * self.solver.tighter, 1e-13),
                atol=self.problem.tolerance.absolute,
            )
        if not answer.success or answer.y.shape[1] != len(times) or not np.isfinite(answer.y).all():
            day = float(answer.t[-1]) if len(answer.t) else span[0]
            raise _StuckError(f"the reference solver stopped after day {day:.6g}")
        return answer.y.T[: len(wanted)], answer.y[:, -1].copy()

    def slopes(self, t: float, y: np.ndarray) -> np.ndarray:
        """Return the derivatives with what flows in from doses."""
        self.work += 1
        if self.work > self.limit:
            raise _StuckError(f"the reference solver makes no progress at day {t:.6g}")
        return np.array(self.model.slopes(t, y.tolist(), self.constants), dtype=np.float64) + self.inflow

    def jacobian(self, t: float, y: np.ndarray) -> np.ndarray:
        """Return the Jacobian [states, states]."""
        dense = np.zeros((len(y), len(y)))
        dense[self.model.rows, self.model.columns] = self.model.entries(t, y.tolist(), self.constants)
        return dense


@dataclass(frozen=True, eq=False)
class PythonModel:
    """The formulas of a system as Python functions of time, states, constants and parameters."""

    states: tuple[str, ...]
    constants: Function
    initial: Function
    slopes: Function
    observe: Function
    entries: Function
    rows: np.ndarray
    columns: np.ndarray


def python_model(formulas: Statements, outputs: Sequence[str]) -> PythonModel:
    """Print and compile the formulas; `outputs` names what `observe` returns."""
    constants = tuple(name for name, _ in formulas.constants)
    arguments = {"time": (), "states": formulas.states, "constants": constants}
    labels = {expr: name for name, expr in formulas.assignments}
    meanings = {name: symbol(name) for name in ("time", *formulas.states, *formulas.parameters)}
    meanings |= dict(formulas.assignments)
    rest = tuple(f"parameter {name}" if name in constants else name for name in formulas.parameters)

    def printed(name: str, roots: Sequence[Expr], more: dict[str, tuple[str, ...]]) -> Function:
        return python_function(name, arguments | more, roots, labels)

    over_parameters = {"parameters": formulas.parameters}
    return PythonModel(
        states=formulas.states,
        constants=python_function("constants", over_parameters, [expr for _, expr in formulas.constants]),
        initial=python_function("initial", over_parameters, formulas.initial),
        slopes=printed("slopes", formulas.derivatives, {}),
        observe=printed("observe", [meanings[name] for name in outputs], {"parameters": rest}),
        entries=printed("entries", [slope for _, _, slope in formulas.jacobian], {}),
        rows=np.array([row for row, _, _ in formulas.jacobian], dtype=np.int64),
        columns=np.array([column for _, column, _ in formulas.jacobian], dtype=np.int64),
    )


def _segments(stops: Stops, end: float) -> Iterator[tuple[float, list[tuple[int, float, float]]]]:
    """Yield each time to step onto with what changes there (target, jump, inflow); the end comes last."""
    for time in np.unique(stops.time[stops.time < end]):
        here = np.flatnonzero(stops.time == time)
        yield float(time), [(int(stops.target[i]), stops.jump[i], stops.inflow[i]) for i in here]
    yield float(end), []
