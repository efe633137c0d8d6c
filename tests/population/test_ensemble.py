"""The smoother against a case with an exact answer: a linear model with normal priors and errors."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.population.ensemble import Observations, assimilate

SLOPES = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -1.0]])
SEEN = Observations(np.array([1.0, -0.5]), np.array([0.3, 0.4]))


def exact() -> tuple[np.ndarray, np.ndarray]:
    """Return mean and covariance of the posterior of three standard-normal scores."""
    weight = np.diag(SEEN.deviations**-2)
    covariance = np.linalg.inv(np.eye(3) + SLOPES.T @ weight @ SLOPES)
    return covariance @ SLOPES.T @ weight @ SEEN.values, covariance


@pytest.mark.parametrize("steps", [1, 4])
def test_a_linear_normal_problem_gets_its_exact_posterior(steps):
    generator = np.random.default_rng(1)
    scores = generator.standard_normal((20_000, 3))
    for _ in range(steps):
        scores = assimilate(scores, scores @ SLOPES.T, SEEN, inflation=steps, generator=generator)
    mean, covariance = exact()
    assert scores.mean(axis=0) == pytest.approx(mean, abs=0.03)
    assert np.cov(scores.T) == pytest.approx(covariance, abs=0.03)


def test_what_no_observation_sees_keeps_its_prior_even_with_few_sets():
    generator = np.random.default_rng(2)
    scores = generator.standard_normal((60, 100))
    seen = Observations(np.array([2.0]), np.array([0.1]))
    after = assimilate(scores, scores[:, :1], seen, inflation=1, generator=generator)
    assert after[:, 0].std() < 0.2
    assert (after[:, 1:] == scores[:, 1:]).mean() > 0.9


def test_an_implausible_set_gives_way_to_a_plausible_one():
    generator = np.random.default_rng(3)
    scores = np.arange(12.0).reshape(6, 2)
    predicted = scores[:, :1].copy()
    predicted[2] = np.nan
    seen = Observations(np.array([0.0]), np.array([1e6]))
    after = assimilate(scores, predicted, seen, inflation=1, generator=generator)
    assert np.isfinite(after).all()
    others = np.delete(scores, 2, axis=0)
    assert np.abs(after[2] - others).sum(axis=1).min() < 0.1


def test_too_few_plausible_sets_are_refused():
    with pytest.raises(ValueError, match="2 plausible sets of 4"):
        predicted = np.array([[1.0], [2.0], [np.nan], [np.nan]])
        seen = Observations(np.array([0.0]), np.array([1.0]))
        assimilate(np.zeros((4, 2)), predicted, seen, inflation=1, generator=np.random.default_rng(1))


def test_few_sets_are_not_too_sure_of_themselves():
    generator = np.random.default_rng(4)
    missed, spread = [], []
    for _ in range(300):
        truth = generator.standard_normal(12)
        seen = Observations(2.0 * truth[:8] + generator.standard_normal(8), np.ones(8))
        scores = generator.standard_normal((40, 12))
        for _ in range(4):
            scores = assimilate(scores, 2.0 * scores[:, :8], seen, inflation=4, generator=generator)
        missed.append((scores.mean(axis=0) - truth)[:8] ** 2)
        spread.append(scores.var(axis=0, ddof=1)[:8])
    assert 0.9 < np.mean(missed) / np.mean(spread) < 1.02
