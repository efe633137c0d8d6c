"""The proof can fail: a right posterior passes it, one that is too sure or shifted does not."""

from __future__ import annotations

import numpy as np
import pytest

from verification.ranks import rank_truths

ERROR = np.array([0.5, 1.0, 2.0])
NAMES = ("one", "two", "three")


def exact(truth: np.ndarray, generator: np.random.Generator, *, shrink: float = 1.0, shift: float = 0.0):
    """Return the posterior of values seen with errors, or a wrong one."""
    seen = truth + ERROR * generator.standard_normal(3)
    variance = 1 / (1 + ERROR**-2)
    return variance * seen / ERROR**2 + np.sqrt(variance) * (
        shift + shrink * generator.standard_normal((99, 3))
    )


def test_a_right_posterior_has_uniform_ranks():
    found = rank_truths(exact, NAMES, repeats=2000, seed=1)
    assert found.uniformity.min() > 0.01 / 3
    assert found.coverage(0.9) == pytest.approx(0.9, abs=0.02)
    assert found.confidence == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(("shrink", "shift"), [(0.8, 0.0), (1.25, 0.0), (1.0, 0.25)])
def test_a_wrong_posterior_is_seen(shrink, shift):
    def wrong(truth: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        return exact(truth, generator, shrink=shrink, shift=shift)

    found = rank_truths(wrong, NAMES, repeats=1000, seed=1)
    assert found.uniformity.max() < 0.01 / 3
    if shift:
        assert found.bias.min() > 0.15
    else:
        assert (found.confidence > 1.15).all() or (found.confidence < 0.88).all()
