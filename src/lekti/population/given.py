"""What a plan gives to each virtual patient: the treatments of a case as doses of the model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from lekti.base.errors import InputError
from lekti.engine.doses import Doses
from lekti.model.system import System
from lekti.patients.case import Case, Event
from lekti.patients.schedule import dosing
from lekti.population.weight import weight_curve

YEAR = 365.25
AFTER_LAST_EVENT_YEARS = 5.0
"""How long a run goes on after the last event of a case when the user does not say."""


def with_treatments(case: Case, kept: Collection[str]) -> Case:
    """Return the case with only the treatments whose ids are kept."""
    treatments = tuple(treatment for treatment in case.course.treatments if treatment.id in kept)
    return replace(case, course=replace(case.course, treatments=treatments))


def default_until(case: Case) -> float:
    """Return the age in days at which a run ends: five years after the last event, at least one year."""
    ages = [treatment.start for treatment in case.course.treatments]
    ages += [treatment.stop for treatment in case.course.treatments if treatment.stop is not None]
    ages += [
        bound for event in case.course.events for bound in (event.when.earliest, event.when.latest) if bound
    ]
    ages += [case.subject.age_days or 0.0, 0.0]
    return max(ages) + AFTER_LAST_EVENT_YEARS * YEAR


@dataclass(frozen=True, eq=False)
class Schedule:
    """The doses of a course: an amount is base + slope · usual weight of the virtual patient over the median.

    The usual weight (`weight_usual`) is that of the untreated person at the first treatment, or at one year
    where it begins earlier: what weight is gained or lost under treatment, against the median, does not
    change a dose.
    """

    ages: np.ndarray
    targets: tuple[str, ...]
    base: np.ndarray
    slope: np.ndarray
    duration: np.ndarray

    def doses(self, system: System, matrix: np.ndarray) -> Doses | None:
        """Return the doses of the virtual patients [patients, parameters] in model time."""
        if not len(self.ages):
            return None
        patients, count = len(matrix), len(self.ages)
        factor = matrix[:, system.parameters.index("weight_usual"), np.newaxis]
        age_start = matrix[:, system.parameters.index("age_start"), np.newaxis]
        return Doses(
            patient=np.repeat(np.arange(patients), count),
            time=(self.ages - age_start).ravel(),
            target=self.targets * patients,
            amount=(self.base + self.slope * factor).ravel(),
            duration=np.tile(self.duration, patients),
        )


def schedule_of(system: System, case: Case, *, until_days: float) -> Schedule:
    """Return the schedule of a case; a dose per kg is linear in weight, so two schedules tell it all."""
    curve = weight_curve(system, case.subject.sex)
    single = dosing(case, weight_of=curve, until_days=until_days)
    double = dosing(case, weight_of=lambda age: 2 * curve(age), until_days=until_days)
    amounts = np.array([event.amount for event in single])
    slope = np.array([event.amount for event in double]) - amounts
    return Schedule(
        ages=np.array([event.age_days for event in single]),
        targets=tuple(event.target for event in single),
        base=amounts - slope,
        slope=slope,
        duration=np.array([event.duration for event in single]),
    )


def planned(case: Case, plan: str) -> Case:
    """Return the case under a plan: "none", or the ids of the treatments to keep, joined by commas.

    Events that are dated by a treatment left out are dropped, for they have no place in that course.
    """
    known = [treatment.id for treatment in case.course.treatments]
    kept = [] if plan.strip() == "none" else [part.strip() for part in plan.split(",")]
    for one in kept:
        if one not in known:
            raise InputError(f"--plan '{one}'", expected=" or ".join([*known, "none"]))
    course = with_treatments(case, kept).course
    return replace(
        case,
        course=replace(
            course,
            measurements=tuple(one for one in course.measurements if _has_place(one, kept)),
            observations=tuple(one for one in course.observations if _has_place(one, kept)),
            admissions=tuple(one for one in course.admissions if _has_place(one, kept)),
            infections=tuple(one for one in course.infections if _has_place(one, kept)),
        ),
    )


def _has_place(event: Event, kept: Collection[str]) -> bool:
    """Whether an event is not dated by a treatment that is left out."""
    return all(name is None or name in kept for name in (event.after, event.before))
