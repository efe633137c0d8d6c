"""Ensemble smoother with multiple data assimilation: typical values drawn towards observations.

A. A. Emerick and A. C. Reynolds, Ensemble smoother with multiple data assimilation, Computers & Geosciences
55:3, 2013, DOI:10.1016/j.cageo.2012.03.011. Exact for a linear model with normal priors and errors; elsewhere
it is an approximation whose fit is shown target by target. With few sets, chance alone makes a score seem
linked to a target; links weaker than `TRUSTED` times what chance makes are set to 0 (X. Luo, T. Bhakta and
G. Naevdal, Correlation-based adaptive localization, SPE Journal 23:396, 2018, DOI:10.2118/185936-PA).
A set that helps to find the links that move it comes out too sure, so each fifth of the sets moves by the
links of the other four (P. L. Houtekamer and H. L. Mitchell, Monthly Weather Review 126:796, 1998).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lekti.base.errors import MachineError

TRUSTED = 2.0
"""Correlations below this many SDs of chance (one over the root of the number of sets) count as none."""

PARTS = 5
"""Parts of the sets; each moves by what the others show."""


@dataclass(frozen=True, eq=False)
class Observations:
    """What was observed [targets] and the SD of its error [targets], on the scale of scores."""

    values: np.ndarray
    deviations: np.ndarray


@dataclass(frozen=True, eq=False)
class Smoothed:
    """Scores [sets, names] after the last step, and what sets predict [sets, targets] before and after."""

    scores: np.ndarray
    predicted_before: np.ndarray
    predicted_after: np.ndarray


def smooth(
    scores: np.ndarray,
    seen: Observations,
    *,
    steps: int,
    seed: int,
    predict: Callable[[int, np.ndarray], np.ndarray],
) -> Smoothed:
    """Return scores [sets, names] moved in equal steps from the prior to the posterior.

    `predict` gets the number of a step and its scores and returns [sets, targets]; it is called `steps` + 1
    times. Raises `MachineError` when fewer than three sets are plausible.
    """
    before = predicted = predict(0, scores)
    for step in range(steps):
        generator = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, step])))
        try:
            scores = assimilate(scores, predicted, seen, inflation=steps, generator=generator)
        except ValueError as error:
            raise MachineError(
                f"Step {step + 1} of the calibration found {error}", fix="Raise --sets"
            ) from error
        predicted = predict(step + 1, scores)
    return Smoothed(scores, before, predicted)


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
    error = inflation * seen.deviations**2
    noise = np.sqrt(error) * generator.standard_normal(predicted.shape)
    missed = seen.values + noise - predicted
    moved = scores.copy()
    part = np.arange(len(scores)) % min(PARTS, len(scores))
    for one in np.unique(part):
        others = part != one
        moved[~others] += missed[~others] @ _gain(scores[others], predicted[others], error).T
    return moved


def _gain(scores: np.ndarray, predicted: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return how far a score moves for each unit by which a target is missed, [names, targets]."""
    moved = scores - scores.mean(axis=0)
    shown = predicted - predicted.mean(axis=0)
    cross = moved.T @ shown / (len(scores) - 1) * _linked(moved, shown)
    own = shown.T @ shown / (len(scores) - 1)
    return np.asarray(np.linalg.solve(own + np.diag(error), cross.T).T)


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
