"""Simulation-based calibration: where the truth ranks among the sets of a posterior, over many repeats.

S. Talts and others, Validating Bayesian inference algorithms with simulation-based calibration, 2018,
arXiv:1804.06788. If truths are drawn from the prior and the posterior is right, ranks are uniform and an
interval of 90 % holds the truth 90 times of 100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BINS = 20


@dataclass(frozen=True, eq=False)
class Ranks:
    """Ranks on 0 to 1 [repeats, names], SD of the posterior and how many of them its mean misses by."""

    names: tuple[str, ...]
    ranks: np.ndarray
    spread: np.ndarray
    missed: np.ndarray

    @property
    def uniformity(self) -> np.ndarray:
        """The p-value of a chi-square test of uniform ranks in `BINS` bins, for each name."""
        from scipy.stats import chi2

        expected = len(self.ranks) / BINS
        counts = np.stack([np.histogram(one, bins=BINS, range=(0, 1))[0] for one in self.ranks.T])
        return np.asarray(chi2.sf(((counts - expected) ** 2 / expected).sum(axis=1), BINS - 1))

    def coverage(self, share: float) -> np.ndarray:
        """Return how often the middle `share` of the posterior holds the truth, for each name."""
        return np.asarray((np.abs(self.ranks - 0.5) < share / 2).mean(axis=0))

    @property
    def confidence(self) -> np.ndarray:
        """The real error of the posterior mean over the SD claimed, for each name: above 1 is too sure."""
        return np.sqrt((self.missed**2).mean(axis=0))

    @property
    def bias(self) -> np.ndarray:
        """How far the posterior mean lies off on average, in SDs of the posterior, for each name."""
        return np.asarray(self.missed.mean(axis=0))

    @property
    def spread_left(self) -> np.ndarray:
        """The SD of the posterior over that of the prior, for each name."""
        return np.asarray(self.spread.mean(axis=0))


Posterior = Callable[[np.ndarray, np.random.Generator], np.ndarray]
"""Simulates data for one truth [names] and returns a posterior of it [sets, names]."""


Prior = Callable[[np.random.Generator, int], np.ndarray]
"""Draws one truth of so many names."""


def standard_normal(generator: np.random.Generator, names: int) -> np.ndarray:
    """Return one truth of the prior that a calibration starts from."""
    return generator.standard_normal(names)


def rank_truths(
    posterior: Posterior,
    names: tuple[str, ...],
    *,
    repeats: int,
    seed: int,
    prior: Prior = standard_normal,
) -> Ranks:
    """Return the ranks of truths drawn from the prior; repeat k depends on the seed and k."""
    ranks, spread, missed = (np.empty((repeats, len(names))) for _ in range(3))
    for repeat in range(repeats):
        generator = np.random.default_rng([seed, repeat])
        truth = prior(generator, len(names))
        sets = posterior(truth, generator)
        below = (sets < truth).sum(axis=0)
        ranks[repeat] = (below + generator.uniform(size=len(names))) / (len(sets) + 1)
        spread[repeat] = sets.std(axis=0, ddof=1)
        missed[repeat] = (sets.mean(axis=0) - truth) / spread[repeat]
    return Ranks(names, ranks, spread, missed)
