"""Patients whose numbers could be wrong: found within the kernel, solved again, and told apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from lekti.engine.kernel import Kernel
from lekti.engine.precision import MIXED
from lekti.engine.run import Run, Tolerance
from lekti.engine.simulate import simulate
from lekti.model.expression import apply, number, piecewise, symbol
from lekti.model.system import System

from .models import layered_chain, model, robertson

X, START = symbol("x"), symbol("start")


def flame() -> System:
    """Return x' = x^2 - x^3: nothing happens for 1/x days, then it burns within a few."""
    return model({"x": X * X - X * X * X}, initial={"x": START}, parameters={"start": 0.01})


def starts(*values: float) -> np.ndarray:
    return np.array(values)[:, np.newaxis]


def burnt(kernel: Kernel, *values: float, relative: float = 1e-6) -> Run:
    times = np.linspace(0.0, 2.0 / min(values), 201)
    return simulate(flame(), starts(*values), times=times, solver=kernel, tolerance=Tolerance(relative))


def worst(run: Run, truth: Run) -> np.ndarray:
    return np.abs(run.values - truth.values).max(axis=(1, 2))


def test_a_steep_ignition_is_solved_again_and_says_so() -> None:
    run = burnt(Kernel(), 1e-5, 3e-5)
    assert [str(outcome) for outcome in run.outcomes] == ["ok: re-run at 1e-08"] * 2
    truth = burnt(Kernel(most_growth=math.inf), 1e-5, 3e-5, relative=1e-12)
    careless = burnt(Kernel(most_growth=math.inf), 1e-5, 3e-5)
    assert worst(careless, truth).max() > 3e-5
    assert (worst(run, truth) < 0.1 * worst(careless, truth)).all()


def test_who_ignites_is_told_apart_from_who_does_not() -> None:
    run = burnt(Kernel(), 1e-5, 0.5, 2e-5, 0.9)
    assert [outcome.reason for outcome in run.outcomes] == ["re-run at 1e-08", "", "re-run at 1e-08", ""]
    alone = simulate(flame(), starts(2e-5), times=run.times, solver=Kernel())
    np.testing.assert_array_equal(alone.values[0], run.values[2])


def test_an_ignition_in_float32_stages_is_found_too() -> None:
    run = burnt(Kernel(precision=MIXED), 1e-5, relative=1e-5)
    assert run.outcomes[0].reason == "re-run at 1e-07"


@pytest.mark.parametrize(
    "system", [robertson(), layered_chain(layers=3, species=3)], ids=["Robertson", "chain"]
)
def test_stiff_systems_that_forget_their_errors_are_not_doubted(system: System) -> None:
    run = simulate(system, system.parameter_row(), times=[1.0, 1000.0], solver=Kernel())
    assert str(run.outcomes[0]) == "ok"


def test_a_jump_of_the_derivative_is_stepped_onto_and_needs_no_doubt() -> None:
    slope = piecewise([(number(0.0), apply("lt", symbol("time"), START))], number(1.0)) - 0.1 * X
    system = model({"x": slope}, parameters={"start": 3.3})
    run = simulate(system, system.parameter_row(), times=[3.0, 10.0], solver=Kernel())
    assert str(run.outcomes[0]) == "ok"
    assert run["x"][0] == pytest.approx([0.0, 10.0 * (1.0 - math.exp(-0.67))], rel=2e-6)


def test_a_blow_up_is_a_stated_failure() -> None:
    system = model({"x": X * X}, initial={"x": START}, parameters={"start": 1.0})
    run = simulate(system, starts(1.0, 0.1), times=[0.5, 2.0], solver=Kernel())
    assert run.outcomes[0].code == "failed"
    assert "day 1" in run.outcomes[0].reason
    assert np.isnan(run.values[0]).all()
    assert run["x"][1] == pytest.approx([1.0 / 9.5, 1.0 / 8.0], rel=1e-6)


def test_a_singular_derivative_is_a_stated_failure() -> None:
    system = model({"x": -1.0 / X}, initial={"x": START}, parameters={"start": 1.0})
    run = simulate(system, starts(1.0), times=[0.4, 1.0], solver=Kernel())
    assert run.outcomes[0].code == "failed"
