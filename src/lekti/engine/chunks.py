"""`simulate_chunks`: as many patients as one likes, a chunk at a time, in the memory of one chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from lekti.base.errors import InputError
from lekti.engine.doses import Doses
from lekti.engine.problem import Solver
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.system import System

CHUNK = 1024
"""Patients per chunk, by default: enough that the cost of a call does not weigh."""

DosesOf = Callable[[range], Doses | None]
"""The doses of a range of patients, who are counted from 0 within it."""


def simulate_chunks(
    system: System,
    parameters: np.ndarray | Iterable[np.ndarray],
    *,
    times: Sequence[float] | np.ndarray,
    chunk: int = CHUNK,
    doses: Doses | DosesOf | None = None,
    outputs: Sequence[str] | None = None,
    tolerance: Tolerance | None = None,
    solver: Solver | None = None,
    threads: int | None = None,
    seed: int | None = None,
    keys: Sequence[int] | np.ndarray | None = None,
) -> Iterator[Run]:
    """Yield one `Run` per chunk of patients, in order; together they are what `simulate` returns, bit by bit.

    `parameters` is an array [patients, parameters], or blocks of that shape made one after the other, of
    which only one is held at a time; a block is then a chunk. `doses` counts patients from the first of all,
    or is a function that gives the doses of a range of patients. The rest is as in `simulate`.
    """
    if chunk < 1:
        raise InputError(f"A chunk of {chunk} patients", expected="at least 1")
    whole = isinstance(parameters, np.ndarray)
    doses_of = _by_range(doses, len(parameters)) if isinstance(doses, Doses) and whole else doses
    if isinstance(doses_of, Doses):
        raise InputError("Doses of all patients with parameters in blocks", expected="a function of a range")
    first = 0
    for rows in _cut(parameters, chunk) if whole else parameters:
        patients = range(first, first + len(rows))
        yield simulate(
            system,
            rows,
            times=times,
            doses=doses_of(patients) if doses_of else None,
            outputs=outputs,
            tolerance=tolerance,
            solver=solver,
            threads=threads,
            seed=seed,
            keys=np.array(patients) if keys is None else np.asarray(keys)[first : patients.stop],
        )
        first = patients.stop


def _cut(parameters: np.ndarray, chunk: int) -> Iterator[np.ndarray]:
    for first in range(0, len(parameters), chunk):
        yield parameters[first : first + chunk]


def _by_range(doses: Doses, patients: int) -> DosesOf:
    """Return the doses of all patients as a function of a range; the rows are sorted once."""
    order = np.argsort(doses.patient, kind="stable")
    sorted_patients = doses.patient[order]
    outside = (sorted_patients < 0) | (sorted_patients >= patients)
    if outside.any():
        wrong = sorted_patients[int(np.argmax(outside))]
        raise InputError(f"A dose for patient {wrong}", expected=f"0 to {patients - 1}")

    def of(chosen: range) -> Doses:
        edges = np.searchsorted(sorted_patients, [chosen.start, chosen.stop])
        rows = order[edges[0] : edges[1]]
        return Doses(
            patient=doses.patient[rows] - chosen.start,
            time=doses.time[rows],
            target=[doses.target[i] for i in rows],
            amount=doses.amount[rows],
            duration=doses.duration[rows],
        )

    return of
