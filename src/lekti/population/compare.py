"""Measured values beside what the virtual patients say, at their date or over their possible dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.patients.case import Measurement
from lekti.patients.measurements import model_value, quantity_of
from lekti.population.result import Change, Comparison

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantile levels of every interval: the 90 % and the 50 % interval around the median."""

Step = tuple[float, float, float, float, float]


@dataclass(frozen=True, eq=False)
class Window:
    """The possible ages of a measurement in days, and the predictions [patients, ages] of a run there."""

    ages: np.ndarray
    values: np.ndarray
    exact: bool

    def known(self) -> np.ndarray:
        """Return the predictions of the patients who have them all."""
        return self.values[np.isfinite(self.values).all(axis=1)]


@dataclass(frozen=True)
class Judged:
    """A value against a window: one step (age, credibility, median, 5 %, 95 %) per age, and where it fits."""

    steps: tuple[Step, ...]
    holds: tuple[bool, ...]

    @property
    def fitting(self) -> tuple[float, ...]:
        """Return the ages at which the value lies in the 90 % interval."""
        return tuple(step[0] for step, held in zip(self.steps, self.holds, strict=True) if held)

    def verdict(self, *, exact: bool) -> str:
        """Return the finding in plain words."""
        if exact:
            return "inside" if self.holds[0] else "outside"
        if not any(self.holds):
            return "outside at every date"
        return "inside at every date" if all(self.holds) else "inside at some dates"


def compare(measurement: Measurement, window: Window) -> Comparison:
    """Compare one value with its window of predictions, in the unit of the model's readout.

    Without a single date the predicted quantiles pool all possible dates with equal weight, `inside` is None,
    and the credibility of each date is given instead.
    """
    quantity, observed = quantity_of(measurement.quantity), model_value(measurement)
    pooled = quantiles(window.known().ravel()[:, np.newaxis])[:, 0]
    judged = judge(window, observed, measurement.censoring)
    first, last = _ends(judged, window)
    return Comparison(
        id=measurement.id,
        quantity=measurement.quantity,
        label=quantity.label,
        unit=quantity.unit,
        observed=observed,
        censoring=measurement.censoring,
        when=measurement.when,
        median=float(pooled[2]),
        interval50=(float(pooled[1]), float(pooled[3])),
        interval90=(float(pooled[0]), float(pooled[4])),
        inside=judged.holds[0] if window.exact else None,
        credibility=() if window.exact else judged.steps,
        inside_from=first,
        inside_until=last,
        source=measurement.source,
        verdict=judged.verdict(exact=window.exact),
    )


def compare_change(earlier: Measurement, before: Window, later: Measurement, after: Window) -> Change:
    """Compare the ratio of two values with each virtual patient's own change.

    A patient's change at an age is the value then over that patient's median on the earlier value's dates.
    """
    quantity = quantity_of(later.quantity)
    values = (model_value(earlier), model_value(later))
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.median(before.values, axis=1, keepdims=True)
        window = Window(after.ages, after.values / own, after.exact)
    judged = judge(window, values[1] / values[0], "none")
    fitting = judged.fitting
    return Change(
        id=f"{earlier.id} to {later.id}",
        quantity=later.quantity,
        label=quantity.label,
        earlier=earlier.id,
        later=later.id,
        earlier_value=values[0],
        later_value=values[1],
        unit=quantity.unit,
        observed=values[1] / values[0],
        credibility=judged.steps,
        inside_from=fitting[0] if fitting else None,
        inside_until=fitting[-1] if fitting else None,
        source=later.source,
        verdict=judged.verdict(exact=after.exact),
    )


def judge(window: Window, observed: float, censoring: str) -> Judged:
    """Return how a value sits among the virtual patients at each age of a window."""
    values = window.known()
    by_age = quantiles(values)
    steps = tuple(
        (
            float(age),
            credibility(observed, values[:, place], censoring),
            float(by_age[2, place]),
            float(by_age[0, place]),
            float(by_age[4, place]),
        )
        for place, age in enumerate(window.ages)
    )
    return Judged(steps, tuple(_holds(observed, censoring, step[3], step[4]) for step in steps))


def quantiles(values: np.ndarray) -> np.ndarray:
    """Return the quantiles of `LEVELS` over patients, [levels, columns]; NaN where there is no patient."""
    if not len(values):
        return np.full((len(LEVELS), values.shape[1]), np.nan)
    return np.quantile(values, LEVELS, axis=0)


def credibility(observed: float, values: np.ndarray, censoring: str) -> float:
    """Return how well a value sits among the virtual patients, 0 to 1 (0 when there is none).

    A number: 2 · min(P(x ≤ observed), P(x ≥ observed)). A value only known to lie above or below a limit: the
    share of virtual patients on that side.

    >>> credibility(5.0, np.array([1.0, 4.0, 6.0, 9.0]), "none")
    1.0
    """
    if not len(values):
        return 0.0
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


def _ends(judged: Judged, window: Window) -> tuple[float | None, float | None]:
    fitting = judged.fitting
    if window.exact or not fitting:
        return None, None
    return fitting[0], fitting[-1]
