"""`simulate`: a `System`, parameters, doses and times in; arrays and one outcome per patient out."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from lekti.base.errors import InputError
from lekti.base.provenance import versions
from lekti.engine.doses import Doses
from lekti.engine.problem import Solver, checked_problem
from lekti.engine.reference import Reference
from lekti.engine.run import Run, Tolerance
from lekti.model.system import System


def simulate(
    system: System,
    parameters: np.ndarray,
    *,
    times: Sequence[float] | np.ndarray,
    doses: Doses | None = None,
    outputs: Sequence[str] | None = None,
    tolerance: Tolerance | None = None,
    solver: Solver | None = None,
    threads: int | None = None,
    seed: int | None = None,
    keys: Sequence[int] | np.ndarray | None = None,
) -> Run:
    """Integrate every patient from time 0 and return the outputs at the given times (days).

    `parameters` is [patients, parameters of the system]. A value at the time of a dose is the value just
    before it. Outputs are states (the default), assignments, parameters or `time`. What a patient gets does
    not depend on the other patients or on the number of threads. A patient that fails has NaN values and an
    outcome that says why.

    The luck of a patient in the system's random events follows from `seed` and its key alone, a whole number
    (by default its place). The same person in two arms of a trial has the same key.

    Raises `InputError` for arguments that do not fit the system or each other.
    """
    if threads is not None and threads < 1:
        raise InputError(f"{threads} threads", expected="at least 1")
    chosen = solver or Reference()
    problem = checked_problem(
        system,
        parameters,
        times=times,
        doses=doses,
        outputs=outputs,
        tolerance=tolerance or Tolerance(),
        threads=threads or _cores(),
        seed=seed,
        keys=keys,
    )
    solution = chosen.solve(problem)
    return Run(
        times=problem.times,
        outputs=problem.outputs,
        values=solution.values,
        outcomes=tuple(solution.outcomes),
        steps=solution.steps,
        rejections=solution.rejections,
        provenance={
            **versions("numpy"),
            **chosen.versions(),
            "system": system.name,
            "checksum": system.checksum,
            "relative tolerance": problem.tolerance.relative,
            "absolute tolerance": problem.tolerance.absolute,
            "seed": seed,
            **solution.notes,
        },
        events=solution.happened,
    )


def _cores() -> int:
    """Return the number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
