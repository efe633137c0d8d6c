"""Rodas5P: its coefficients meet the order they claim, tried with plain NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lekti.engine.rodas5p import C_SLOPE, C_TIME, COUPLING, DENSE, GAMMA, STAGE

ROWS = [*STAGE, (*STAGE[5], 1.0), (*STAGE[5], 1.0, 1.0)]
Slopes = Callable[[float, np.ndarray], np.ndarray]


def pendulum(t: float, y: np.ndarray) -> np.ndarray:
    return np.array([y[1], -np.sin(y[0]) + 0.3 * np.cos(1.3 * t) - 0.1 * y[1] * t])


def pendulum_jacobian(t: float, y: np.ndarray) -> np.ndarray:
    return np.array([[0.0, 1.0], [-np.cos(y[0]), -0.1 * t]])


def pendulum_by_time(t: float, y: np.ndarray) -> np.ndarray:
    return np.array([0.0, -0.39 * np.sin(1.3 * t) - 0.1 * y[1]])


def step(t: float, y: np.ndarray, h: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the new state and the eight increments."""
    matrix = np.eye(2) / (GAMMA * h) - pendulum_jacobian(t, y)
    found: list[np.ndarray] = []
    for i in range(8):
        inner = y + sum((a * u for a, u in zip(ROWS[i], found, strict=True)), np.zeros(2))
        coupled = sum((c * u for c, u in zip(COUPLING[i], found, strict=True)), np.zeros(2)) / h
        right = pendulum(t + C_TIME[i] * h, inner) + coupled + h * C_SLOPE[i] * pendulum_by_time(t, y)
        found.append(np.linalg.solve(matrix, right))
    new = y + sum((a * u for a, u in zip([*ROWS[7], 1.0], found, strict=True)), np.zeros(2))
    return new, np.array(found)


def end(steps: int) -> np.ndarray:
    y, h = np.array([1.0, 0.2]), 2.0 / steps
    for i in range(steps):
        y, _ = step(i * h, y, h)
    return y


def test_halving_the_step_divides_the_error_by_32() -> None:
    best = end(640)
    errors = [np.abs(end(n) - best).max() for n in (80, 160)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(5.0, abs=0.35)


def test_the_error_estimate_has_order_4() -> None:
    y = np.array([1.0, 0.2])
    estimates = [np.abs(step(0.3, y, h)[1][7]).max() for h in (0.08, 0.04)]
    assert np.log2(estimates[0] / estimates[1]) == pytest.approx(5.0, abs=0.4)


def dense_error(h: float, s: float) -> float:
    y, t = np.array([1.0, 0.2]), 0.3
    new, increments = step(t, y, h)
    k1, k2, k3 = (np.array(row) @ increments for row in DENSE)
    between = (1 - s) * y + s * (new + (1 - s) * (k1 + s * (k2 + s * k3)))
    exact = y
    for i in range(64):
        exact, _ = step(t + i * s * h / 64, exact, s * h / 64)
    return float(np.abs(between - exact).max())


@pytest.mark.parametrize("s", [0.25, 0.5, 0.8])
def test_values_within_a_step_have_order_4(s: float) -> None:
    assert np.log2(dense_error(0.2, s) / dense_error(0.1, s)) > 4.5


def test_stage_times_are_the_row_sums_of_the_classical_form() -> None:
    """With U = h gamma-matrix k, the classical row sums are those of STAGE times the inverse coupling."""
    coupling = np.zeros((8, 8))
    stage = np.zeros((8, 8))
    for i in range(8):
        coupling[i, :i], stage[i, :i] = COUPLING[i], ROWS[i]
    gammas = np.linalg.inv(np.eye(8) / GAMMA - coupling)
    np.testing.assert_allclose((stage @ gammas).sum(axis=1), C_TIME, atol=1e-12)
    np.testing.assert_allclose(gammas.sum(axis=1), C_SLOPE, atol=1e-12)
