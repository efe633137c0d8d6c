"""Forecasts of one value that differ in what they were told: the disease, this person, an earlier value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lekti.patients.case import UNKNOWN, Case, Feature, Measurement, Subject
from lekti.patients.measurements import model_value
from lekti.population.compare import Step, Window, effective, judge, likeness

ANYONE, PERSON, VALUE = "disease", "person", "value"
"""What a forecast was told: the disease only; genotype and signs too; an earlier value as well."""

ONLY_THE_DISEASE = Feature("HP:0008064", "Ichthyosis", present=True)
"""A sign that says only that the person has the disease (knowledge/genetics/signs.tsv gives it no curve)."""


@dataclass(frozen=True)
class Informed:
    """What a forecast that was told so much says of a measured value at each of its possible dates.

    `told` is ANYONE, PERSON or VALUE. `steps` are (age, credibility, median, 5 %, 95 %); `inside_from` and
    `inside_until` are the first and last age at which the value lies in the 90 % interval. `width` is that
    interval as a ratio of its ends on a logarithmic scale, the median over the dates, over that of the first
    forecast: 1 for the first. `effective` is the number of virtual patients behind it.
    """

    told: str
    steps: tuple[Step, ...]
    inside_from: float | None
    inside_until: float | None
    width: float
    effective: float


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of one measured value under one reading of the model; none was told the value itself."""

    measurement: str
    quantity: str
    reading: str
    observed: float
    earlier: str | None
    forecasts: tuple[Informed, ...]


def anyone_like(case: Case) -> Case:
    """Return the case of somebody with the disease who gets the same treatments: nothing else is known.

    Genotype, signs and weight are left out, and so is everything that was measured; sex stays, because doses
    per kg need it.
    """
    return replace(
        case,
        subject=Subject(sex=case.subject.sex, age_days=case.subject.age_days),
        alleles=(UNKNOWN, UNKNOWN),
        features=(ONLY_THE_DISEASE,),
        course=replace(case.course, measurements=(), observations=(), admissions=(), infections=()),
    )


def forecasts_of(
    later: Measurement,
    windows: Mapping[str, Window],
    *,
    earlier: Measurement | None,
    before: Window | None,
    reading: str,
) -> Forecasts:
    """Compare forecasts of one value; `windows` holds the predictions of ANYONE and PERSON at its dates.

    With an earlier value of the same quantity a third forecast counts each virtual patient by how near its
    own level then lies to it (`likeness`). The later value is used only to judge.
    """
    asked = dict(windows)
    if earlier is not None and before is not None:
        own = np.median(before.values, axis=1)
        asked[VALUE] = replace(windows[PERSON], likeness=likeness(own, model_value(earlier)))
    found: list[Informed] = []
    for told, window in asked.items():
        first = found[0] if found else None
        found.append(_informed(told, window, later, first))
    return Forecasts(
        later.id, later.quantity, reading, model_value(later), earlier.id if earlier else None, tuple(found)
    )


def _informed(told: str, window: Window, later: Measurement, first: Informed | None) -> Informed:
    judged = judge(window, model_value(later), later.censoring)
    fitting = judged.fitting
    width = 1.0 if first is None else _ratio(log_width(judged.steps), log_width(first.steps))
    return Informed(
        told,
        judged.steps,
        fitting[0] if fitting else None,
        fitting[-1] if fitting else None,
        width,
        effective(window.weights()),
    )


def log_width(steps: Sequence[Step]) -> float:
    """Return the width of the 90 % interval in logarithms, the median over the dates.

    >>> round(log_width([(0.0, 1.0, 10.0, 1.0, 100.0)]), 3)
    4.605
    """
    return float(np.median([np.log(high / low) for _, _, _, low, high in steps]))


def _ratio(width: float, first: float) -> float:
    return width / first if first > 0 else float("nan")
