"""The reference solver, judge of the kernel: SciPy, the readable Python formulas, a tight tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lekti.engine.course import Course, Method, StuckError
from lekti.engine.event_course import EventCourse
from lekti.engine.event_table import event_table
from lekti.engine.problem import Problem, Solution
from lekti.engine.python_events import PythonEvents, python_events
from lekti.engine.python_model import PythonModel, python_model
from lekti.engine.run import OK, Outcome
from lekti.engine.statements import statements


@dataclass(frozen=True)
class Reference:
    """Solve with SciPy, at `tighter` times the tolerance asked for, restarting at every dose and event.

    `method` is a stiff solver of `scipy.integrate.solve_ivp`: LSODA, BDF or Radau. A patient fails who needs
    the derivatives more than `patience` times between two doses; where formulas jump (piecewise, floor) the
    method `second` is tried before.
    """

    method: str = "LSODA"
    second: str = "Radau"
    tighter: float = 1e-3
    patience: int = 200_000

    def solve(self, problem: Problem) -> Solution:
        """Solve the patients one after the other; `steps` counts evaluations of the derivatives."""
        model = python_model(statements(problem.system), problem.outputs)
        events = python_events(problem.system)
        shape = (problem.patients, len(problem.times), len(problem.outputs))
        solution = Solution(
            values=np.full(shape, np.nan),
            outcomes=[OK] * problem.patients,
            steps=np.zeros(problem.patients, dtype=np.int64),
            rejections=np.zeros(problem.patients, dtype=np.int64),
        )
        rows: list[tuple[int, int, float]] = []
        first = len(problem.system.events)
        for patient in range(problem.patients):
            happened = self._follow(solution, _Formulas(problem, model, events), patient)
            rows += [(patient, guard - first, day) for guard, day in happened]
        names = [event.name for event in problem.system.random_events]
        return replace(solution, happened=event_table(names, rows))

    def _follow(self, solution: Solution, formulas: _Formulas, patient: int) -> Sequence[tuple[int, float]]:
        """Solve one patient and return what happened to it by chance.

        Where jumps of the formulas hold the solver up, try `second` as well.
        """
        methods = (self.method, self.second) if formulas.model.broken else (self.method,)
        stuck = ""
        for name in methods:
            relative = max(formulas.problem.tolerance.relative * self.tighter, 1e-13)
            course = formulas.course(Method(name, relative, self.patience), patient)
            try:
                solution.values[patient] = course.follow()
                solution.outcomes[patient] = OK
                return course.happened
            except StuckError as error:
                stuck = stuck or str(error)
            finally:
                solution.steps[patient] += course.work
        solution.outcomes[patient] = Outcome("failed", stuck)
        return ()

    def versions(self) -> dict[str, str]:
        """Return the solver and SciPy's version."""
        import scipy

        return {"solver": f"reference {self.method}", "scipy": scipy.__version__}


@dataclass(frozen=True, eq=False)
class _Formulas:
    """The problem with its formulas as Python functions."""

    problem: Problem
    model: PythonModel
    events: PythonEvents | None

    def course(self, method: Method, patient: int) -> Course:
        if self.events is None:
            return Course(method, self.model, self.problem, patient)
        return EventCourse(method, self.model, self.problem, patient, self.events)
