"""The fast solver: generated Rodas5P code, several patients per vector, threads across patients."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from lekti.engine.compiled import Machine, TooLargeError, compile_system, default_lanes
from lekti.engine.event_table import EventTable
from lekti.engine.kernel_limits import foreign_to_kernel, with_a_state
from lekti.engine.layout import (
    BAD_DELAY,
    BAD_START,
    ENDLESS,
    NOT_REACHED,
    OUT_OF_STEPS,
    SOLVED,
    STEP_TOO_SMALL,
    TASK,
    WAITS_TWICE,
)
from lekti.engine.precision import DOUBLE, Precision
from lekti.engine.problem import Problem, Solution, Solver, replaced
from lekti.engine.reading import STEPPED, Reading
from lekti.engine.reference import Reference
from lekti.engine.run import OK, Outcome, Tolerance

ALIGNMENT = 64  # bytes: a cache line, and the widest vector
TIGHTER = 1e-2
LEAST_RELATIVE = 1e-13  # a tighter tolerance than this is below the rounding of doubles
FEW_EVENTS = 64  # random events that a patient has room for; who has more is solved again with more room


@dataclass(frozen=True)
class Kernel:
    """Solve with machine code made for the system; patients that fail there go to the reference.

    `lanes` is the number of patients per vector, by default what the machine holds; results do not depend on
    it. `precision` is the arithmetic of the stages; for float32 stages without a judge, this is where to ask
    (see `Piloted`). `reading` says how outputs within a step are found; with events it is always by the
    polynomial. A patient whose errors could grow exp(`most_growth`) times between two doses, as in ignitions,
    is solved again at a hundredth of the tolerance, and its outcome says so. A system too large for the
    kernel is solved by the reference, and its outcomes say so.
    """

    lanes: int | None = None
    precision: Precision = DOUBLE
    reading: Reading = STEPPED
    most_steps: int = 500_000
    fallback: Solver = field(default_factory=Reference)
    most_growth: float = 7.0

    def solve(self, problem: Problem) -> Solution:
        """Solve every patient in as many threads as the problem allows."""
        problem = replace(problem, system=with_a_state(problem.system))
        foreign = foreign_to_kernel(problem.system)
        if foreign:
            solution = self.fallback.solve(problem)
            _mark(solution, dict.fromkeys(range(problem.patients), f"the kernel does not hold {foreign}"))
            return solution
        precision = self.precision.within(problem.tolerance.relative)
        try:
            lanes = self.lanes or default_lanes(precision)
            machine = compile_system(problem.system, lanes=lanes, precision=precision)
        except TooLargeError:
            solution = self.fallback.solve(problem)
            _mark(solution, dict.fromkeys(range(problem.patients), "the system is too large for the kernel"))
            return solution
        table = _Table(problem, machine, self.most_steps, self.reading)
        table.follow()
        crowded = table.crowded()
        solution = table.solution()
        if crowded:
            more = _Table(
                problem.part(crowded), machine, self.most_steps, self.reading, room=table.most_events()
            )
            more.follow()
            solution = replaced(solution, crowded, more.solution())
        solution = self._tighter(problem, solution, table.doubted(self.most_growth))
        solution = self._again(problem, solution, table.reasons())
        return replace(solution, notes={"precision": precision.name})

    def versions(self) -> dict[str, str]:
        """Return the solver, and the versions of what compiles it and judges it."""
        import llvmlite

        lanes = self.lanes or default_lanes(self.precision)
        return self.fallback.versions() | {
            "solver": f"kernel Rodas5P, {lanes} lanes",
            "llvmlite": llvmlite.__version__,
        }

    def _tighter(self, problem: Problem, solution: Solution, doubted: list[int]) -> Solution:
        """Solve the patients whose errors may have grown again, in doubles at a tighter tolerance."""
        given = problem.tolerance
        relative = given.relative * TIGHTER
        if not doubted or relative < LEAST_RELATIVE:
            return solution
        part = replace(problem.part(doubted), tolerance=Tolerance(relative, given.absolute * TIGHTER))
        answer = replace(self, precision=DOUBLE, most_growth=math.inf).solve(part)
        for place, outcome in enumerate(answer.outcomes):
            if outcome == OK:
                answer.outcomes[place] = Outcome("ok", f"re-run at {relative:g}")
        return replaced(solution, doubted, answer)

    def _again(self, problem: Problem, solution: Solution, reasons: dict[int, str]) -> Solution:
        """Solve the patients that the kernel could not with the solver for such cases."""
        if not reasons:
            return solution
        chosen = sorted(reasons)
        answer = self.fallback.solve(problem.part(chosen))
        _mark(answer, {place: reasons[patient] for place, patient in enumerate(chosen)})
        return replaced(solution, chosen, answer, steps=False)


def _mark(solution: Solution, reasons: dict[int, str]) -> None:
    """Say of patients that another solver solved which one it was and why it was asked."""
    code = "ok_double" if "precision" in solution.notes else "ok_reference"
    for place, reason in reasons.items():
        if solution.outcomes[place] == OK:
            solution.outcomes[place] = Outcome(code, reason)


class _Table:
    """The arrays that the machine code reads and fills; they must outlive the threads."""

    def __init__(
        self, problem: Problem, machine: Machine, most_steps: int, reading: Reading, room: int = 0
    ) -> None:
        self.problem, self.machine, self.stepped = problem, machine, reading.stepped
        patients, layout = problem.patients, machine.layout
        self.stops, self.starts = problem.stops.joined, problem.stops.starts
        self.places = _places(problem)
        self.values = np.full((patients, len(problem.times), len(problem.outputs)), np.nan)
        self.status = np.full(patients, NOT_REACHED, dtype=np.int64)
        self.counts = np.zeros((2, patients), dtype=np.int64)
        self.day, self.doubt = np.zeros(patients), np.zeros(patients)
        self.next_patient, self.halt = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
        self.most_steps = most_steps
        self.room = room or (FEW_EVENTS if problem.system.random_events else 1)
        self.log_count = np.zeros(patients, dtype=np.int64)
        self.log_time = np.zeros((patients, self.room))
        self.log_event = np.zeros((patients, self.room), dtype=np.int64)
        self.task = self._task()
        self.doubles = layout.doubles

    def _task(self) -> np.ndarray:
        """Return the slots of the task, in the order of `TASK`."""
        problem, address = self.problem, _address
        slots: dict[str, int | float] = {
            "parameters": address(problem.parameters),
            "parameter_count": problem.parameters.shape[1],
            "patients": problem.patients,
            "next_patient": address(self.next_patient),
            "times": address(problem.times),
            "time_count": len(problem.times),
            "stop_starts": address(self.starts),
            "stop_time": address(self.stops.time),
            "stop_target": address(self.stops.target),
            "stop_jump": address(self.stops.jump),
            "stop_inflow": address(self.stops.inflow),
            "outputs": address(self.places),
            "output_count": len(self.places),
            "values": address(self.values),
            "status": address(self.status),
            "accepted": address(self.counts[0]),
            "rejected": address(self.counts[1]),
            "day": address(self.day),
            "doubt": address(self.doubt),
            "relative": problem.tolerance.relative,
            "absolute": problem.tolerance.absolute,
            "most_steps": self.most_steps,
            "halt": address(self.halt),
            "stepped": int(self.stepped),
            "seed": int(np.uint64(problem.luck.seed or 0).view(np.int64)),
            "keys": address(problem.luck.keys),
            "log_room": self.room,
            "log_count": address(self.log_count),
            "log_time": address(self.log_time),
            "log_event": address(self.log_event),
        }
        task = np.empty(len(TASK), dtype=np.int64)
        for place, name in enumerate(TASK):
            value = slots[name]
            task[place] = np.float64(value).view(np.int64) if isinstance(value, float) else value
        return task

    def follow(self) -> None:
        """Run the machine code in threads until every patient is done; an interrupt stops all of them."""
        threads = max(1, min(self.problem.threads, -(-self.problem.patients // self.machine.layout.lanes)))
        with ThreadPoolExecutor(threads) as pool:
            try:
                for future in [pool.submit(self._work) for _ in range(threads)]:
                    future.result()
            except BaseException:
                self.halt[0] = 1
                raise

    def _work(self) -> None:
        raw = np.zeros(self.doubles + ALIGNMENT // 8)
        start = -_address(raw) % ALIGNMENT // 8
        work = raw[start:]
        self.machine.run(_address(self.task), _address(work))

    def solution(self) -> Solution:
        """Return what the kernel solved; the others are failed so far."""
        reasons = self.reasons()
        for patient in reasons:
            self.values[patient] = np.nan
        for column, output in enumerate(self.problem.outputs):
            if output in self.problem.system.parameters:
                place = self.problem.system.parameters.index(output)
                self.values[:, :, column] = self.problem.parameters[:, place, np.newaxis]
        outcomes = [Outcome("failed", reasons[i]) if i in reasons else OK for i in range(len(self.status))]
        return Solution(self.values, outcomes, self.counts[0], self.counts[1], self._happened())

    def _happened(self) -> EventTable:
        """Return the table of what happened by chance to the patients that were solved."""
        count = np.where(self.status == SOLVED, np.minimum(self.log_count, self.room), 0)
        patient, place = np.nonzero(np.arange(self.room) < count[:, np.newaxis])
        names = tuple(event.name for event in self.problem.system.random_events)
        return EventTable(names, patient, self.log_event[patient, place], self.log_time[patient, place])

    def doubted(self, most_growth: float) -> list[int]:
        """Return the patients that were solved and whose errors could grow more than that, as a logarithm."""
        return [int(i) for i in np.flatnonzero((self.doubt > most_growth) & (self.status == SOLVED))]

    def most_events(self) -> int:
        """Return the largest number of random events of a patient."""
        return int(self.log_count.max())

    def crowded(self) -> list[int]:
        """Return the patients that were solved and whose random events did not fit the table."""
        return [int(i) for i in np.flatnonzero((self.log_count > self.room) & (self.status == SOLVED))]

    def reasons(self) -> dict[int, str]:
        """Return why the kernel failed, by patient."""
        words = {
            OUT_OF_STEPS: f"more than {self.most_steps} steps by day {{:.6g}}",
            STEP_TOO_SMALL: "the step became too small on day {:.6g}",
            BAD_START: "a state does not start at a finite value",
            NOT_REACHED: "the kernel was stopped",
            BAD_DELAY: "an event has a delay below 0 on day {:.6g}",
            WAITS_TWICE: "an event is triggered again while it waits on day {:.6g}",
            ENDLESS: "events set each other off without end on day {:.6g}",
        }
        failed = np.flatnonzero(self.status != SOLVED)
        return {int(i): words[int(self.status[i])].format(self.day[i]) for i in failed}


def _places(problem: Problem) -> np.ndarray:
    """Return where each output stands in `seen`: states, time, assignments; parameters are put in later."""
    system = problem.system
    known = {name: i for i, name in enumerate((*system.states, "time", *(a for a, _ in system.assignments)))}
    return np.array([known.get(name, 0) for name in problem.outputs], dtype=np.int64)


def _address(array: np.ndarray) -> int:
    return int(array.ctypes.data)
