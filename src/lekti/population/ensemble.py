"""Ensemble smoother with multiple data assimilation: typical values drawn towards observations.

A. A. Emerick and A. C. Reynolds, Ensemble smoother with multiple data assimilation, Computers & Geosciences
55:3, 2013, DOI:10.1016/j.cageo.2012.03.011. Exact for a linear model with normal priors and errors; elsewhere
it is an approximation whose fit is shown target by target. With few sets, chance alone makes a score seem
linked to a target; links weaker than `TRUSTED` times what chance makes are set to 0 (X. Luo, T. Bhakta and
G. Naevdal, Correlation-based adaptive localization, SPE Journal 23:396, 2018, DOI:10.2118/185936-PA).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TRUSTED = 2.0
"""Correlations below this many SDs of chance (one over the root of the number of sets) count as none."""


@dataclass(frozen=True, eq=False)
class Observations:
    """What was observed [targets] and the SD of its error [targets], on the scale of scores."""

    values: np.ndarray
    deviations: np.ndarray


def assimilate(
    scores: np.ndarray,
    predicted: np.ndarray,
    seen: Observations,
    *,
    inflation: float,
    generator: np.random.Generator,
) -> np.ndarray:
    """Return scores [sets, names] moved once towards the observations.

    `predicted` is [sets, targets]; a set with a NaN was not plausible and takes the place of a plausible one,
    drawn at random, before it moves. `inflation` multiplies the variance of the errors: n steps with n each
    use every observation once. Raises ValueError when fewer than three sets are plausible.
    """
    scores, predicted = _plausible(scores, predicted, generator)
    sets = len(scores)
    moved = scores - scores.mean(axis=0)
    shown = predicted - predicted.mean(axis=0)
    error = inflation * seen.deviations**2
    cross = moved.T @ shown / (sets - 1) * _linked(moved, shown)
    own = shown.T @ shown / (sets - 1)
    gain = np.linalg.solve(own + np.diag(error), cross.T).T
    noise = np.sqrt(error) * generator.standard_normal(predicted.shape)
    return scores + (seen.values + noise - predicted) @ gain.T


def _linked(moved: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Return where a score and a target are correlated beyond chance, [names, targets]."""
    with np.errstate(invalid="ignore", divide="ignore"):
        sizes = np.outer(np.linalg.norm(moved, axis=0), np.linalg.norm(shown, axis=0))
        correlation = np.abs(moved.T @ shown) / sizes
    return np.nan_to_num(correlation) > TRUSTED / np.sqrt(len(moved))


def _plausible(
    scores: np.ndarray, predicted: np.ndarray, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    good = np.asarray(np.isfinite(predicted).all(axis=1))
    if good.sum() < 3:
        raise ValueError(f"{int(good.sum())} plausible sets of {len(good)}")
    place = np.arange(len(scores))
    place[~good] = generator.choice(np.flatnonzero(good), size=int((~good).sum()))
    return scores[place], predicted[place]
