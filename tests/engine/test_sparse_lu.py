"""The elimination pattern: complete, and small where it can be."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.engine.sparse_lu import Pattern, markowitz


def solve_by(pattern: Pattern, matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Factor and solve with nothing but the entries of the pattern."""
    size = len(matrix)
    a = matrix[np.ix_(pattern.order, pattern.order)].copy()
    x = right[list(pattern.order)].copy()
    for i in range(size):
        for k in pattern.lower[i]:
            a[i, k] /= a[k, k]
            for j in pattern.upper[k]:
                a[i, j] -= a[i, k] * a[k, j]
            x[i] -= a[i, k] * x[k]
    for i in reversed(range(size)):
        x[i] = (x[i] - sum(a[i, j] * x[j] for j in pattern.upper[i])) / a[i, i]
    solution = np.empty(size)
    solution[list(pattern.order)] = x
    return solution


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_the_pattern_is_enough_to_solve_any_dominant_matrix(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(size, size)) * (rng.random((size, size)) < 0.3) + np.eye(size) * 20.0
    pattern = markowitz(size, [(int(i), int(j)) for i, j in np.argwhere(matrix)])
    right = rng.normal(size=size)
    np.testing.assert_allclose(matrix @ solve_by(pattern, matrix, right), right, atol=1e-12)


def test_an_arrow_does_not_fill() -> None:
    arrow = [(0, j) for j in range(9)] + [(j, 0) for j in range(9)]
    assert markowitz(9, arrow).entries == 9 + 8 + 8
