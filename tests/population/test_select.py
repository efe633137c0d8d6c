"""Selection by the ratio of densities: a known population is recovered from a wider one."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.population.select import Spread, selection


def drawn(seed: int, *columns: tuple[float, float]) -> np.ndarray:
    stream = np.random.default_rng(seed)
    return np.stack([stream.lognormal(mean, sd, size=4000) for mean, sd in columns], axis=1)


def kept(values: np.ndarray, chances: np.ndarray) -> np.ndarray:
    return values[np.random.default_rng(0).random(len(values)) < chances]


def test_the_published_mean_and_spread_are_recovered_from_a_wider_population():
    values = drawn(1, (2.4, 0.5))
    found = kept(values, selection(values, [Spread(9.69, 2.94)]).chances)
    assert np.mean(found) == pytest.approx(9.69, rel=0.03)
    assert np.std(found) == pytest.approx(2.94, rel=0.08)


def test_two_readouts_are_matched_at_once():
    values = drawn(2, (2.4, 0.5), (0.2, 0.6))
    found = kept(values, selection(values, [Spread(9.69, 2.94), Spread(1.0, 0.4)]).chances)
    assert np.mean(found, axis=0) == pytest.approx([9.69, 1.0], rel=0.05)
    assert np.std(found, axis=0) == pytest.approx([2.94, 0.4], rel=0.12)


def test_people_who_match_already_are_almost_all_kept_and_worth_their_number():
    mean, sd = Spread(9.69, 2.94).logs
    values = drawn(3, (mean, sd))
    found = selection(values, [Spread(9.69, 2.94)])
    assert found.effective > 0.9 * len(values)
    assert found.chances.mean() > 0.6


def test_without_a_published_spread_everybody_is_kept():
    found = selection(np.empty((7, 0)), ())
    assert found.chances.tolist() == [1.0] * 7
    assert found.effective == 7
