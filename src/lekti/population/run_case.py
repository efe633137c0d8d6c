"""`run_case`: virtual versions of one person, simulated from before birth through a course of treatments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lekti.base.errors import InputError
from lekti.base.provenance import USE, checksum, versions
from lekti.engine.piloted import Verdict, pilot
from lekti.engine.run import Outcome
from lekti.model.netherton import model_checksum, netherton_system
from lekti.model.parameters import load_parameters
from lekti.patients.case import Case
from lekti.population.asides import Told, attributions_of_run, forecasts_of_run
from lekti.population.counts import counted
from lekti.population.draw import prior_table
from lekti.population.follow import TOLERANCE, Cohort, follow
from lekti.population.given import YEAR, Schedule, default_until, schedule_of, with_treatments
from lekti.population.people import Progress, candidates, draw_people
from lekti.population.readouts import READOUTS, course_dataset, plans_dataset
from lekti.population.result import Result
from lekti.population.shipped import SHIPPED, typical_of
from lekti.population.typical import Typical
from lekti.population.windows import changes_of, comparisons_of, other_reading

if TYPE_CHECKING:
    import xarray as xr

MOST_PATIENTS = 100_000
"""More than these would not fit into the memory of one machine."""

PACKAGES = ("numpy", "scipy", "llvmlite", "xarray", "zarr")
"""Packages whose versions a result names."""

GRID_DAYS = 7.0
AFTER_DOSE_DAYS = (1.0, 3.0)
"""Days after a dose at which the course is kept, beside its trough and the end of an infusion."""

PILOTS = 8
"""Draws that are solved in float32 and in doubles before the run, to choose between the two."""


@dataclass(frozen=True)
class Plan:
    """A named choice among the treatments of a case."""

    label: str
    kept: tuple[str, ...]


def run_case(
    case: Case,
    *,
    patients: int = 200,
    seed: int = 0,
    until_days: float | None = None,
    typical: str = SHIPPED,
    progress: Progress = lambda done, count, total: None,
) -> Result:
    """Simulate virtual versions of the person of a case and compare them with what was measured.

    `until_days` is the age in days at which the run ends (default: five years after the last event).
    `typical` is where typical values come from: `shipped`, `prior`, or a file of `lekti calibrate`
    (`typical_of`). Virtual patient k depends on the case, the typical values, the seed and k alone.
    Raises `InputError` for patients outside 1 to 100,000 and for an end before the last treatment begins.
    """
    if not 1 <= patients <= MOST_PATIENTS:
        raise InputError(f"{patients} patients", expected=f"1 to {MOST_PATIENTS:,}")
    until = default_until(case) if until_days is None else until_days
    _check_until(case, until)
    shared = typical_of(typical)
    system = netherton_system()
    schedule = schedule_of(system, case, until_days=until)
    ages = _ages(case, schedule, until)
    verdict = _judged(case, schedule, ages, seed, shared)
    people = draw_people(
        system,
        case,
        patients=patients,
        seed=seed,
        until_days=until,
        progress=progress,
        kernel=verdict.kernel,
        typical=shared,
    )
    cohort = Cohort(system, people, verdict, progress)
    values, outcomes = follow(cohort, schedule, ages, what="following the course")
    dataset = course_dataset(ages, values, outcomes, people.parameters, system)
    dataset = dataset.assign(counted(dataset, people.parameters, system, seed=seed))
    dataset.attrs |= _provenance(case, seed, cohort, outcomes, until)
    changes = changes_of(case, dataset)
    told = Told(case, seed, shared, dataset, changes)
    return Result(
        case=case,
        dataset=dataset,
        seed=seed,
        versions=versions(*PACKAGES),
        comparisons=comparisons_of(case, dataset),
        outcomes=tuple(str(outcome) for outcome in outcomes),
        plans=_plans(cohort, case, ages, values),
        changes=changes,
        other=other_reading(case, dataset),
        forecasts=forecasts_of_run(cohort, told),
        attributions=attributions_of_run(cohort, told),
    )


def _check_until(case: Case, until: float) -> None:
    starts = [treatment.start for treatment in case.course.treatments]
    if until <= 0 or (starts and until <= max(starts)):
        raise InputError(
            f"The run ends at {until / YEAR:.2f} years",
            expected=f"an age above {max([*starts, 0.0]) / YEAR:g} years, the start of the last treatment",
            fix="Raise --until",
        )


def _ages(case: Case, schedule: Schedule, until: float) -> np.ndarray:
    """Return the ages of the run: every week, trough, peak and fall of each dose, each dated value."""
    weekly = np.arange(0.0, until, GRID_DAYS)
    after = [
        np.zeros(len(schedule.ages)),
        schedule.duration,
        *(np.full(len(schedule.ages), day) for day in AFTER_DOSE_DAYS),
    ]
    doses = np.concatenate([schedule.ages + days for days in after])
    bounds = [edge for event in case.course.events for edge in (event.when.earliest, event.when.latest)]
    exact = [age for age in bounds if age is not None]
    ages = np.unique(np.concatenate([weekly, [until], doses, exact, _plan_ages(case, until)]))
    return ages[ages <= until]


def _judged(case: Case, schedule: Schedule, ages: np.ndarray, seed: int, typical: Typical | None) -> Verdict:
    """Return the kernel for the run, judged on the first draws of the seed whoever is asked for."""
    system = netherton_system()
    rows = candidates(system, case, load_parameters(), np.arange(PILOTS), key=(seed, 0), typical=typical)
    return pilot(
        system,
        rows,
        times=ages - system.defaults[system.parameters.index("age_start")],
        doses=schedule.doses(system, rows),
        outputs=READOUTS,
        tolerance=TOLERANCE,
    )


def plans_of(case: Case) -> tuple[Plan, ...]:
    """Return the plans worth comparing: no treatment, then the treatments added one by one as they began."""
    ordered = sorted(case.course.treatments, key=lambda treatment: treatment.start)
    plans = [Plan("No treatment", ())]
    for count in range(1, len(ordered) + 1):
        given = ordered[:count]
        plans.append(
            Plan(" and ".join(dict.fromkeys(one.drug for one in given)), tuple(one.id for one in given))
        )
    return tuple(plans)


def _plan_ages(case: Case, until: float) -> np.ndarray:
    """Return the ages at which plans are compared: the last start, and a year later if the run goes on."""
    starts = [treatment.start for treatment in case.course.treatments]
    return np.unique([max(starts), min(max(starts) + YEAR, until)]) if starts else np.array([])


def _plans(cohort: Cohort, case: Case, ages: np.ndarray, values: np.ndarray) -> xr.Dataset | None:
    """Follow the same people under each plan; the plan that gives everything is the run itself (`values`)."""
    compared = _plan_ages(case, float(ages[-1]))
    if not len(compared):
        return None
    plans = plans_of(case)
    found: list[np.ndarray] = []
    for plan in plans[:-1]:
        part = with_treatments(case, plan.kept)
        schedule = schedule_of(cohort.system, part, until_days=float(compared[-1]))
        found.append(follow(cohort, schedule, compared, what=f"plan: {plan.label}")[0])
    found.append(values[:, np.searchsorted(ages, compared)])
    return plans_dataset([plan.label for plan in plans], compared, found)


def quantiles_of(values: np.ndarray) -> list[float]:
    """Return the 5 %, 50 % and 95 % quantile of those values that are numbers."""
    known = values[np.isfinite(values)]
    return [float(one) for one in np.quantile(known, [0.05, 0.5, 0.95])] if known.size else []


def _provenance(
    case: Case, seed: int, cohort: Cohort, outcomes: Sequence[Outcome], until: float
) -> dict[str, str | int | float]:
    parameters = load_parameters()
    return {
        "use": USE,
        "case": case.id,
        "seed": seed,
        "patients": len(outcomes),
        "failed": sum(not outcome.ok for outcome in outcomes),
        "solved_by_reference": sum(outcome.code == "ok_reference" for outcome in outcomes),
        "draws_with_disease": cohort.people.with_disease,
        "draws_kept": cohort.people.acceptance,
        "lekti_prior": json.dumps(quantiles_of(cohort.people.prior_lekti)),
        "relative_tolerance": TOLERANCE.relative,
        **cohort.verdict.notes(),
        "typical_values": cohort.people.typical,
        "model_sha256": model_checksum(),
        "run_sha256": checksum(
            f"{case!r}|{seed}|{len(outcomes)}|{until}|{model_checksum()}|{cohort.people.typical}"
        ),
        "case_sources": json.dumps(list(case.source_records)),
        "sources": json.dumps(sorted({one.source for one in parameters if one.source != "-"})),
        "numbers": json.dumps(dict(prior_table(parameters))),
        "versions": json.dumps(versions(*PACKAGES)),
    }
