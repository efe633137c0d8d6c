"""A checked question for a solver, and the solver's bare answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from lekti.base.errors import InputError
from lekti.engine.doses import Doses, StopTable, check_doses, stops_by_patient
from lekti.engine.event_table import EventTable, event_table, merged
from lekti.engine.guards import with_countdowns
from lekti.engine.luck import Luck
from lekti.engine.run import Outcome, Tolerance
from lekti.model.expression import symbols
from lekti.model.system import System, expanded


@dataclass(frozen=True, eq=False)
class Problem:
    """Parameters [patients, parameters], output times, stops and luck of each patient, all checked."""

    system: System
    parameters: np.ndarray
    times: np.ndarray
    stops: StopTable
    outputs: tuple[str, ...]
    tolerance: Tolerance
    threads: int
    luck: Luck

    @property
    def patients(self) -> int:
        """Return the number of patients."""
        return len(self.parameters)

    def part(self, patients: Sequence[int]) -> Problem:
        """Return the problem of some of the patients."""
        return replace(
            self,
            parameters=self.parameters[list(patients)],
            stops=self.stops.of(patients),
            luck=self.luck.of(patients),
        )


@dataclass(frozen=True, eq=False)
class Solution:
    """Values [patients, times, outputs], one outcome per patient, its steps and events, and notes."""

    values: np.ndarray
    outcomes: list[Outcome]
    steps: np.ndarray
    rejections: np.ndarray
    happened: EventTable = field(default_factory=lambda: event_table((), ()))
    notes: Mapping[str, str] = field(default_factory=dict[str, str])


def replaced(
    solution: Solution, patients: Sequence[int], answer: Solution, *, steps: bool = True
) -> Solution:
    """Return the solution with some patients as another has them; `steps`: whether their steps as well."""
    chosen = list(patients)
    solution.values[chosen] = answer.values
    for patient, outcome in zip(chosen, answer.outcomes, strict=True):
        solution.outcomes[patient] = outcome
    if steps:
        solution.steps[chosen], solution.rejections[chosen] = answer.steps, answer.rejections
    return replace(solution, happened=merged(solution.happened, chosen, answer.happened))


class Solver(Protocol):
    """What `simulate` asks of a solver."""

    def solve(self, problem: Problem) -> Solution:
        """Solve every patient of the problem; failed ones get NaN and an outcome that says why."""
        ...

    def versions(self) -> dict[str, str]:
        """Return the name of the solver and the versions that its numbers depend on."""
        ...


def checked_problem(
    system: System,
    parameters: np.ndarray,
    *,
    times: Sequence[float] | np.ndarray,
    doses: Doses | None,
    outputs: Sequence[str] | None,
    tolerance: Tolerance,
    threads: int,
    seed: int | None = None,
    keys: Sequence[int] | np.ndarray | None = None,
) -> Problem:
    """Return the problem, or raise one `InputError` that names the first thing wrong."""
    rows = _parameters(system, parameters)
    if doses is not None:
        check_doses(doses, patients=len(rows), states=system.states)
    return Problem(
        system=with_countdowns(system),
        parameters=rows,
        times=_times(times),
        stops=stops_by_patient(doses, patients=len(rows), states=system.states),
        outputs=_outputs(system, outputs),
        tolerance=tolerance,
        threads=threads,
        luck=_luck(system, len(rows), seed, keys),
    )


def _luck(system: System, patients: int, seed: int | None, keys: Sequence[int] | np.ndarray | None) -> Luck:
    if system.random_events and seed is None:
        raise InputError("The model has random events and no seed is given", expected="seed=, a whole number")
    if seed is not None and not 0 <= seed < 2**64:
        raise InputError(f"seed {seed}", expected="a whole number from 0 to 2^64 - 1")
    names = np.arange(patients) if keys is None else np.asarray(keys)
    if names.shape != (patients,) or names.dtype.kind not in "iu":
        raise InputError(f"Patient keys of shape {list(names.shape)}", expected=f"{patients} whole numbers")
    return Luck(seed, names.astype(np.uint64).view(np.int64))


def _parameters(system: System, parameters: np.ndarray) -> np.ndarray:
    rows = np.ascontiguousarray(parameters, dtype=np.float64)
    if rows.ndim != 2 or rows.shape[1] != len(system.parameters):
        raise InputError(
            f"Parameters of shape {list(rows.shape)}",
            expected=f"[patients, {len(system.parameters)}], one column per parameter of {system.name}",
        )
    bad = ~np.isfinite(rows)
    if bad.any():
        used = _used(system)
        for patient, place in np.argwhere(bad):
            if system.parameters[place] in used:
                raise InputError(
                    f"Parameter '{system.parameters[place]}' of patient {patient} is {rows[patient, place]}",
                    expected="a finite number",
                )
    return rows


def _used(system: System) -> frozenset[str]:
    assignments, derivatives = expanded(system)
    events = (*system.events, *system.random_events)
    happening = [expr for event in events for expr in event.expressions()]
    return symbols(*assignments.values(), *derivatives, *system.initial, *happening)


def _times(times: Sequence[float] | np.ndarray) -> np.ndarray:
    array = np.ascontiguousarray(times, dtype=np.float64)
    if array.ndim != 1 or not len(array):
        raise InputError(
            f"Times of shape {list(array.shape)}", expected="a list of at least one time in days"
        )
    if not np.isfinite(array).all() or array[0] < 0.0:
        raise InputError("A time is negative or not finite", expected="days since the start of the model")
    if (np.diff(array) <= 0.0).any():
        place = int(np.argmax(np.diff(array) <= 0.0))
        raise InputError(f"Time {array[place + 1]} follows {array[place]}", expected="increasing times")
    return array


def _outputs(system: System, outputs: Sequence[str] | None) -> tuple[str, ...]:
    if outputs is None:
        return system.states
    unknown = [name for name in outputs if name not in frozenset((*system.names(), "time"))]
    if unknown:
        raise InputError(
            f"Output '{unknown[0]}' is not in the model", expected="a state, an assignment or a parameter"
        )
    return tuple(outputs)
