"""Selection to a published spread: is the population it was asked for the one that comes out?

Plausible people are drawn from a wide, skewed and correlated distribution of our own; what they are selected
to is known exactly. Run this module for the table of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from lekti.population.select import Spread, selection


@dataclass(frozen=True)
class Known:
    """A population to be found again: its published spreads, and how many plausible people there are."""

    id: str
    spreads: tuple[Spread, ...]
    people: int


ONE = Known("one readout", (Spread(9.69, 2.94),), 2000)
NARROW = Known("one readout, narrow and to the side", (Spread(14.0, 2.0),), 2000)
TWO = Known("two readouts", (Spread(9.69, 2.94), Spread(300.0, 250.0)), 2000)
FEW = Known("one readout, few plausible people", (Spread(9.69, 2.94),), 300)
EVERY = (ONE, NARROW, TWO, FEW)


@dataclass(frozen=True, eq=False)
class Found:
    """What came out, over repeats: [repeats, readouts] each, and the share of people kept."""

    mean_ratio: np.ndarray
    sd_ratio: np.ndarray
    distance: np.ndarray
    kept: np.ndarray


def plausible(people: int, generator: np.random.Generator) -> np.ndarray:
    """Return two readouts [people, 2]: wide, skewed to the right, and correlated."""
    normal = generator.standard_normal((people, 2))
    skewed = np.log(generator.gamma(2.0, size=people))
    first = np.log(9.0) + 0.45 * normal[:, 0] + 0.25 * skewed
    second = np.log(150.0) + 0.7 * normal[:, 1] + 0.5 * (first - np.log(9.0))
    return np.exp(np.stack([first, second], axis=1))


@cache
def recover(known: Known, *, repeats: int, seed: int = 1) -> Found:
    """Return how far selected people are from the population they were selected to.

    Geometric means and SDs of logarithms are ratios to those asked for; the distance is that of Kolmogorov
    and Smirnov.
    """
    from scipy.stats import kstest

    width = len(known.spreads)
    means, sds, distances = (np.empty((repeats, width)) for _ in range(3))
    kept = np.empty(repeats)
    for repeat in range(repeats):
        generator = np.random.default_rng([seed, repeat])
        values = plausible(known.people, generator)[:, :width]
        chosen = values[generator.uniform(size=known.people) < selection(values, known.spreads).chances]
        kept[repeat] = len(chosen) / known.people
        for place, spread in enumerate(known.spreads):
            mean, sd = spread.logs
            logs = np.log(chosen[:, place])
            means[repeat, place] = np.exp(logs.mean() - mean)
            sds[repeat, place] = logs.std(ddof=1) / sd
            distances[repeat, place] = kstest(logs, "norm", args=(mean, sd)).statistic
    return Found(means, sds, distances, kept)


def row(known: Known, found: Found) -> str:
    """Return the figures of one population as a row of the page."""
    cells = [
        " and ".join(f"{one:.3f}" for one in each.mean(axis=0))
        for each in (found.mean_ratio, found.sd_ratio, found.distance)
    ]
    return f"| {known.id} | {known.people:,} | {100 * found.kept.mean():.0f} % | {' | '.join(cells)} |"


if __name__ == "__main__":
    for known in EVERY:
        print(row(known, recover(known, repeats=100)))
