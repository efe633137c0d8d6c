"""Scores of forecasts: inside or not, coverage with its binomial interval, CRPS and interval score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.population.forecast import Forecast
from lekti.population.scale import scaled
from lekti.population.target_words import population_kinds, readout_words, regimens
from lekti.population.targets import Target

TAIL = 0.05
"""Share of the sample on each side of the interval."""

MISS = 2.0 / (2 * TAIL)
"""What one unit outside a 90 % interval costs in the interval score (Gneiting and Raftery 2007,
DOI:10.1198/016214506000001437)."""


@dataclass(frozen=True)
class Coverage:
    """Rows inside their 90 % interval; `low` to `high` is the 95 % Clopper-Pearson interval of the share."""

    inside: int
    rows: int
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        """Whether 90 % lies in the interval of the share."""
        return self.low <= 0.9 <= self.high


@dataclass(frozen=True)
class Score:
    """Mean CRPS and interval score over rows; lower is better. Changes count per 100 %, levels in logs."""

    rows: int
    crps: float
    interval: float


def is_inside(forecast: Forecast) -> bool | None:
    """Return whether the observation agrees with the 90 % interval, None without a forecast.

    A number must lie in the interval. A published range of middles, or of one person's possible values, must
    meet it. A range over people must hold the forecast's median.
    """
    if not forecast.made:
        return None
    target = forecast.target
    low, high = forecast.quantile(TAIL), forecast.quantile(1 - TAIL)
    if target.value is not None:
        return low <= target.value <= high
    if target.statistic == "range":
        return target.low <= forecast.quantile(0.5) <= target.high
    return low <= target.high and high >= target.low


def coverage_of(forecasts: Sequence[Forecast]) -> Coverage:
    """Return the coverage over the forecasts that were made."""
    from scipy.stats import beta

    judged = [inside for one in forecasts if (inside := is_inside(one)) is not None]
    count, rows = sum(judged), len(judged)
    low = float(beta.ppf(0.025, count, rows - count + 1)) if count else 0.0
    high = float(beta.ppf(0.975, count + 1, rows - count)) if count < rows else 1.0
    return Coverage(count, rows, low, high)


def score_of(samples: Sequence[tuple[Target, np.ndarray]]) -> Score:
    """Return the mean scores of samples, one per target; one number is a forecast without a width."""
    pairs = [
        (scaled(target, sample), float(scaled(target, np.array([target.middle]))[0]))
        for target, sample in samples
    ]
    crps = [_crps(sample, seen) for sample, seen in pairs]
    interval = [_interval_score(sample, seen) for sample, seen in pairs]
    return Score(len(samples), _mean(crps), _mean(interval))


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def no_change(target: Target) -> float | None:
    """Return what "nothing happens" predicts, None where a target is no change."""
    kind = readout_words()[target.readout].kind
    return {"change": 0.0, "ratio": 1.0}.get(kind)


def carried_over(target: Target, targets: Sequence[Target]) -> float | None:
    """Return the effect of the same kind of regimen in atopic dermatitis, None where there is none.

    The first `fit` row of people with atopic dermatitis with the same readout and the same kind of regimen
    (placebo, or the same drug) is carried over unchanged.
    """
    if readout_words()[target.readout].kind not in ("change", "ratio"):
        return None
    for row in targets:
        if (
            row.role == "fit"
            and row.readout == target.readout
            and not population_kinds()[row.population].netherton
            and _drugs(row) == _drugs(target)
            and row.days[1] > 7.0
        ):
            return row.middle
    return None


def _drugs(target: Target) -> frozenset[str]:
    regimen = regimens()[target.regimen]
    drugs = frozenset(rule.drug for rule in regimen.rules)
    return drugs or frozenset([regimen.id])


def _crps(sample: np.ndarray, seen: float) -> float:
    """Return the continuous ranked probability score of a sample."""
    ordered = np.sort(sample)
    count = len(ordered)
    weights = 2.0 * np.arange(1, count + 1) - count - 1.0
    spread = float((weights * ordered).sum()) / count**2
    return float(np.abs(ordered - seen).mean()) - spread


def _interval_score(sample: np.ndarray, seen: float) -> float:
    low, high = np.quantile(sample, [TAIL, 1 - TAIL])
    return float(high - low + MISS * max(low - seen, 0.0) + MISS * max(seen - high, 0.0))
