"""Following the people of a run through a schedule of doses, chunk by chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.engine.piloted import Verdict
from lekti.engine.run import Outcome, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.system import System
from lekti.population.given import Schedule
from lekti.population.people import People, Progress
from lekti.population.readouts import READOUTS

TOLERANCE = Tolerance(relative=2e-5)
"""Of the courses. Against a run at 1e-8 (48 patients of the index case) every readout is within 0.02 %, and
IgE under the other reading, whose clearance bends, within 0.3 % at worst."""

CHUNK = 128
"""Patients simulated between two moves of the progress bar; results do not depend on it."""


@dataclass(frozen=True, eq=False)
class Cohort:
    """The people of one run, the model they live in, what solves it, and who hears how far it is."""

    system: System
    people: People
    verdict: Verdict
    progress: Progress


def follow(
    cohort: Cohort,
    schedule: Schedule,
    ages: np.ndarray,
    *,
    what: str,
    outputs: Sequence[str] = READOUTS,
    first: int | None = None,
) -> tuple[np.ndarray, tuple[Outcome, ...]]:
    """Return outputs [patients, ages, outputs] of the first patients (default: all) at ages in days.

    One who could not be drawn keeps that outcome, with NaN.
    """
    system, kernel = cohort.system, cohort.verdict.kernel
    parameters, outcomes = cohort.people.parameters[:first], list(cohort.people.outcomes[:first])
    values = np.full((len(parameters), len(ages), len(outputs)), np.nan)
    able = np.array([place for place, outcome in enumerate(outcomes) if outcome.ok], dtype=np.int64)
    age_start = system.defaults[system.parameters.index("age_start")]
    for start in range(0, len(able), CHUNK):
        chosen = able[start : start + CHUNK]
        matrix = parameters[chosen]
        run = simulate(
            system,
            matrix,
            times=ages - age_start,
            doses=schedule.doses(system, matrix),
            outputs=outputs,
            solver=kernel,
            tolerance=TOLERANCE,
        )
        values[chosen] = run.values
        for place, outcome in zip(chosen, run.outcomes, strict=True):
            outcomes[place] = outcome
        cohort.progress(what, start + len(chosen), len(able))
    return values, tuple(outcomes)
