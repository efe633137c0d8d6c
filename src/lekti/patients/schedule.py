"""From treatments to single doses: when, how much, into which state of the model."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lekti.base.errors import InputError
from lekti.patients.case import Case, Dose, Treatment
from lekti.patients.drugs import dose_milligrams, drug_of, is_per_kg


@dataclass(frozen=True)
class DoseEvent:
    """One dose: `amount` (in `unit`) enters the model state `target` over `duration` days (0: at once)."""

    drug: str
    age_days: float
    amount: float
    unit: str
    target: str
    duration: float
    treatment: str


def dosing(case: Case, *, weight_of: Callable[[float], float], until_days: float) -> list[DoseEvent]:
    """Return every dose of a case before the age `until_days`, in order of age; a course is one long inflow.

    A treatment gives doses at its start and every interval after it, before its stop. A dose per kg
    uses `weight_of(age_days)` in kg at that dose. Raises `InputError` for a weight that is no positive
    number.
    """
    events = [
        event
        for treatment in case.course.treatments
        for event in _events_of(treatment, weight_of=weight_of, until_days=until_days)
    ]
    return sorted(events, key=lambda event: event.age_days)


def _events_of(
    treatment: Treatment, *, weight_of: Callable[[float], float], until_days: float
) -> Iterator[DoseEvent]:
    end = until_days if treatment.stop is None else min(until_days, treatment.stop)
    if treatment.start >= end:
        return
    if treatment.dose is None:
        yield _course_event(treatment, end)
        return
    yield _dose_event(treatment, treatment.first_dose or treatment.dose, treatment.start, weight_of)
    if treatment.interval_days is None:
        return
    number = 1
    while (age := treatment.start + number * treatment.interval_days) < end:
        yield _dose_event(treatment, treatment.dose, age, weight_of)
        number += 1


def _course_event(treatment: Treatment, end: float) -> DoseEvent:
    """Return the inflow of a course: its level each day from start to end."""
    drug = drug_of(treatment.drug)
    duration = end - treatment.start
    return DoseEvent(
        drug=drug.id,
        age_days=treatment.start,
        amount=drug.levels[treatment.level or "usual"] * duration,
        unit=drug.model_unit,
        target=drug.target,
        duration=duration,
        treatment=treatment.id,
    )


def _dose_event(
    treatment: Treatment, dose: Dose, age_days: float, weight_of: Callable[[float], float]
) -> DoseEvent:
    drug = drug_of(treatment.drug)
    milligrams = dose_milligrams(dose, weight_kg=_weight(age_days, weight_of) if is_per_kg(dose) else 0.0)
    return DoseEvent(
        drug=drug.id,
        age_days=age_days,
        amount=milligrams * drug.model_units_per_mg,
        unit=drug.model_unit,
        target=drug.target,
        duration=drug.infusion_days,
        treatment=treatment.id,
    )


def _weight(age_days: float, weight_of: Callable[[float], float]) -> float:
    weight = weight_of(age_days)
    if not (math.isfinite(weight) and weight > 0):
        raise InputError(f"Weight {weight} kg at {age_days:g} days", expected="a weight above 0")
    return weight
