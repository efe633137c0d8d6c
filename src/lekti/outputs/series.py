"""What the virtual patients do together: quantiles at each age, and the troughs and peaks of doses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)


@dataclass(frozen=True)
class Series:
    """Quantiles of one output: `quantiles` has shape (5, times), rows as in LEVELS; ages in days."""

    output: str
    ages: np.ndarray
    quantiles: np.ndarray
    patients: int

    @property
    def median(self) -> np.ndarray:
        return self.quantiles[2]

    @property
    def empty(self) -> bool:
        return self.patients == 0 or not self.ages.size

    def at(self, age_days: float) -> np.ndarray:
        """Return the five quantiles at the last age that is not after `age_days`."""
        index = int(np.searchsorted(self.ages, age_days + 1e-6, side="right")) - 1
        return self.quantiles[:, max(index, 0)]


@dataclass(frozen=True)
class Envelope:
    """A dosed quantity drawn without its teeth: `line` is the trough, `inner` and `outer` hold the range.

    `inner` runs from the median trough to the median peak, `outer` from the 5 % quantile of the troughs
    to the 95 % quantile of the peaks. Before the first dose and after the last they are the plain
    median, 50 % and 90 % band.
    """

    ages: np.ndarray
    line: np.ndarray
    inner: tuple[np.ndarray, np.ndarray]
    outer: tuple[np.ndarray, np.ndarray]


def patient_quantiles(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the quantiles (5, times) over the patients whose row is finite, and their number."""
    solved = values[np.isfinite(values).all(axis=1)]
    if not len(solved):
        return np.full((len(LEVELS), values.shape[1]), np.nan), 0
    return np.quantile(solved, LEVELS, axis=0), len(solved)


def series(dataset: xr.Dataset, output: str) -> Series:
    """Return the quantiles of one output over all virtual patients that were solved, from birth on."""
    ages = np.asarray(dataset["times"].values, dtype=float)
    born = ages >= 0 if (ages >= 0).any() else np.ones(len(ages), dtype=bool)
    values = np.asarray(dataset[output].transpose("patients", "times").values, dtype=float)
    quantiles, patients = patient_quantiles(values)
    return Series(output, ages[born], quantiles[:, born], patients)


def last_trough(doses: np.ndarray, end_days: float, interval_days: float | None) -> float | None:
    """Return the age of the last trough, the moment before a dose that follows a dose; None if there is none.

    A drug that was stopped more than one and a half intervals before the end has no trough to show.
    """
    given = doses[doses <= end_days + 1e-6]
    if len(given) < 2 or interval_days is None or end_days - given[-1] > 1.5 * interval_days:
        return None
    return float(given[-1])


def envelope(trajectory: Series, doses: np.ndarray) -> Envelope:
    """Draw the teeth of a dosed quantity as a range: troughs just before doses, peaks between them."""
    ages, q = trajectory.ages, trajectory.quantiles
    given = doses[(doses >= ages[0]) & (doses <= ages[-1])]
    if len(given) < 2:
        return Envelope(ages, q[2], (q[1], q[3]), (q[0], q[4]))
    before = np.flatnonzero(ages <= given[0])
    after = np.flatnonzero(ages > given[-1] + (given[-1] - given[-2]))
    trough = _at_or_before(ages, given[1:])
    peak = _peaks(ages, q[2], given)
    at = ages[trough]
    if not after.size and ages[-1] > at[-1]:  # the last trough holds until the end
        trough, peak, at = np.append(trough, trough[-1]), np.append(peak, peak[-1]), np.append(at, ages[-1])

    def joined(plain: int, level: int, index: np.ndarray) -> np.ndarray:
        return np.concatenate([q[plain][before], q[level][index], q[plain][after]])

    return Envelope(
        np.concatenate([ages[before], at, ages[after]]),
        joined(2, 2, trough),
        (joined(1, 2, trough), joined(3, 2, peak)),
        (joined(0, 0, trough), joined(4, 4, peak)),
    )


def _at_or_before(ages: np.ndarray, moments: np.ndarray) -> np.ndarray:
    return np.maximum(np.searchsorted(ages, moments + 1e-6, side="right") - 1, 0)


def _peaks(ages: np.ndarray, median: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return the index of the highest median after each dose but the last, up to the next dose."""
    found: list[int] = []
    for first, following in pairwise(given):
        low = int(np.searchsorted(ages, first, side="left"))
        high = max(int(np.searchsorted(ages, following + 1e-6, side="right")), low + 1)
        found.append(low + int(np.argmax(median[low:high])))
    return np.array(found)
