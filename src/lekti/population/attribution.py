"""Who brought a change: the Shapley value of each drug of a course, over what was really given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from lekti.patients.case import Case, Measurement
from lekti.patients.measurements import model_value
from lekti.population.compare import effective, likeness, quantiles

MOST_DRUGS = 4
"""Above this many drugs the orders in which they could be counted are too many; nothing is attributed."""

Interval = tuple[float, float, float]
"""Median, 5 % and 95 % quantile."""

Given = frozenset[str]
"""The drugs that are given; the others are left out of the course."""

Levels = Mapping[Given, np.ndarray]
"""The level of a quantity under each choice of drugs, by patient and age: shape [patients, ages]."""


@dataclass(frozen=True)
class Attribution:
    """What each drug did to a quantity between two ages (days), if the earlier value was taken at the first.

    `change` is later over earlier with every drug, `without` with none. `factors` is what a drug multiplies
    that change by; together with `without` they make `change`, patient by patient. `shares` is each drug's
    part of what the drugs did together, in logarithms; `effective` counts the patients behind it.
    """

    quantity: str
    reading: str
    earlier: str
    earlier_age: float
    later_age: float
    change: Interval
    without: Interval
    factors: Mapping[str, Interval]
    shares: Mapping[str, Interval]
    effective: float


def drugs_of_course(case: Case) -> tuple[str, ...]:
    """Return the drugs of a case, in the order in which they were first given."""
    ordered = sorted(case.course.treatments, key=lambda one: one.start)
    return tuple(dict.fromkeys(one.drug for one in ordered))


def choices(drugs: Sequence[str]) -> tuple[Given, ...]:
    """Return every choice among drugs, none first and all last.

    >>> [sorted(one) for one in choices(("ivig", "dupilumab"))]
    [[], ['ivig'], ['dupilumab'], ['dupilumab', 'ivig']]
    """
    return tuple(frozenset(some) for count in range(len(drugs) + 1) for some in combinations(drugs, count))


def shapley(worth: Mapping[Given, np.ndarray], drugs: Sequence[str]) -> Mapping[str, np.ndarray]:
    """Return what each drug adds, averaged over all orders in which the drugs could be added (Shapley 1953).

    `worth` holds a value for each choice of drugs. What the drugs add sums to the worth of all less that of
    none.

    >>> none, a, b, both = (np.array([x]) for x in (0.0, 1.0, 2.0, 4.0))
    >>> worth = {frozenset(): none, frozenset("a"): a, frozenset("b"): b, frozenset("ab"): both}
    >>> [float(one[0]) for one in shapley(worth, ("a", "b")).values()]
    [1.5, 2.5]
    """
    count = len(drugs)
    found: dict[str, np.ndarray] = {}
    for drug in drugs:
        others = [one for one in drugs if one != drug]
        parts = [
            factorial(len(before))
            * factorial(count - len(before) - 1)
            * (worth[before | {drug}] - worth[before])
            for before in choices(others)
        ]
        found[drug] = np.asarray(sum(parts)) / factorial(count)
    return found


def attribute(
    levels: Levels,
    ages: np.ndarray,
    *,
    drugs: Sequence[str],
    between: tuple[float, float],
    earlier: Measurement,
    reading: str,
) -> Attribution:
    """Attribute the change of a quantity between two of the ages to the drugs of a course.

    Patients count by how near their level at the first age, with everything given, lies to the earlier value
    (`likeness`). A drug that was not given before either age gets the factor 1.
    """
    first, last = (int(np.searchsorted(ages, age)) for age in between)
    full, none = frozenset(drugs), frozenset[str]()
    weights = likeness(levels[full][:, first], model_value(earlier))
    logs = {given: np.log(level[:, last] / level[:, first]) for given, level in levels.items()}
    solved = np.all([np.isfinite(one) for one in logs.values()], axis=0) & (weights > 0)
    logs, weights = {given: one[solved] for given, one in logs.items()}, weights[solved]
    parts = shapley(logs, drugs)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = {drug: part / (logs[full] - logs[none]) for drug, part in parts.items()}
    return Attribution(
        quantity=earlier.quantity,
        reading=reading,
        earlier=earlier.id,
        earlier_age=between[0],
        later_age=between[1],
        change=_interval(np.exp(logs[full]), weights),
        without=_interval(np.exp(logs[none]), weights),
        factors={drug: _interval(np.exp(part), weights) for drug, part in parts.items()},
        shares={drug: _interval(share, weights) for drug, share in shares.items()},
        effective=effective(weights),
    )


def _interval(values: np.ndarray, weights: np.ndarray) -> Interval:
    known = np.isfinite(values)
    low, _, middle, _, high = quantiles(values[known, np.newaxis], weights[known])[:, 0]
    return float(middle), float(low), float(high)
