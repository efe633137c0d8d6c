"""Scales that turn values into px, and the ticks they carry; no axis is ever cut in silence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

YEAR = 365.25
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MONTH_STEPS = (1, 3, 6, 12)
_YEAR_STEPS = (1, 2, 5, 10, 20)


class Scale(Protocol):
    """Turn a value into a place in px; know the ticks."""

    @property
    def ticks(self) -> tuple[float, ...]: ...

    def place(self, value: float) -> float: ...

    def places(self, values: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Linear:
    """A linear scale from `low` to `high`, at `start` and `end` px."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def place(self, value: float) -> float:
        return float(self.places(np.array([value]))[0])

    def places(self, values: np.ndarray) -> np.ndarray:
        share = (values - self.low) / (self.high - self.low)
        return self.start + np.clip(share, 0.0, 1.0) * (self.end - self.start)


@dataclass(frozen=True)
class Log:
    """A logarithmic scale over whole decades; what is not above zero lies at the foot."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def place(self, value: float) -> float:
        return float(self.places(np.array([value]))[0])

    def places(self, values: np.ndarray) -> np.ndarray:
        safe = np.clip(np.asarray(values, dtype=float), self.low, self.high)
        share = np.log(safe / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def linear_from_zero(largest: float, *, start: float, end: float, most_ticks: int = 4) -> Linear:
    """Return a linear scale from zero past `largest`, with 2 to `most_ticks` ticks.

    >>> linear_from_zero(38.0, start=100, end=0).ticks
    (0.0, 20.0, 40.0)
    """
    top = largest if math.isfinite(largest) and largest > 0 else 1.0
    step = _round_step(top, most_ticks)
    count = max(1, math.ceil(top / step - 1e-9))
    return Linear(0.0, count * step, start, end, tuple(i * step for i in range(count + 1)))


def fixed(low: float, high: float, ticks: tuple[float, ...], *, start: float, end: float) -> Linear:
    """Return a linear scale with stated ends, such as 0 to 10 for an itch score."""
    return Linear(low, high, start, end, ticks)


def log_decades(smallest: float, largest: float, *, start: float, end: float, most_ticks: int = 5) -> Log:
    """Return a log scale over the whole decades that hold both values; it spans at least two decades.

    >>> log_decades(3.0, 1800.0, start=100, end=0).ticks
    (1.0, 10.0, 100.0, 1000.0, 10000.0)
    """
    top = math.ceil(math.log10(largest) - 1e-9) if largest > 0 and math.isfinite(largest) else 1
    foot = math.floor(math.log10(smallest) + 1e-9) if smallest > 0 and math.isfinite(smallest) else top - 3
    foot = min(foot, top - 2)
    stride = max(1, math.ceil((top - foot) / (most_ticks - 1)))
    foot = top - stride * math.ceil((top - foot) / stride)  # the lowest tick is the foot of the axis
    ticks = tuple(10.0**power for power in range(foot, top + 1, stride))
    return Log(10.0**foot, 10.0**top, start, end, ticks)


@dataclass(frozen=True)
class AgeAxis:
    """The age axis all panels share: its scale in days, the words under its ticks, and their unit."""

    scale: Linear
    labels: tuple[str, ...]
    unit: str


def age_axis(first_days: float, last_days: float, *, start: float, end: float, room: float = 46) -> AgeAxis:
    """Return the age axis: whole years, or months where the course is shorter than three years."""
    months = last_days - first_days < 3 * YEAR
    unit_days, steps = (YEAR / 12, _MONTH_STEPS) if months else (YEAR, _YEAR_STEPS)
    span = (last_days - first_days) / unit_days
    step = next((s for s in steps if (end - start) * s / span >= room), steps[-1])
    low = math.ceil(first_days / unit_days / step - 1e-9)
    high = math.floor(last_days / unit_days / step + 1e-9)
    counts = [i * step for i in range(low, high + 1)]
    labels = tuple("birth" if count == 0 else str(count) for count in counts)
    scale = Linear(first_days, last_days, start, end, tuple(count * unit_days for count in counts))
    return AgeAxis(scale, labels, "months" if months else "years")


def _round_step(top: float, most_ticks: int) -> float:
    raw = top / (most_ticks - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for step in _STEPS:
        if step * power >= raw * (1 - 1e-9):
            return step * power
    return 10.0 * power
