"""A share of people with its Wilson interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True)
class Share:
    """How many of those looked at have something: `observed` of `assessed`."""

    observed: int
    assessed: int

    @property
    def value(self) -> float:
        """Return the share, not a number when nobody was looked at."""
        return self.observed / self.assessed if self.assessed else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval (Wilson 1927), 0 to 1 when nobody was looked at.

        >>> low, high = Share(35, 40).interval
        >>> round(low, 3), round(high, 3)
        (0.739, 0.945)
        """
        return share_range(self.value, self.assessed)


def share_range(share: float, people: float) -> tuple[float, float]:
    """Return the Wilson 95 % interval of a share seen among people, whose number may be an effective one.

    >>> low, high = share_range(0.05, 50)
    >>> round(low, 3), round(high, 3)
    (0.016, 0.149)
    """
    if people <= 0:
        return 0.0, 1.0
    n, p, square = people, share, Z95 * Z95
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = Z95 / (1 + square / n) * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
