"""Measured values beside what the virtual patients say, at their date or over their possible dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.patients.case import Measurement
from lekti.patients.measurements import model_value, quantity_of
from lekti.population.result import Change, Comparison

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantile levels of every interval: the 90 % and the 50 % interval around the median."""

LIKENESS_WIDTH = 0.35
"""Log units between a patient's level and a measured one at which the patient still counts 61 %: a factor of
about 1.4, for the assay and for differences from day to day (assumed)."""

Step = tuple[float, float, float, float, float]


@dataclass(frozen=True, eq=False)
class Window:
    """The possible ages of a measurement in days, and the predictions [patients, ages] of a run there."""

    ages: np.ndarray
    values: np.ndarray
    exact: bool
    likeness: np.ndarray | None = None

    def known(self) -> np.ndarray:
        """Return the predictions of the patients who have them all."""
        return self.values[self._complete()]

    def weights(self) -> np.ndarray:
        """Return what each of those patients counts, 1 unless the window is weighted."""
        counts = np.ones(len(self.values)) if self.likeness is None else self.likeness
        return counts[self._complete()]

    def _complete(self) -> np.ndarray:
        return np.asarray(np.isfinite(self.values).all(axis=1))


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
    """Compare the ratio of two values with the change of the virtual patients who are like this person.

    A patient's change at an age is their value then over their own earlier level: the median on the earlier
    value's dates. Patients count by how near that level lies to the earlier value (`likeness`).
    """
    quantity = quantity_of(later.quantity)
    values = (model_value(earlier), model_value(later))
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.median(before.values, axis=1)
        window = Window(after.ages, after.values / own[:, np.newaxis], after.exact, likeness(own, values[0]))
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
        effective=effective(window.weights()),
        credibility=judged.steps,
        inside_from=fitting[0] if fitting else None,
        inside_until=fitting[-1] if fitting else None,
        source=later.source,
        verdict=judged.verdict(exact=after.exact),
    )


def likeness(levels: np.ndarray, value: float) -> np.ndarray:
    """Return the weight of each virtual patient given one earlier value: 1 where the levels agree.

    A normal curve over the logarithm of the ratio, `LIKENESS_WIDTH` wide; 0 where there is no level.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.log(levels / value) / LIKENESS_WIDTH
    return np.where(np.isfinite(distance), np.exp(-0.5 * distance**2), 0.0)


def effective(weights: np.ndarray) -> float:
    """Return the effective number of patients behind weights (Kish): all of them when the weights are equal.

    >>> effective(np.array([1.0, 1.0, 0.0]))
    2.0
    """
    square = float(np.sum(weights**2))
    return float(np.sum(weights)) ** 2 / square if square > 0 else 0.0


def judge(window: Window, observed: float, censoring: str) -> Judged:
    """Return how a value sits among the virtual patients at each age of a window."""
    values, weights = window.known(), window.weights()
    by_age = quantiles(values, weights)
    steps = tuple(
        (
            float(age),
            credibility(observed, values[:, place], censoring, weights),
            float(by_age[2, place]),
            float(by_age[0, place]),
            float(by_age[4, place]),
        )
        for place, age in enumerate(window.ages)
    )
    return Judged(steps, tuple(_holds(observed, censoring, step[3], step[4]) for step in steps))


def quantiles(values: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the quantiles of `LEVELS` over patients, [levels, columns]; NaN where no patient counts.

    With weights, the distribution function rises by each patient's share, half before and half after them.
    """
    if not len(values) or (weights is not None and not np.any(weights > 0)):
        return np.full((len(LEVELS), values.shape[1]), np.nan)
    if weights is None or np.all(weights == weights[0]):
        return np.quantile(values, LEVELS, axis=0)
    order = np.argsort(values, axis=0)
    share = weights[order] / weights.sum()
    height = np.cumsum(share, axis=0) - share / 2
    found = np.take_along_axis(values, order, axis=0)
    columns = range(values.shape[1])
    return np.stack([np.interp(LEVELS, height[:, place], found[:, place]) for place in columns], axis=1)


def credibility(
    observed: float, values: np.ndarray, censoring: str, weights: np.ndarray | None = None
) -> float:
    """Return how well a value sits among the virtual patients, 0 to 1 (0 when none counts).

    A number: 2 · min(P(x ≤ observed), P(x ≥ observed)). A value only known to lie above or below a limit: the
    share of virtual patients on that side.

    >>> credibility(5.0, np.array([1.0, 4.0, 6.0, 9.0]), "none")
    1.0
    """
    counts = np.ones(len(values)) if weights is None else weights
    if not counts.sum() > 0:
        return 0.0

    def share(holds: np.ndarray) -> float:
        return float(np.sum(counts * holds) / counts.sum())

    if censoring == "above":
        return share(values > observed)
    if censoring == "below":
        return share(values < observed)
    return min(1.0, 2 * min(share(values <= observed), share(values >= observed)))


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
