"""Infections and hospital stays that virtual patients had by chance, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from lekti.outputs.numbers import THIN, YEAR, age, plain_age, predicted
from lekti.population.counts import ADMISSIONS, COUNTS, KINDS

if TYPE_CHECKING:
    from lekti.population.result import Result

BLOOD = "bloodstream_infections"
INFECTIONS = "infections"
SHORTEST_DAYS = 90.0
"""Treatments that begin within so many days of each other, or of an end, share a period."""


@dataclass(frozen=True, eq=False)
class Period:
    """What was counted between two ages in days: per year [patients] by what was counted."""

    start: float
    until: float
    per_year: dict[str, np.ndarray]

    def share_with(self, name: str) -> float:
        """Return the share of virtual patients in whom it happened at least once, 0 to 1."""
        return float((self.per_year[name] > 0).mean())


@dataclass(frozen=True)
class PeriodRow:
    """One period in words: infections and hospital stays a year, and in how many of 100 the blood was met."""

    when: str
    infections: str
    blood: str
    stays: str


def periods(result: Result) -> tuple[Period, ...]:
    """Return the periods of a run: the first year, then from one treatment's start to the next.

    Only solved virtual patients count. Empty where a result holds no counts.
    """
    data = result.dataset
    if any(name not in data for name in COUNTS):
        return ()
    ages = np.asarray(data["times"].values, dtype=float)
    total = {name: np.asarray(data[name].values, dtype=float) for name in COUNTS}
    total[INFECTIONS] = np.sum([total[kind.output] for kind in KINDS], axis=0)
    solved = np.isfinite(total[INFECTIONS]).all(axis=1)
    edges = _edges(result, ages)
    if not solved.any() or len(edges) < 2:
        return ()
    found: list[Period] = []
    for start, until in pairwise(edges):
        first, last = (int(np.searchsorted(ages, one, side="right")) - 1 for one in (start, until))
        years = (ages[last] - ages[first]) / YEAR
        rates = {name: (each[solved, last] - each[solved, first]) / years for name, each in total.items()}
        found.append(Period(start, until, rates))
    return tuple(found)


def period_rows(result: Result) -> tuple[PeriodRow, ...]:
    """Return the periods in words: the mean of the virtual patients, and where 90 % of them lie."""
    return tuple(
        PeriodRow(
            f"{age(one.start)} to {age(one.until)}",
            _told(one.per_year[INFECTIONS]),
            f"{round(100 * one.share_with(BLOOD))}{THIN}%",
            _told(one.per_year[ADMISSIONS]),
        )
        for one in periods(result)
    )


def counts_object(result: Result) -> list[dict[str, Any]]:
    """Return the periods as plain values that JSON can hold."""
    return [
        {
            "from": plain_age(one.start),
            "until": plain_age(one.until),
            **{f"{name}_per_year": _spread(rates) for name, rates in one.per_year.items()},
            "share_with_bloodstream_infection": one.share_with(BLOOD),
            "share_admitted": one.share_with(ADMISSIONS),
        }
        for one in periods(result)
    ]


def _edges(result: Result, ages: np.ndarray) -> list[float]:
    starts = [treatment.start for treatment in result.case.course.treatments]
    last = float(ages[-1])
    edges = [max(float(ages[0]), 0.0)]
    for edge in sorted({YEAR, *starts}):
        if edge - edges[-1] >= SHORTEST_DAYS and last - edge >= SHORTEST_DAYS:
            edges.append(edge)
    return [*edges, last] if last > edges[-1] else edges


def _told(rates: np.ndarray) -> str:
    low, high = np.quantile(rates, [0.05, 0.95])
    return f"{predicted(float(rates.mean()))} ({predicted(float(low))} to {predicted(float(high))})"


def _spread(rates: Sequence[float] | np.ndarray) -> dict[str, Any]:
    low, middle, high = (float(one) for one in np.quantile(rates, [0.05, 0.5, 0.95]))
    return {"mean": float(np.mean(rates)), "median": middle, "interval90": [low, high]}
