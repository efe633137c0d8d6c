"""Outputs within a step: as exact as the steps, and no matter to the course."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.precision import DOUBLE, MIXED, Precision
from lekti.engine.reading import INTERPOLATED
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate

from .models import layered_chain

TIMES = np.arange(0.0, 40.0, 0.7)


def course(kernel: Kernel, times: np.ndarray = TIMES, relative: float = 1e-5) -> Run:
    system = layered_chain(layers=2, species=2)
    rows = np.repeat(system.parameter_row(), 5, axis=0)
    rows *= np.random.default_rng(3).lognormal(0.0, 0.2, rows.shape)
    doses = Doses(
        patient=np.repeat(np.arange(5), 3), time=np.tile([2.0, 11.3, 20.1], 5), target="depot", amount=50.0
    )
    return simulate(system, rows, times=times, doses=doses, solver=kernel, tolerance=Tolerance(relative))


def test_a_step_to_each_output_is_more_exact_than_the_polynomial_for_the_same_steps() -> None:
    truth = course(Kernel(), relative=1e-10).values
    scale = np.abs(truth).max(axis=1)
    stepped, read = course(Kernel()), course(Kernel(reading=INTERPOLATED))
    errors = [
        np.median((np.abs(run.values - truth).max(axis=1) / scale).max(axis=1)) for run in (stepped, read)
    ]
    assert errors[0] < 0.7 * errors[1]
    np.testing.assert_array_equal(stepped.steps, read.steps)


@pytest.mark.parametrize("precision", [DOUBLE, MIXED], ids=["double", "mixed"])
def test_looking_changes_neither_the_course_nor_other_values(precision: Precision) -> None:
    kernel = Kernel(precision=precision)
    often, rarely = course(kernel), course(kernel, TIMES[[7, 30, -1]])
    np.testing.assert_array_equal(often.values[:, [7, 30, len(TIMES) - 1]], rarely.values)
    np.testing.assert_array_equal(often.steps, rarely.steps)


@pytest.mark.parametrize("lanes", [1, 2, 8])
def test_lanes_that_step_aside_do_not_disturb_others(lanes: int) -> None:
    np.testing.assert_array_equal(course(Kernel(lanes)).values, course(Kernel(4)).values)


def test_many_outputs_within_one_step_are_all_reached() -> None:
    times = np.sort(np.concatenate([TIMES, 30.0 + 1e-3 * np.arange(200)]))
    run = course(Kernel(), np.unique(times))
    truth = course(Kernel(), np.unique(times), 1e-9)
    scale = np.abs(truth.values).max(axis=1, keepdims=True)
    assert (np.abs(run.values - truth.values) <= 1e-4 * scale + 1e-9).all()
