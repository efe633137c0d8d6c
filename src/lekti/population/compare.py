"""A measured value beside what the virtual patients say, at its date or over its possible dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.patients.case import Case, Measurement
from lekti.population.result import Comparison

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantile levels of every interval: the 90 % and the 50 % interval around the median."""


@dataclass(frozen=True)
class Window:
    """The possible dates of a measurement, in days of age, on the grid of the run; one entry means exact."""

    ages: np.ndarray
    values: np.ndarray
    """Predicted values [patients, ages]."""

    @property
    def exact(self) -> bool:
        """Whether only one date is possible."""
        return len(self.ages) == 1


def compare(
    case: Case, measurement: Measurement, window: Window, *, label: str, unit: str, observed: float
) -> Comparison:
    """Compare one value, already in the unit of the output, with its window of predictions.

    Without a single date the predicted quantiles pool all possible dates with equal weight, `inside` is None,
    and the credibility of each date is given instead.
    """
    values = window.values[np.isfinite(window.values).all(axis=1)]
    pooled = np.quantile(values, LEVELS)
    by_date = np.quantile(values, LEVELS, axis=0)
    holds = [
        _holds(observed, measurement.censoring, low, high)
        for low, high in zip(by_date[0], by_date[4], strict=True)
    ]
    dates = window.ages[np.array(holds)] if any(holds) else np.array([])
    return Comparison(
        id=measurement.id,
        quantity=measurement.quantity,
        label=label,
        unit=unit,
        observed=observed,
        censoring=measurement.censoring,
        when=measurement.when,
        median=float(pooled[2]),
        interval50=(float(pooled[1]), float(pooled[3])),
        interval90=(float(pooled[0]), float(pooled[4])),
        inside=bool(holds[0]) if window.exact else None,
        credibility=() if window.exact else _credibility(window.ages, values, by_date, observed, measurement),
        inside_from=None if window.exact or not len(dates) else float(dates[0]),
        inside_until=None if window.exact or not len(dates) else float(dates[-1]),
        source=measurement.source or "",
        verdict=_verdict(window, holds),
    )


def credibility(observed: float, values: np.ndarray, censoring: str) -> float:
    """Return how well a value sits among the virtual patients, 0 to 1.

    A number: 2 · min(P(x ≤ observed), P(x ≥ observed)). A value only known to lie above or below a limit: the
    share of virtual patients on that side.

    >>> credibility(5.0, np.array([1.0, 4.0, 6.0, 9.0]), "none")
    1.0
    """
    if censoring == "above":
        return float(np.mean(values > observed))
    if censoring == "below":
        return float(np.mean(values < observed))
    return float(min(1.0, 2 * min(np.mean(values <= observed), np.mean(values >= observed))))


def _holds(observed: float, censoring: str, low: float, high: float) -> bool:
    if censoring == "above":
        return high > observed
    if censoring == "below":
        return low < observed
    return low <= observed <= high


def _credibility(
    ages: np.ndarray, values: np.ndarray, by_date: np.ndarray, observed: float, measurement: Measurement
) -> tuple[tuple[float, float, float, float, float], ...]:
    return tuple(
        (
            float(age),
            credibility(observed, values[:, index], measurement.censoring),
            float(by_date[2, index]),
            float(by_date[0, index]),
            float(by_date[4, index]),
        )
        for index, age in enumerate(ages)
    )


def _verdict(window: Window, holds: Sequence[bool]) -> str:
    if window.exact:
        return "inside" if holds[0] else "outside"
    if not any(holds):
        return "outside at every date"
    return "inside at every date" if all(holds) else "inside at some dates"
